"""What must not be distorted, each as a test over the loaded coverage, through the pages and the read models.

Rows that a test adds are gone after it.
"""

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Actor
from assertions import actions
from assertions.figures.standing import figure_standings
from assertions.models import Assertion, Link, Measure, Quantity, Question
from assertions.profiles import Profile
from assertions.questions.standings import standing
from assertions.sources.independent import sources_behind, sources_of
from assertions.vocabulary import LinkType, Polarity, Stance
from assertions.wording import ARTICLE_VOICE, mark, sentence, speakers

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

AFFIRMING = {Stance.AFFIRMS, Stance.CONFIRMS}


def claim(record: str, about: str = "", **fields: str) -> Assertion:
    return Assertion.objects.public().get(record_id=record, claim__contains=about, **fields)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def every_page(client: Client, address: str) -> Iterable[str]:
    while address:
        text = page(client, address)
        yield text
        forth = re.search(r'<a href="(\?[^"]+)" rel="next">', text)
        address = address.partition("?")[0] + forth[1].replace("&amp;", "&") if forth else ""


def addresses(claims: Iterable[Assertion]) -> set[str]:
    return {each.get_absolute_url() for each in claims}


def found_in(texts: Iterable[str]) -> set[str]:
    return {address for text in texts for address in re.findall(r'href="(/assertions/\w+/)"', text)}


def test_a_denial_is_not_found_under_what_was_affirmed(client: Client) -> None:
    denials = Assertion.objects.public().filter(act="denies", negated=False)
    assert denials.count() >= 10
    for listing in ("/assertions/", "/timeline/"):
        affirmed = found_in(every_page(client, f"{listing}?polarity=affirmative"))
        denied = found_in(every_page(client, f"{listing}?polarity=negative"))
        assert addresses(denials) <= denied
        assert not addresses(denials) & affirmed
    for question in Question.objects.public():
        for stance in AFFIRMING:
            listed = found_in(
                [page(client, f"{question.get_absolute_url()}?stance={stance}").partition('id="claims"')[2]]
            )
            assert not addresses(Assertion.objects.filter(polarity=Polarity.NEGATIVE)) & listed
    assert not any(mark(denial).colour in AFFIRMING for denial in denials)


def test_a_denial_of_the_proof_is_no_denial_of_the_fact() -> None:
    denial = claim("F067", "have proved")
    assert {answer.stance for answer in denial.answers.all()} == {Stance.EVADES}
    assert not denial.links.filter(type=LinkType.DENIES, aspect="fact").exists()


def test_a_later_statement_does_not_erase_an_earlier_one(client: Client) -> None:
    denial, confirmation = claim("F063", act="denies"), claim("F086", "took part")
    question = Question.objects.get(slug="north-korean-troops-sent-to-russia")
    for address in (
        question.get_absolute_url(),
        "/timeline/?order=oldest&actor=russia",
        denial.get_absolute_url(),
    ):
        listed = found_in(every_page(client, address))
        assert confirmation.get_absolute_url() in listed
        assert denial.get_absolute_url() in listed or address == denial.get_absolute_url()
    told = page(client, confirmation.get_absolute_url())
    assert "Russia denied it on 23 October 2024 (Maria Zakharova)" in told
    assert "the denial stays on record" in told
    overtaken = Link.objects.exclude(type__in=[LinkType.CORROBORATES, LinkType.DERIVES_FROM])
    assert set(overtaken.values_list("target", flat=True)) <= set(
        Assertion.objects.public().values_list("pk", flat=True)
    )


def test_a_superseded_count_is_kept_beside_the_new_one(client: Client) -> None:
    text = page(client, Measure.objects.get(slug="killed").get_absolute_url())
    for record, words in (("F079", "300"), ("F091", "600"), ("F102", "2,000")):
        assert claim(record, "killed").get_absolute_url() in text
        assert words in text


