"""Who speaks: the actor whom a name, a pronoun, an office or a kind of body means in a text of several sentences."""

import pytest

from actors.names import Name, NameTrie
from assertions.suggestions.statements import KnownActor, find_statements

ACTORS = {
    "arvenia": KnownActor("state"),
    "borduria": KnownActor("state"),
    "mara-quill": KnownActor("person", "arvenia"),
    "ada-voss": KnownActor("person", "arvenia"),
    "ivo-tarn": KnownActor("person", "borduria"),
    "the-herald": KnownActor("media"),
    "the-monitors": KnownActor("intergovernmental_organisation"),
    "ministry-of-peace": KnownActor("public_body", "arvenia"),
    "office-of-maps": KnownActor("public_body", "borduria"),
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
                ("ada-voss", "Ada Voss"),
                ("ivo-tarn", "Ivo Tarn"),
                ("the-herald", "Herald"),
                ("the-monitors", "Peace Monitors"),
                ("ministry-of-peace", "Ministry of Peace"),
                ("office-of-maps", "Office of Maps"),
            ]
        ),
        Name(text="Bordurian", actor="borduria", kind="demonym", actor_kind="state"),
        Name(text="Arvenian", actor="arvenia", kind="demonym", actor_kind="state"),
    ]
)


def speakers(text: str) -> list[str | None]:
    return [each.speaker for each in find_statements(text, NAMES.find(text), actors=ACTORS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Pronouns
        (
            "Mara Quill spoke of the letter that she and Ada Voss signed. It is long, she said.",
            ["mara-quill"] * 2,
        ),
        (
            "Mara Quill said that the bridge was closed.\n\nThe answer came from Ada Voss. In a letter she denied it.",
            ["mara-quill", "ada-voss"],
        ),
        (
            "By denying the sale, Borduria shows that it knows the law, Mara Quill said.",
            ["mara-quill", "borduria", "borduria", "borduria"],
        ),
        ("Arvenia says Borduria’s denial shows that it knows the law.", ["arvenia", "borduria"]),
        (
            "Mara Quill said that the bridge was closed. A senior official said that it was open. "
            "He added that it was new.",
            ["mara-quill", None, None],
        ),
        (
            "The article holds that trade grows. It says that a lake which Arvenia owns is frozen.",
            [None, None],
        ),
        (
            "It also rests on the work of three Peace Monitors. In a report they say that tanks were sold.",
            ["the-monitors"],
        ),
        # Offices
        ("Ivo Tarn left on Monday. The Bordurian leader said that the talks were good.", ["ivo-tarn"]),
        ("Mara Quill met Ada Voss. The Arvenian leader said that the talks were good.", [None]),
        (
            "The foreign minister, Mara Quill, met the finance minister, Ada Voss. "
            "The finance minister said that the talks were good.",
            ["ada-voss"],
        ),
        (
            "Arvenia’s envoy calls the charge false\n\n"
            "The charge is false, Arvenia’s permanent representative, Mara Quill, said on Monday.",
            ["mara-quill", "mara-quill"],
        ),
        (
            "Borduria’s top general says that troops took part\n\n"
            "Troops took part, the chief of the Bordurian army, Ivo Tarn, said on Monday.",
            ["ivo-tarn", "ivo-tarn"],
        ),
        ("A Bordurian minister said that the talks were good. Ivo Tarn left.", [None]),
        (
            "In June Mara Quill, Secretary of Arvenia’s Council, said that the bridge was closed.",
            ["mara-quill"],
        ),
        ("The two leaders said that they would meet again.", [None]),
        # Bodies and documents
        (
            "The Ministry of Peace said that it rained. The ministry added that it snowed.",
            ["ministry-of-peace"] * 2,
        ),
        (
            "The Ministry of Peace said that it rained. The Secret Ministry denied it.",
            ["ministry-of-peace", None],
        ),
        (
            "The Office of Maps said that it rained. The Ministry of Peace said that it snowed. "
            "The Bordurian office said that it was warm.",
            ["office-of-maps", "ministry-of-peace", "office-of-maps"],
        ),
        (
            "The Ministry of Peace said in a bulletin that it rained. The bulletin adds that it froze.",
            ["ministry-of-peace"] * 2,
        ),
        (
            "The Ministry of Peace said that it rained. The Syldavian statement denies it.",
            ["ministry-of-peace", None],
        ),
        ("According to the Herald newspaper, it rained.", ["the-herald"]),
        ("According to estimates by Arvenia and Borduria, it rained.", [None]),
        ("The US said that it rained.", [None]),
    ],
)
def test_whoever_is_meant_is_found_by_what_stands_before(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected
