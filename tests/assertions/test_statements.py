"""The statement finder: who is said to have said what, each rule by an example; and that no text breaks it."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.names import Name, NameTrie
from assertions.suggestions.precision import precision_of
from assertions.suggestions.quotations import quotations
from assertions.suggestions.said_on import said_on
from assertions.suggestions.statements import KnownActor, Statement, find_statements
from assertions.vocabulary import Certainty, EventClass, SpeechAct

PUBLISHED = date(2024, 10, 24)  # a Thursday
ACTORS = {
    "arvenia": KnownActor("state"),
    "borduria": KnownActor("state"),
    "mara-quill": KnownActor("person", "arvenia"),
    "ivo-tarn": KnownActor("person", "borduria"),
    "olga-tarn": KnownActor("person", "borduria"),
    "the-herald": KnownActor("media"),
    "ministry-of-peace": KnownActor("public_body", "arvenia"),
}
NAMES = NameTrie(
    [
        *(
            Name(
                text=text,
                actor=slug,
                kind="name",
                actor_kind=ACTORS[slug].kind,
                belongs_to=ACTORS[slug].country,
            )
            for slug, text in [
                ("arvenia", "Arvenia"),
                ("borduria", "Borduria"),
                ("mara-quill", "Mara Quill"),
                ("ivo-tarn", "Ivo Tarn"),
                ("olga-tarn", "Olga Tarn"),
                ("the-herald", "Herald"),
                ("ministry-of-peace", "Ministry of Peace"),
            ]
        ),
        Name(text="Bordurian", actor="borduria", kind="demonym", actor_kind="state"),
    ]
)


def found(text: str) -> list[Statement]:
    return find_statements(text, NAMES.find(text), actors=ACTORS, published=PUBLISHED)


def only(text: str) -> Statement:
    statements = found(text)
    assert len(statements) == 1, [(each.rule, each.content.text) for each in statements]
    return statements[0]


def source_of(statement: Statement) -> str | None:
    return statement.source.text if statement.source else None


# Constructions


@pytest.mark.parametrize(
    ("text", "source", "content", "rule"),
    [
        ("Mara Quill said that the bridge was closed.", "Mara Quill", "the bridge was closed", "ccomp"),
        (
            "The bridge, she said, was closed on Monday.",
            "she",
            "The bridge, she said, was closed on Monday",
            "parataxis",
        ),
        (
            "According to Mara Quill, the bridge is closed.",
            "Mara Quill",
            "the bridge is closed",
            "according to",
        ),
        ("Mara Quill called the report a lie.", "Mara Quill", "the report a lie", "object complement"),
        ("Mara Quill vowed to close the bridge.", "Mara Quill", "to close the bridge", "infinitive"),
        (
            "Mara Quill urged Borduria to stop the war.",
            "Mara Quill",
            "Borduria to stop the war",
            "infinitive",
        ),
        ("Mara Quill confirmed the losses.", "Mara Quill", "the losses", "object"),
        (
            "Mara Quill accused Borduria of stealing money.",
            "Mara Quill",
            "Borduria of stealing money",
            "object with grounds",
        ),
        ("Mara Quill called for an end to the war.", "Mara Quill", "for an end to the war", "preposition"),
        (
            "Mara Quill is confident that she will win.",
            "Mara Quill",
            "she will win",
            "adjective",
        ),
        ("Borduria is expected to send soldiers.", None, "Borduria is expected to send soldiers", "passive"),
        ("It is not known whether the soldiers arrived.", None, "whether the soldiers arrived", "not known"),
    ],
)
def test_each_construction_gives_source_and_content(
    text: str, source: str | None, content: str, rule: str
) -> None:
    statement = only(text)
    assert (source_of(statement), statement.content.text, statement.rule) == (source, content, rule)


def test_a_noun_ascribes_what_follows_it() -> None:
    (statement, *_) = found("His promise to build a bridge was kept.")
    assert (source_of(statement), statement.content.text, statement.act) == (
        "His",
        "to build a bridge",
        "promises",
    )


def test_a_report_of_a_report_gives_both() -> None:
    outer, inner = found("Mara Quill said that Ivo Tarn believes that the war is over.")
    assert (outer.speaker, inner.speaker) == ("mara-quill", "ivo-tarn")
    assert inner.content.text == "the war is over"
    assert [relay.actor for relay in inner.relays] == ["mara-quill"]


def test_a_source_between_commas_after_what_was_said_is_found() -> None:
    text = "Two soldiers have been caught at the border, the minister, Mara Quill, said on Monday."
    (statement,) = found(text)
    assert statement.speaker == "mara-quill"
    assert statement.content.text == "Two soldiers have been caught at the border"


def test_a_headline_ascribes_like_a_sentence() -> None:
    statements = found("Arvenia calls Bordurian reports fake\n\nThe bridge is closed.")
    assert [(each.speaker, each.content.text, each.act) for each in statements] == [
        ("arvenia", "Bordurian reports fake", "denies")
    ]


# Quotations


def test_a_quotation_of_several_sentences_is_one_statement() -> None:
    text = "“We won. They lost,” said Mara Quill. “Nobody will forget it.”"
    statement = only(text)
    assert (statement.content.text, statement.quoted) == (text, "direct")


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“We have won the war at last,” Mara Quill said.\n\n“Nobody in this country will forget that day.”"
    first, second = found(text)
    assert (first.speaker, second.speaker) == ("mara-quill", "mara-quill")
    assert second.content.text == "“Nobody in this country will forget that day.”"


def test_words_in_quotation_marks_within_a_report_make_it_mixed() -> None:
    assert only("Mara Quill said that the deal was “a plain disaster” for all.").quoted == "mixed"
    assert only("Mara Quill said that the deal was bad.").quoted == "indirect"


def test_what_speakers_say_of_themselves_within_their_words_is_no_statement_of_its_own() -> None:
    assert (
        only("“I think that the war is over,” Mara Quill said.").content.text
        == "“I think that the war is over,”"
    )


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said: “It is over.” She left.", ["“It is over.”"]),
        ("He said: “It is over. She left.", ["“It is over. She left."]),
        ("“One “two” three” four", ["“One “two” three”"]),
        ('A 6" gun and "a word" here', ['"a word"']),
        ("the workers’ ‘last word’ on it", ["‘last word’"]),
        ("» no opening ”", []),
    ],
)
def test_quotations_are_found_whatever_marks_are_forgotten(text: str, quoted: list[str]) -> None:
    assert [text[each.start : each.end] for each in quotations(text)] == quoted


# Acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Mara Quill denied that soldiers were sent.", "denies"),
        ("Mara Quill did not confirm the report.", "declines"),
        ("Mara Quill declined to comment on the report.", "declines"),
        ("Mara Quill would not say whether soldiers were sent.", "evades"),
        ("Mara Quill does not know where the soldiers are.", "does_not_know"),
        ("Mara Quill confirmed that soldiers were sent.", "confirms"),
        ("Mara Quill warned that Borduria would pay a price.", "threatens"),
        ("Mara Quill pledged to close the bridge.", "promises"),
        ("Mara Quill predicted that the war would end.", "predicts"),
        ("Mara Quill expects the war to end soon.", "predicts"),
        ("Mara Quill demanded that Borduria leave.", "demands"),
        ("Mara Quill said that Borduria should leave.", "demands"),
        ("Mara Quill asked whether the war was over.", "questions"),
        ("Mara Quill blamed Borduria for the war.", "alleges"),
        ("Mara Quill alleged that Borduria had lied.", "alleges"),
        ("Mara Quill said that the bridge was closed.", "states"),
    ],
)
def test_the_act_follows_from_cue_and_construction(text: str, act: str) -> None:
    assert only(text).act == act


def test_neither_confirming_nor_denying_is_declining() -> None:
    assert "denies" not in {each.act for each in found("Mara Quill neither confirmed nor denied the report.")}


def test_a_denial_is_not_found_as_an_affirmation() -> None:
    for text in (
        "Mara Quill denied that Borduria had sent soldiers.",
        "“The story is false,” said Mara Quill, who denied that Borduria had sent soldiers.",
    ):
        (denial,) = [each for each in found(text) if "sent soldiers" in each.content.text]
        assert (denial.act, denial.negated) == ("denies", False)
    negated = only("Mara Quill said that Borduria had not sent soldiers.")
    assert (negated.act, negated.negated) == ("states", True)


def test_how_something_is_done_without_another_thing_negates_nothing() -> None:
    for text in (
        "Borduria backs the treaty without change, Mara Quill said.",
        "Mara Quill said that the charge is without proof.",
    ):
        assert not only(text).negated


# Sources


def test_abstract_subjects_do_not_speak() -> None:
    assert (
        found("The cooperation threatens stability. The alliance between them shows that times have changed.")
        == []
    )
    assert found("The agreement promises to change the region.") == []


def test_an_opinion_of_the_articles_own_voice_has_no_actor_speaker() -> None:
    text = (
        "It is imperative that leaders respond. This partnership could reshape the order. Arvenia must adapt."
    )
    assert [each.speaker for each in found(text) if each.speaker is not None] == []


@pytest.mark.parametrize(
    "source", ["A report", "The survey", "The ministry", "Officials", "A spokesman for the army"]
)
def test_documents_bodies_and_unnamed_people_are_sources_as_described(source: str) -> None:
    statement = only(f"{source} said that the bridge was closed.")
    assert (source_of(statement), statement.speaker, statement.speaker_description) == (source, None, source)


# Speakers


def test_a_surname_belongs_to_the_nearest_full_name() -> None:
    text = (
        "Ivo Tarn left on Monday. Tarn said that he was tired.\n\n"
        "Olga Tarn stayed. Tarn said that the work was not done."
    )
    assert [each.speaker for each in found(text)] == ["ivo-tarn", "olga-tarn"]


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill arrived on Monday. She said that the bridge was closed.",
        "The minister, Mara Quill, arrived. The minister said that the bridge was closed.",
        "“It is closed,” Mara Quill said on Monday. She added that it was unsafe.",
    ],
)
def test_pronouns_and_offices_mean_the_nearest_who_fits(text: str) -> None:
    assert {each.speaker for each in found(text)} == {"mara-quill"}


def test_a_woman_is_not_meant_by_he() -> None:
    text = "The spokeswoman Mara Quill met Ivo Tarn. He said that the bridge was closed."
    assert [each.speaker for each in found(text)] == ["ivo-tarn"]


def test_whoever_is_named_within_a_statement_is_not_who_goes_on() -> None:
    text = "Mara Quill said that Ivo Tarn had lied. She said that he was a thief."
    assert [each.speaker for each in found(text)] == ["mara-quill", "mara-quill"]


def test_it_is_the_body_or_the_state_that_spoke() -> None:
    text = "Arvenia said that the bridge was closed. It added that the road was open."
    assert [each.speaker for each in found(text)] == ["arvenia", "arvenia"]


def test_a_document_speaks_for_whoever_made_it() -> None:
    assert only("Arvenia’s statement said that the bridge was closed.").speaker == "arvenia"


def test_several_together_are_nobody_of_the_table() -> None:
    assert only("Mara Quill and Ivo Tarn said that the bridge was closed.").speaker is None


# Details


def test_relays_are_named_from_the_nearest_outwards() -> None:
    text = "Lawmakers said that the bridge was closed, the Herald reported, citing officials."
    (lawmakers,) = [each for each in found(text) if source_of(each) == "Lawmakers"]
    assert [relay.actor or relay.description for relay in lawmakers.relays] == ["officials", "the-herald"]


def test_hedge_condition_and_certainty_are_kept() -> None:
    statement = only("Mara Quill said that Borduria may attack if the talks fail.")
    assert (statement.hedge, statement.condition) == ("may", "if the talks fail")
    assert statement.certainty == Certainty.POSSIBLE
    assert only("Mara Quill fears that Borduria could attack.").certainty == Certainty.POSSIBLE
    assert only("Mara Quill believes that Borduria attacked.").certainty == Certainty.PROBABLE
    assert only("Mara Quill said that Borduria attacked.").certainty == Certainty.CERTAIN


def test_parties_and_event_class_come_from_the_content() -> None:
    statement = only("Mara Quill said that Borduria had sent weapons to Arvenia.")
    assert (statement.subjects, statement.objects, statement.event_class) == (
        ("borduria",),
        ("arvenia",),
        EventClass.AID,
    )
    passive = only("Mara Quill said that weapons were sent to Arvenia by Borduria.")
    assert (passive.subjects, passive.objects) == (("borduria",), ("arvenia",))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("said on Monday", "2024-10-21"),
        ("said on Thursday", "2024-10-24"),
        ("said last Thursday", "2024-10-17"),
        ("said yesterday", "2024-10-23"),
        ("said on 13 October", "2024-10-13"),
        ("said on December 3", "2023-12-03"),
        ("said on 5 March 2022", "2022-03-05"),
        ("said in April", "2024-04"),
        ("said in 2021", "2021"),
        ("said on 31 February", ""),
        ("said", ""),
    ],
)
def test_the_day_of_saying_is_read_beside_the_cue(words: str, said: str) -> None:
    assert said_on(f"Mara Quill {words}", PUBLISHED) == said


def test_without_a_day_of_the_article_a_weekday_tells_nothing() -> None:
    assert said_on("said on Monday", None) == ""
    assert said_on("said on 5 March 2022", None) == "2022-03-05"


@pytest.mark.parametrize(
    ("words", "low", "high", "low_open", "high_open", "about", "unit"),
    [
        ("more than 3,000 soldiers", 3000, None, True, False, False, "soldiers"),
        ("at least 600 soldiers", 600, None, False, False, False, "soldiers"),
        ("up to 12,000 soldiers", None, 12000, False, False, False, "soldiers"),
        ("fewer than 50 soldiers", None, 50, False, True, False, "soldiers"),
        ("about 2.5 million shells", 2_500_000, 2_500_000, False, False, True, "shells"),
        ("ten thousand shells", 10_000, 10_000, False, False, False, "shells"),
        ("12 percent", 12, 12, False, False, False, "%"),
    ],
)
def test_quantities_have_bounds_and_a_unit(
    words: str, low: int | None, high: int | None, low_open: bool, high_open: bool, about: bool, unit: str
) -> None:
    (quantity,) = only(f"Mara Quill said that Borduria had lost {words} in 2023.").quantities
    assert (quantity.low, quantity.high) == (
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
    )
    assert (quantity.low_open, quantity.high_open, quantity.is_approximate) == (low_open, high_open, about)
    assert (quantity.unit, quantity.span.text) == (unit, words)


# Any text

_PIECES = st.sampled_from(
    [
        *(
            "Mara Quill said ",
            "that ",
            "the bridge is closed",
            "according to ",
            "he ",
            "told ",
            "is expected to ",
            "denied ",
        ),
        *(
            "“",
            "”",
            '"',
            "‘",
            "’",
            "'",
            ". ",
            ", ",
            "; ",
            ": ",
            "(",
            ")",
            "-",
            "\n",
            "\r\n",
            "\n\n",
            "its claim ",
            "citing ",
        ),
        *(
            "\x00",
            "\x07",
            "\u202e",
            "\ud800",
            "\ufeff",
            "\u2028",
            "👩‍👩‍👧",
            "e\u0301",
            "سلام ",
            "북한 ",
            "$5 ",
            "3,000 ",
        ),
        *("reportedly ", "Borduria ", "as he put it "),
    ]
)


@settings(deadline=None, max_examples=120)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_in_any_text_every_position_holds_its_words(text: str) -> None:
    for statement in found(text):
        spans = [statement.source, statement.cue, statement.content, *statement.parts]
        spans += [quantity.span for quantity in statement.quantities]
        for span in spans:
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end] == span.text
        assert statement.act in SpeechAct.values
        assert statement.certainty in Certainty.values
        assert statement.event_class in ["", *EventClass.values]
        assert 0 <= precision_of(statement.rule) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a" * 50_000,
        "(" * 5_000,
        "he said " * 1_500,
        '"' * 5_000,
        "said\n" * 1_000,
        "“" + "word " * 3_000,
    ],
)
def test_a_text_that_is_no_language_is_read_in_bounded_time(text: str) -> None:
    assert len(found(text)) <= len(text)


def test_a_paragraph_without_end_is_read_in_pieces() -> None:
    sentence = "Mara Quill said that the bridge was closed. "
    assert len(found(sentence * 400)) >= 390


def test_importing_the_finder_loads_no_language_model() -> None:
    program = (
        "import sys, assertions.suggestions.statements, assertions.suggestions.language;"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