def test_five_reprints_of_one_agency_item_count_as_one_source(client: Client) -> None:
    item = claim("F101", "decorated")
    now = timezone.now()
    assert [str(speaker) for speaker in item.speakers.all()] == ["Korean Central News Agency"]
    once = sources_behind(item, now)
    reprints = [
        actions.create_assertion(
            None, claim=f"{item.claim.rstrip('.')}, reprint {number}.", act=item.act, certainty=item.certainty
        )
        for number in range(5)
    ]
    for number, reprint in enumerate(reprints):
        actions.cite(reprint, None, publisher=f"Page {number}", title=f"Reprint {number}")
        # The later ones copy the copies.
        actions.link(reprint, reprints[number - 1] if number > 2 else item, None, type="repeats")
        actions.review(
            reprint,
            None,
            verdict="accept",
            attribution="carried",
            source_reliability="F",
            information_credibility="6",
        )
    now = timezone.now()
    for one in (item, reprints[0], reprints[4]):
        found = sources_behind(one, now)
        assert (found.low, found.high) == (once.low, once.high) == (1, 1)
    text = page(client, reprints[4].get_absolute_url())
    assert "<b>1 independent source</b>" in text
    assert "Korean Central News Agency and five claims that go back to it count as one." in text
    # Without a link they are one as well, where the agency is who they came through.
    apart = [
        actions.create_assertion(
            None, claim=f"{item.claim.rstrip('.')}, copy {number}.",
            relays=[{"actor": Actor.objects.get(slug="kcna")}],
        )
        for number in range(5)
    ]  # fmt: skip
    for copy in apart:
        actions.cite(copy, None, title="A copy")
        actions.review(
            copy,
            None,
            verdict="accept",
            attribution="carried",
            source_reliability="F",
            information_credibility="6",
        )
    assert sources_of([item, *apart], timezone.now()).in_words() == "1 independent source"


def test_several_pages_that_print_one_saying_are_one_source() -> None:
    saying = claim("F060", act="declines")
    assert saying.evidence.filter(revision=None).count() > 1
    assert sources_of([saying], timezone.now()).in_words() == "1 independent source"


def test_an_article_that_rewrites_another_is_no_second_witness() -> None:
    rewritten = claim("S2-01")
    [link] = rewritten.links.filter(target__record_id="F007")
    assert link.type == LinkType.REPEATS
    found = sources_of([rewritten, link.target], timezone.now())
    assert found.in_words() == "1 independent source"


def test_an_echo_of_a_briefing_is_no_second_source(client: Client) -> None:
    briefing, echo = claim("F058", "1,500"), claim("F066")
    now = timezone.now()
    assert sources_of([briefing], now).in_words() == "1 independent source"
    together = sources_of([briefing, echo], now)
    assert together.in_words() == "1 independent source"
    assert [str(origin.name) for origin in together.origins] == [
        "the National Intelligence Service (South Korea)"
    ]
    assert sources_of([echo], now).origins == sources_of([echo, briefing], now).origins
    # Not even where all that stand by it are counted is the one who passes it on a source.
    assert not any(
        "Rutte" in name for origin in sources_behind(echo, now).origins for name in origin.speakers
    )
    assert "The source is the briefing of the NIS; it is no second one." in page(
        client, echo.get_absolute_url()
    )


def test_an_unnamed_official_is_merged_with_nobody(client: Client) -> None:
    now = timezone.now()
    unnamed = [
        each
        for each in Assertion.objects.public().prefetch_related("speakers")
        if each.speakers.all() and not any(speaker.actor_id for speaker in each.speakers.all())
    ]
    assert {"F016", "F054", "S1-06"} <= {each.record_id for each in unnamed}
    for each in unnamed:
        assert sources_of([each], now).low == 0
        assert "As the coverage describes the speaker." in page(client, each.get_absolute_url())
        for speaker in each.speakers.all():
            assert not Assertion.objects.said_by([speaker.speaks_for_id or 0]).filter(pk=each.pk).exists()
    general = claim("S1-06")
    known = Actor.objects.get(slug="mark-milley")
    profile = Profile(known, now)
    assert general not in profile.said()
    assert general in profile.possibly_said()
    assert "that is a possibility, not an identification" in page(client, general.get_absolute_url())
    assert general.get_absolute_url() not in page(client, "/assertions/?speaker=mark-milley")
    # What is said for a state by somebody unnamed is no sure second source beside one who is named.
    official, spokesman = claim("F016"), claim("F018", "1,000")
    found = sources_of([official, spokesman], now)
    assert (found.low, found.high) == (1, 2)
    for standing_of in standing(Question.objects.public(now), now):
        for position in standing_of.positions:
            assert position.voice.possible_identity is None or position.voice.actor is None


def test_the_articles_own_voice_has_no_speaker(client: Client) -> None:
    own = Assertion.objects.public().filter(speakers=None)
    assert {"S1-08", "S2-02"} <= set(own.values_list("record_id", flat=True))
    for each in own:
        assert speakers(each) == ARTICLE_VOICE
        assert sentence(each).startswith("The article’s own voice ")
        assert "No speaker is named; the article says it itself." in page(client, each.get_absolute_url())
    everybody = Actor.objects.public()
    assert not Assertion.objects.public().voiced_by(everybody).filter(pk__in=own).exists()
    now = timezone.now()
    voices = {
        position.party.is_article
        for found in standing(Question.objects.public(now), now)
        for position in found.positions
        if not position.assertion.speakers.all()
    }
    assert voices <= {True}
    silent = claim("S1-08")
    assert sources_of([silent], now).low == 0


