"""Which words of a text name which actor: one rule a test, then whole passages marked by hand."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.inflection import inflected
from actors.names import PLACE, Found, Name, NameKind, NameTrie, fold
from actors.tokens import tokens
from tests.actors.names_table import MARKED, TABLE

TRIE = NameTrie(TABLE)


def found(text: str, *extra: Name) -> list[tuple[str, str | None]]:
    """The mentions of actors in a text, places left out."""
    trie = NameTrie([*TABLE, *extra]) if extra else TRIE
    return [(mention.text, mention.actor) for mention in trie.find(text) if not mention.is_place]


def actors(text: str, *extra: Name) -> list[str | None]:
    return [actor for _, actor in found(text, *extra)]


def places(text: str) -> list[str]:
    return [mention.text for mention in TRIE.find(text) if mention.is_place]


# Words and positions


@pytest.mark.parametrize(
    "text",
    ["Kim Jong Un", "Kim Jong-un", "Kim Jong-Un", "Kim Jong\u2011un", "Kim\u00a0Jong Un", "KIM JONG UN"],
)
def test_hyphens_spaces_and_case_fold_to_one_romanised_name(text: str) -> None:
    assert found(f"Leader {text} spoke.") == [(text, "kim-jong-un")]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_accents_fold_in_every_normal_form_and_positions_stay(form: str) -> None:
    text = unicodedata.normalize(form, "Señal: Beloúsov llegó.")  # type: ignore[arg-type]
    (mention,) = TRIE.find(text)
    assert mention.actor == "andrei-belousov"
    assert text[mention.start : mention.end] == mention.text
    assert unicodedata.normalize("NFC", mention.text) == "Beloúsov"


def test_letters_that_grow_when_folded_do_not_shift_positions() -> None:
    text = "İstanbul, Straße, ﬁne: Putin."
    (mention,) = TRIE.find(text)
    assert (mention.start, mention.text) == (text.index("Putin"), "Putin")


def test_straight_and_curly_apostrophes_are_one() -> None:
    name = Name("Dara O'Brien", "obrien", "name", actor_kind="person")
    assert actors("Dara O’Brien and Dara O'Brien met.", name) == ["obrien", "obrien"]
    assert found("the Workers’ Party of Korea") == [("Workers’ Party of Korea", "workers-party-of-korea")]


@pytest.mark.parametrize("text", ["Putin's plan", "Putin’s plan", "PUTIN'S PLAN"])
def test_a_possessive_is_not_in_the_span(text: str) -> None:
    assert found(text) == [(text[:5], "vladimir-putin")]


def test_possessives_of_abbreviations_are_not_in_the_span() -> None:
    assert found("the G7's and Moscow's views") == [("G7", "g7"), ("Moscow", "russia")]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\u2028", "\v"])
def test_no_name_reaches_across_a_line_break(line_break: str) -> None:
    assert "north-korea" not in actors(f"to the North{line_break}Korea")


def test_the_longest_name_wins_and_the_leftmost_first() -> None:
    assert found("North Korean troops met South Korean troops") == [
        ("North Korean troops", "korean-peoples-army"),
        ("South Korean", "south-korea"),
    ]


def test_a_name_with_an_article_gives_way_to_a_longer_name_within_it() -> None:
    assert found("the North Korean leader and the North") == [
        ("North Korean", "north-korea"),
        ("the North", "north-korea"),
    ]


def test_names_are_not_found_within_words() -> None:
    assert found("Iranian, USSR, River, Ukrainians' Putinism, Kimono") == [("Ukrainians", "ukraine")]


def test_dotted_abbreviations_are_the_plain_ones() -> None:
    assert found("The U.S. and D.P.R.K. and N. Korea and N Korea") == [
        ("U.S.", "united-states"),
        ("D.P.R.K.", "north-korea"),
        ("N. Korea", "north-korea"),
        ("N Korea", "north-korea"),
    ]


def test_a_full_stop_between_sentences_joins_no_name() -> None:
    assert found("It is in the North. Korea is far.") == [("Korea", None)]


# Case


def test_an_abbreviation_is_found_in_capitals_only() -> None:
    assert found("It is up to us, US officials said.") == [("US", "united-states")]


def test_us_in_a_headline_of_capitals_is_left_to_the_editor() -> None:
    (mention, _) = TRIE.find("THEY TOLD US TO LEAVE RUSSIA")
    assert (mention.text, mention.actor, mention.candidates) == ("US", None, ("united-states",))


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("US AND RUSSIA CLASH", ["united-states", "russia"]),
        ("RUSSIA, US TRADE BLAME", ["russia", "united-states"]),
        ("US-RUSSIA TALKS FAIL", ["united-states", "russia"]),
        ("PUTIN MEETS KIM JONG UN", ["vladimir-putin", "kim-jong-un"]),
        ("Kim Meets Putin In Vladivostok", [None, "vladimir-putin"]),
        ("Kim Meets Putin", [None, "vladimir-putin"]),
        ("Envoy Meets Putin", ["vladimir-putin"]),
        ("Russia Warns Ukraine Over Kursk", ["russia", "ukraine"]),
    ],
)
def test_names_are_found_in_headlines(headline: str, names: list[str | None]) -> None:
    assert actors(headline) == names


def test_a_capitalised_name_is_not_found_in_small_letters() -> None:
    assert found("a china shop, putin, north korea, kim jong un") == []


def test_a_name_in_small_letters_is_found_in_small_letters_and_capitalised() -> None:
    assert actors("Sappers came; the sappers left; russia lost") == ["engineers", "engineers", "russia"]


def test_a_month_is_no_minister() -> None:
    may = Name("Theresa May", "theresa-may", "name", actor_kind="person")
    assert found("In May, Theresa May left. May is warm. Mrs May was there.", may) == [
        ("Theresa May", "theresa-may"),
        ("May", "theresa-may"),
    ]


def test_no_key_and_chairman_never_stand_alone() -> None:
    text = "No Kwang Chol came. No troops did. Key points: the chairman spoke, and the prime minister."
    assert found(text) == [("No Kwang Chol", "no-kwang-chol")]


def test_a_family_name_that_is_a_common_word_counts_after_a_title() -> None:
    assert found("No Kwang Chol came; Minister No left.")[-1] == ("No", "no-kwang-chol")


# Family names


def test_a_family_name_is_the_nearest_full_name_before_it() -> None:
    text = "Kim Jong Un met Kim Yong-hyun. Kim added more. Then Kim Yo Jong spoke; Kim’s words were harsh."
    assert actors(text) == ["kim-jong-un", "kim-yong-hyun", "kim-yong-hyun", "kim-yo-jong", "kim-yo-jong"]


def test_mr_and_a_family_name_is_a_family_name() -> None:
    mr_kim = Name("Mr Kim", "kim-jong-un", "spelling", actor_kind="person", family_first=True)
    assert found("Kim Yong-hyun came. Mr Kim left.", mr_kim)[-1] == ("Mr Kim", "kim-yong-hyun")


def test_a_family_name_listed_for_one_person_is_that_person() -> None:
    assert found("Putin left.") == [("Putin", "vladimir-putin")]


def test_a_family_name_of_many_stays_open_with_all_candidates() -> None:
    (mention,) = TRIE.find("Kim left.")
    assert mention.actor is None
    assert mention.candidates[0] == "kim-jong-un"
    assert set(mention.candidates) == {
        "kim-jong-un",
        "kim-yong-hyun",
        "kim-yo-jong",
        "kim-jong-gyu",
        "kim-song",
    }


def test_a_family_name_is_known_from_the_full_name_before_or_after_it() -> None:
    assert actors("Blinken left. Antony Blinken was late. Blinken spoke.") == ["antony-blinken"] * 3


def test_a_family_name_of_one_bearer_needs_no_full_name_where_a_capital_tells() -> None:
    assert actors("On Friday Blinken left.") == ["antony-blinken"]
    assert actors("Blinken left. Blinken spoke.") == ["antony-blinken"] * 2
    assert actors("Ответил Буданов.") == ["kyrylo-budanov"]


@pytest.mark.parametrize(
    "text",
    [
        "Blinken left.",
        "Blinken Says Sanctions Against Them Follow",
        "It rained in Blinken.",
        "A clerk named Lin left.",
    ],
)
def test_a_family_name_alone_is_left_to_the_editor_where_it_may_be_another(text: str) -> None:
    (mention,) = TRIE.find(text)
    assert (mention.actor, len(mention.candidates)) == (None, 1)


@pytest.mark.parametrize("name", ["Vera Blinken", "John Blinken"])
def test_after_an_unknown_bearer_a_family_name_alone_is_not_resolved(name: str) -> None:
    assert actors(f"{name}, a clerk, came. Then Blinken left.") == [None]


def test_the_family_name_stands_first_where_the_table_says_so() -> None:
    assert found("Lin Jian smiled. Lin spoke. Jake Sullivan nodded; Sullivan left.") == [
        ("Lin Jian", "lin-jian"),
        ("Lin", "lin-jian"),
        ("Jake Sullivan", "jake-sullivan"),
        ("Sullivan", "jake-sullivan"),
    ]


@pytest.mark.parametrize("name", ["Kim Il Sung", "Kim Sung-hoon", "Kim Song Nam", "Igor Putin"])
def test_a_family_name_within_an_unknown_name_is_somebody_else(name: str) -> None:
    assert found(f"They spoke of {name} at length.") == []


def test_after_an_unknown_full_name_the_family_name_stays_open() -> None:
    assert actors("Kim Jong Un left. A diplomat, Kim Sung-hoon, spoke. Kim added more.") == [
        "kim-jong-un",
        None,
    ]


def test_two_actors_of_one_name_stay_open() -> None:
    twin = Name("Antony Blinken", "another-blinken", "name", actor_kind="person")
    (mention,) = NameTrie([*TABLE, twin]).find("Antony Blinken left.")
    assert (mention.actor, mention.candidates) == (None, ("antony-blinken", "another-blinken"))


def test_an_error_never_beats_the_right_bearer() -> None:
    assert found("Kim Jong-un spoke; Anthony Blinken nodded.") == [
        ("Kim Jong-un", "kim-jong-un"),
        ("Anthony Blinken", "antony-blinken"),
    ]


def test_an_error_of_one_word_counts_only_beside_the_right_name() -> None:
    assert found("Jian left.") == []
    assert found("Lin Jian came. Jian left.")[-1] == ("Jian", "lin-jian")


def test_a_wrong_name_of_a_body_counts_only_near_its_right_name() -> None:
    wrong = Name("Central Intelligence Agency", "kcna", "error", actor_kind="media")
    assert found("The Central Intelligence Agency spoke.", wrong) == []
    assert found(
        "KCNA spoke." + " So it went on." * 100 + " The Central Intelligence Agency left.", wrong
    ) == [("KCNA", "kcna")]
    assert found("KCNA, or the Central Intelligence Agency, spoke.", wrong)[-1] == (
        "Central Intelligence Agency",
        "kcna",
    )


def test_a_wrong_name_of_a_body_swallows_no_right_name() -> None:
    wrong = Name("Reuters Korea Agency", "kcna", "error", actor_kind="media")
    assert found("KCNA and the Reuters Korea Agency", wrong)[1] == ("Reuters", "reuters")


# Names of several actors


def test_an_ambiguous_name_never_resolves_by_itself() -> None:
    (mention,) = TRIE.find("The Security Council met.")
    assert (mention.actor, mention.candidates) == (None, ("un-security-council", "russian-security-council"))


def test_an_ambiguous_name_is_the_bearer_named_in_full_before() -> None:
    text = (
        "The Russian Security Council met. The Security Council nodded. UNSC met. The Security Council left."
    )
    russian, un = "russian-security-council", "un-security-council"
    assert actors(text) == [russian, russian, un, un]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Russia's Security Council met", "russian-security-council"),
        ("the Security Council of Russia met", "russian-security-council"),
        ("the UN Security Council met", "un-security-council"),
        ("the US Security Council met", None),
        ("Ukraine's General Staff said", "ukraine-general-staff"),
        ("the General Staff of the Russian army said", None),
    ],
)
def test_an_ambiguous_body_belongs_to_the_country_beside_it(text: str, actor: str | None) -> None:
    assert actor in actors(text) if actor else None in actors(text)


def test_another_land_that_bears_a_countrys_name_is_no_country() -> None:
    assert found("Latin America and the East China Sea") == []


@pytest.mark.parametrize(
    "name",
    [
        "RBC-Ukraine",
        "Voice of America",
        "Bank of Korea",
        "Bank of the United States",
        "Korea Foundation",
        "Korea Institute for National Unification",
        "China Daily",
        "Iran International",
        "Ukraine House",
        "United Russia",
        "Kyiv Chronicle",
        "University of Kyiv",
    ],
)
def test_a_country_within_the_name_of_an_unknown_body_is_not_meant(name: str) -> None:
    assert found(f"He told {name} that it rained; {name} said so.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russia-North Korea ties", ["russia", "north-korea"]),
        ("the Israel-Iran war and an Israel-Iran truce", ["iran", "iran"]),
        ("a US-China-South Korea exercise", ["united-states", "china", "south-korea"]),
        ("pro-Russia and Anti-Russia", ["russia", "russia"]),
        ("Russia President Putin spoke", ["russia", "vladimir-putin"]),
        ("the United States House of Representatives", ["united-states"]),
        ("Ukraine Air Force pilots", ["ukraine"]),
        ("The US House voted", ["united-states"]),
        ("Russia's Bank failed", ["russia"]),
        ("the Embassy of Iran, the President of Russia", ["iran", "russia"]),
        ("Russia Says Seoul University Helped Iran", ["russia", "iran"]),
    ],
)
def test_a_country_beside_its_own_offices_or_another_country_is_meant(text: str, names: list[str]) -> None:
    assert actors(text) == names


# Metonyms, demonyms, titles


@pytest.mark.parametrize(
    "text",
    [
        "He arrived in Pyongyang today.",
        "She flew from Pyongyang at dawn.",
        "A visit to Pyongyang followed.",
        "near Pyongyang, fog",
        "It stood at Pyongyang for a week.",
        "during the visit of Pyongyang",
        "They visited Pyongyang in May.",
        "PYONGYANG, Oct. 10 (KCNA) — The army marched.",
        "PYONGYANG (Reuters) - The army marched.",
        "PYONGYANG, North Korea — The army marched.",
        "the Pyongyang region burned",
        "a Pyongyang-based diplomat",
        "the Pyongyang Post wrote",
        "the state of Pyongyang",
        "Pyongyang, D.C., is far",
        "crowds that filled Pyongyang's Kim Il Sung Square",
        "in central Pyongyang",
        "the late George Pyongyang wrote",
    ],
)
def test_a_metonym_with_the_marks_of_a_place_is_a_place(text: str) -> None:
    assert places(text)[0].upper() == "PYONGYANG"
    assert "north-korea" not in actors(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang said nothing.",
        "He urged sanctions against Pyongyang.",
        "Talks with Pyongyang failed.",
        "Pyongyang's envoy left.",
        "They sent weapons to Pyongyang.",
        "According to Pyongyang, all is well.",
        "between Pyongyang and the others",
        "Ties with Pyongyang",
        "allies of Pyongyang",
        "a Pyongyang official",
        "Pyongyang Foreign Minister Ryu left",
        "confidence in Pyongyang",
    ],
)
def test_a_metonym_that_acts_is_the_state(text: str) -> None:
    (mention,) = [mention for mention in TRIE.find(text) if mention.text == "Pyongyang"]
    assert (mention.actor, mention.kind) == ("north-korea", "metonym")


def test_capitals_joined_by_and_are_places_together_or_states_together() -> None:
    assert places("Crowds in Moscow and Pyongyang cheered.") == ["Moscow", "Pyongyang"]
    assert actors("Talks between Moscow and Pyongyang go on.") == ["russia", "north-korea"]


def test_a_place_has_no_actor_and_no_candidates() -> None:
    (mention,) = TRIE.find("It rained in Moscow.")
    assert mention == Found(13, 19, "Moscow", None, (), PLACE)


def test_a_longer_known_name_beats_the_metonym_in_it() -> None:
    assert found("the Moscow Times wrote") == [("Moscow Times", "moscow-times")]


def test_a_demonym_names_the_state_and_says_so() -> None:
    mentions = TRIE.find("Russian and North Korean envoys; Russians")
    assert [(mention.actor, mention.kind) for mention in mentions] == [
        ("russia", "demonym"),
        ("north-korea", "demonym"),
        ("russia", "demonym"),
    ]


def test_a_title_before_a_name_is_a_mention_of_its_own() -> None:
    assert found("Kremlin spokesman Dmitry Peskov lied.") == [
        ("Kremlin spokesman", "dmitry-peskov"),
        ("Dmitry Peskov", "dmitry-peskov"),
    ]


def test_a_title_before_the_name_of_another_is_nobodys() -> None:
    assert actors("General Secretary Vladimir Putin") == [None, "vladimir-putin"]
    assert actors("General Secretary Nguyen Phu left") == [None]


def test_a_title_resolves_only_with_its_capitals() -> None:
    assert actors("The General Secretary left. The general secretary left.") == ["kim-jong-un"]


def test_an_indefinite_description_is_nobody_for_sure() -> None:
    general = Name("a top general", "mark-milley", "epithet", actor_kind="person")
    (mention,) = NameTrie([general]).find("A top general agreed.")
    assert (mention.actor, mention.candidates) == (None, ("mark-milley",))


# Bad markup


def test_names_glued_by_bad_markup_are_found() -> None:
    assert found("ComradeKim Jong Unreceived a gift, and Kim Jong Unthanked him in theWhite House.") == [
        ("Kim Jong Un", "kim-jong-un"),
        ("Kim Jong Un", "kim-jong-un"),
        ("White House", "white-house"),
    ]


def test_single_words_and_bodies_are_not_cut_out_of_words() -> None:
    assert found("Group of Seventy, DearPutin, McPutin, North Koreana") == []


# Other scripts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("김정은은 말했다", "김정은"),
        ("김정은이 웃었다", "김정은"),
        ("북한의 군대", "북한"),
        ("북한에서도", "북한"),
        ("러시아와 함께", "러시아"),
        ("러시아로부터", "러시아"),
    ],
)
def test_hangul_names_are_found_before_particles(text: str, name: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        (mention,) = TRIE.find(written)
        assert unicodedata.normalize("NFC", mention.text) == name
        assert mention.actor is not None


def test_hangul_names_are_not_found_within_other_words() -> None:
    assert found("북한산 북한인 러시아어 김정은숙") == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Владимира Путина", "vladimir-putin"),
        ("Владимиру Путину", "vladimir-putin"),
        ("с Путиным", "vladimir-putin"),
        ("о Путине", "vladimir-putin"),
        ("Дмитрием Песковым", "dmitry-peskov"),
        ("слова Дмитрия Пескова", "dmitry-peskov"),
        ("Ким Чен Ыном", "kim-jong-un"),
        ("Ким Чен Ыну", "kim-jong-un"),
        ("указ Кремля", "kremlin"),
        ("Кремлю", "kremlin"),
        ("против Москвы", "russia"),
        ("Северной Кореи", "north-korea"),
        ("Северную Корею", "north-korea"),
        ("с Северной Кореей", "north-korea"),
        ("Совета Безопасности", "russian-security-council"),
        ("северокорейскими войсками", "north-korea"),
        ("КНДР", "north-korea"),
    ],
)
def test_russian_names_are_found_in_every_case(text: str, actor: str) -> None:
    assert actors(text) == [actor]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Володимира Зеленського", "volodymyr-zelensky"),
        ("Володимиром Зеленським", "volodymyr-zelensky"),
        ("Кирила Буданова", "kyrylo-budanov"),
        ("Кирилові Буданову", "kyrylo-budanov"),
        ("Служби безпеки України", "sbu"),
        ("з Україною", "ukraine"),
    ],
)
def test_ukrainian_names_are_found_in_every_case(text: str, actor: str) -> None:
    assert actors(text) == [actor]


def test_a_russian_family_name_refers_back_in_any_case() -> None:
    assert actors("Дмитрий Песков ответил. Слова Пескова. Песковым довольны.") == ["dmitry-peskov"] * 3


def test_a_russian_place_is_told_by_its_preposition() -> None:
    assert places("Он прибыл в Москву из Пхеньяна.") == ["Москву"]
    assert actors("В Москве заявили, что Москва готова.") == ["russia", "russia"]


def test_han_names_are_found_without_spaces() -> None:
    assert found("朝鲜领导人金正恩会见") == [("金正恩", "kim-jong-un")]


def test_other_languages_are_left_as_they_stand() -> None:
    assert inflected(["Lawrow"], "de", person=True) == {("Lawrow",)}


# Bad input


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (Name("", "x", "name"), "no letter or digit"),
        (Name(" — ", "x", "name"), "no letter or digit"),
        (Name("A\nB", "x", "name"), "one line"),
        (Name("Ann", "", "name"), "key is missing"),
        (Name("Ann", "x", "nickname"), "unknown kind 'nickname'"),
    ],
)
def test_a_row_that_can_never_be_found_is_refused_by_number_and_text(row: Name, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        NameTrie([Name("Bo", "bo", "name"), row])
    assert "name 2" in str(refused.value)
    assert repr(row.text) in str(refused.value)


def test_an_empty_table_and_an_empty_text_find_nothing() -> None:
    assert NameTrie([]).find("Putin") == []
    assert TRIE.find("") == []


@pytest.mark.parametrize(
    "text", ["\x00Putin\x1f", "\u202ePutin\u202c", "\ud800Putin\udfff", "שלום Putin عليكم"]
)
def test_control_characters_and_other_directions_do_no_harm(text: str) -> None:
    assert found(text) == [("Putin", "vladimir-putin")]


_PIECES = st.sampled_from(
    [row.text for row in TABLE]
    + ["'s", "’s", " ", "-", ". ", ", ", "\n", " (", ") — ", "in ", "The ", "и ", "은", "́", "a", "IN", "of "]
)
_TEXTS = st.one_of(st.text(), st.lists(st.one_of(_PIECES, st.text(max_size=4))).map("".join))


@given(_TEXTS)
def test_every_mention_stands_where_it_says_in_order_without_overlap(text: str) -> None:
    end = 0
    for mention in TRIE.find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.actor is None or mention.actor in mention.candidates
        end = mention.end


@given(_TEXTS)
def test_finding_twice_finds_the_same(text: str) -> None:
    assert TRIE.find(text) == TRIE.find(text)


@given(st.sampled_from([row for row in TABLE if row.kind == NameKind.NAME]), st.text(max_size=20))
def test_a_full_name_on_a_line_of_its_own_is_found_whatever_stands_around(row: Name, other: str) -> None:
    text = f"{other}\n{row.text}\n{other}"
    assert row.text in [mention.text for mention in TRIE.find(text)]


@given(st.text(min_size=1, max_size=12))
def test_folding_knows_no_case_and_no_normal_form(token: str) -> None:
    assert fold(unicodedata.normalize("NFD", token)) == fold(unicodedata.normalize("NFC", token))


@given(
    st.lists(
        st.builds(Name, st.text(min_size=1, max_size=8), st.just("x"), st.sampled_from(NameKind)), max_size=4
    )
)
def test_any_table_is_built_or_refused_with_a_reason(rows: list[Name]) -> None:
    if all(
        any(character.isalnum() for character in row.text) and row.text.splitlines() == [row.text]
        for row in rows
    ):
        trie = NameTrie(rows)
        for row in rows:
            trie.find(row.text)
    else:
        with pytest.raises(ValueError, match="of actor 'x'"):
            NameTrie(rows)


def test_a_paragraph_of_200_000_words_is_read_in_one_go() -> None:
    filler = "and so it went on for days and weeks while nobody else in the room wished to speak "
    mentions = TRIE.find(f"Kim Jong Un met Putin in Moscow. {filler * 10}" * 1_150)
    assert len(mentions) == 3 * 1_150
    assert {mention.actor for mention in mentions} == {"kim-jong-un", "vladimir-putin", None}


@pytest.mark.parametrize("text", ["aA" * 100_000, "U." * 100_000, "각" * 100_000, "Kim" + "\u0301" * 100_000])
def test_words_without_end_are_no_names(text: str) -> None:
    assert [mention for mention in TRIE.find(text) if mention.actor] == []


@given(_TEXTS)
def test_words_are_cut_alike_whatever_letters_stand_elsewhere(text: str) -> None:
    assert tokens(f"{text} я") == [*tokens(text), "я"]


# Passages marked by hand


def _marked(passage: str) -> tuple[str, set[tuple[int, int, str | None]]]:
    """The plain text and the mentions of a passage written as "{Moscow|russia} … {Moscow|} … {Kim|?}".

    After the bar stands the actor, "?" for one left open, or nothing for a place.
    """
    text, gold = "", set()
    for piece in passage.split("{"):
        mark, bar, rest = piece.partition("}")
        if not bar:
            text += piece
            continue
        name, _, actor = mark.partition("|")
        if actor:
            gold.add((len(text), len(text) + len(name), None if actor == "?" else actor))
        text += name + rest
    return text, gold


def test_marked_passages_are_found_with_an_f1_of_at_least_97_percent() -> None:
    right = wanted = given_back = 0
    misses = []
    for passage in MARKED:
        text, gold = _marked(passage)
        answer = {(one.start, one.end, one.actor) for one in TRIE.find(text) if not one.is_place}
        right, wanted, given_back = right + len(gold & answer), wanted + len(gold), given_back + len(answer)
        misses += [(text[start:end], actor) for start, end, actor in gold ^ answer]
    precision, recall = right / given_back, right / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.97, misses


def test_the_order_of_the_table_changes_no_resolved_mention() -> None:
    backwards = NameTrie([replace(row) for row in reversed(TABLE)])
    for passage in MARKED:
        text, _ = _marked(passage)
        assert [(one.start, one.actor) for one in backwards.find(text)] == [
            (one.start, one.actor) for one in TRIE.find(text)
        ]