def test_either_or_is_not_and(client: Client) -> None:
    capacity = claim("F039", "have room")
    counts = list(Quantity.objects.public().filter(assertion=capacity).order_by("pk"))
    assert [str(count) for count in counts] == [
        "about 3,000,000 × 152 mm rounds",
        "about 500,000 × 122 mm rounds",
    ]
    assert counts[1].alternative_to == counts[0]
    assert not Quantity.objects.filter(low__in=[3_500_000]).exists()
    assert " or " in capacity.claim
    text = page(client, capacity.get_absolute_url())
    assert "one of several alternatives" in text
    assert "Prints “and” for “or”." in text
    now = timezone.now()
    [figure] = figure_standings([counts[0].measure], now)
    assert figure.counts == 1
    assert figure.latest_words == "either about 3,000,000 × 152 mm rounds or about 500,000 × 122 mm rounds"


def test_a_condition_is_not_a_fact(client: Client) -> None:
    provocation = claim("F014", "provocation")
    assert provocation.condition == "if North Korea gets weapons technology in return"
    text = page(client, provocation.get_absolute_url())
    assert "on the condition: if North Korea gets weapons technology in return" in text
    assert sentence(provocation).endswith(", if North Korea gets weapons technology in return.")
    assert "condition dropped or added" in text
    conditional = Assertion.objects.public().exclude(condition="")
    assert conditional.count() > 6
    for each in conditional:
        assert mark(each).colour not in AFFIRMING
        assert not AFFIRMING & {answer.stance for answer in each.answers.all()}
    now = timezone.now()
    for found in standing(Question.objects.public(now), now):
        assert not any(position.decides for position in found.positions if position.assertion.condition)


def test_casualties_are_not_deaths(client: Client) -> None:
    killed = Measure.objects.get(slug="killed")
    together = Measure.objects.get(slug="killed-and-wounded")
    assert (killed.inclusions, together.inclusions) == (["killed"], ["killed", "wounded"])
    dead, casualties = page(client, killed.get_absolute_url()), page(client, together.get_absolute_url())
    for record in ("F076", "F077"):
        both = claim(record)
        assert both.get_absolute_url() in casualties
        assert both.get_absolute_url() not in dead
        assert "(killed, wounded)" in page(client, both.get_absolute_url())
    for count in Quantity.objects.public().filter(measure=killed).select_related("assertion"):
        assert not re.search("casualt|wounded|losses", count.assertion.claim)
    superseding = Quantity.objects.filter(supersedes__isnull=False).select_related(
        "supersedes__measure", "measure"
    )
    assert all(count.measure == count.supersedes.measure for count in superseding if count.supersedes)


def test_portraits_are_no_count_of_the_dead() -> None:
    [count] = Quantity.objects.public().filter(assertion=claim("F101", "portraits"))
    assert count.measure.inclusions == ["portraits"]


def test_the_reports_day_is_not_the_events_day(client: Client) -> None:
    tour, ceremony = claim("F001"), claim("F101", "decorated")
    assert (tour.happened, tour.published) == ("2023-07-26", "2023-07-27")
    assert (ceremony.happened, ceremony.published) == ("", "2025-08-22")
    by_event = list(every_page(client, "/timeline/?by=event&order=oldest"))
    row = next(text for text in by_event if tour.get_absolute_url() in text)
    row = row[: row.index(tour.get_absolute_url())]
    assert row.rpartition('<span class="when">')[2].startswith("26 Jul 2023")
    assert row.rpartition('<h3 class="month"')[2].startswith(' id="m2023-07"')
    # Of a ceremony whose day nobody gave it is not said that it was on the day of the report.
    row = next(text for text in by_event if ceremony.get_absolute_url() in text)
    assert row.index('id="undated"') < row.index(ceremony.get_absolute_url())
    by_report = next(text for text in every_page(client, "/timeline/") if ceremony.get_absolute_url() in text)
    row = by_report[: by_report.index(ceremony.get_absolute_url())]
    assert row.rpartition('<span class="when">')[2].startswith("22 Aug 2025")
    text = page(client, tour.get_absolute_url())
    assert "<dt>Happened</dt><dd>26 July 2023" in text
    assert "<dt>Published</dt><dd>27 July 2023" in text
