"""How a name changes in running text: case endings in Russian and Ukrainian, particles after Hangul, English
plurals.

Everything here makes forms from one nominative name by rules on its ending; there is no dictionary. A rule
makes at worst a form nobody writes, which then matches nothing. Paradigms follow the declension tables of A.
A. Zaliznyak, *Grammatical Dictionary of the Russian Language* (1977), and of the Ukrainian Orthography of
2019, sections on nouns, adjectives and family names; exceptions with a changing root are left out, except the
fleeting vowel of -ец.
"""

from collections.abc import Iterable, Iterator, Sequence

# What is written onto a noun without a space: words marked as particles (josa) in the Standard Korean
# Language Dictionary of the National Institute of Korean Language, the commonest forms of the copula, and
# the plural and "side" suffixes with a particle. Left out: endings that are read as part of another noun
# more often than not (-in "person", and the vocatives).
_PARTICLES = (
    "이 가 께서 은 는 을 를 의 에 에게 에게서 께 한테 한테서 더러 보고 에서 에다 에다가 와 "
    "과 하고 랑 이랑 로 으로 로서 으로서 로써 으로써 로부터 으로부터 도 만 까지 마저 조차 부터 밖에 뿐 "
    "처럼 같이 만큼 보다 마다 나 이나 라도 이라도 든지 이든지 이다 라고 이라고 라는 이라는 란 이란 며 이며 "
    "고 이고 였다 이었다 입니다 이었습니다 측 측은 측이 측에 들 들이 들은 들의"
)
_SECOND_PARTICLES = "는 은 도 만 의 이 가 를 을 서 부터 까지 나 라도 와 과"
_LOCATIVES = "에 에서 에는 에서는 에서도 에서의 로 으로 까지 부터 로부터 으로부터"
PARTICLES = frozenset(_PARTICLES.split())
PLACE_PARTICLES = frozenset(_LOCATIVES.split())
_SECOND = frozenset(_SECOND_PARTICLES.split())

_HANGUL_FIRST, _HANGUL_LAST = "가", "힣"
_SIBILANTS = "жшчщ"
_HARD_G = "гкх"


def is_hangul(character: str) -> bool:
    """Whether the (composed) character is a Hangul syllable."""
    return _HANGUL_FIRST <= character <= _HANGUL_LAST


def is_particle(ending: str) -> bool:
    """Whether `ending` can follow a Hangul noun: one particle, or a particle and one of the common second
    ones.
    """
    if ending in PARTICLES:
        return True
    return any(ending[:cut] in PARTICLES and ending[cut:] in _SECOND for cut in range(1, len(ending)))


def plural_demonym(text: str) -> str | None:
    """The English plural of a demonym that takes -s ("-an", "-i"), or None ("-ese" and "-ish" take none)."""
    return text + "s" if text.endswith(("an", "i")) else None


def inflected(
    words: Sequence[str], language: str, *, person: bool, all_genders: bool = False
) -> set[tuple[str, ...]]:
    """All forms of a name of one or more words, itself included.

    `words` are the name's words in the nominative, as written; `language` is a BCP 47 tag: any other than
    Russian or Ukrainian gives the name back alone. Of a person every word declines, in the same case; of
    anything else only the leading adjectives and the first noun do. `all_genders` also gives the feminine,
    neuter and plural forms of an adjective (for demonyms).
    """
    name = tuple(words)
    primary = language.partition("-")[0].lower()
    decline = {"ru": _russian, "uk": _ukrainian}.get(primary)
    if decline is None or not words:
        return {name}
    if all_genders and len(name) == 1:
        return {name} | {(form,) for form in _adjective_forms(name[0], primary)}
    declining = len(name) if person else _head(name, primary) + 1
    plural = not person and _is_plural_adjective(name[0])
    rows = [list(decline(word, person, plural)) for word in name[:declining]]
    rest = name[declining:]
    forms = {name}
    for row in _aligned(rows):
        forms.add((*row, *rest))
    if person and len(name) > 2:
        # Names of the family-name-first kind: only the last syllable takes the ending.
        forms.update((*name[:-1], form) for row in rows[-1] for form in row)
    return forms


def _aligned(rows: list[list[tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """The words of a name side by side, case by case, for each pairing of their paradigms."""
    paradigms: Iterable[tuple[tuple[str, ...], ...]] = [()]
    for row in rows:
        paradigms = [(*chosen, paradigm) for chosen in paradigms for paradigm in row][:64]
    for chosen in paradigms:
        yield from zip(*chosen, strict=True)


def _head(words: tuple[str, ...], language: str) -> int:
    """The place of the first noun: the first word that does not end as an adjective."""
    for place, word in enumerate(words[:-1]):
        if not _is_adjective(word, language):
            return place
    return len(words) - 1


def _is_plural_adjective(word: str) -> bool:
    return word.lower().endswith(("ые", "ие", "ні", "кі", "ві"))


def _is_adjective(word: str, language: str) -> bool:
    lower = word.lower()
    if language == "ru":
        return lower.endswith(("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ские", "ние"))
    return (
        lower.endswith(("ий", "ській", "ька", "ьке", "на", "не", "ва", "ве", "ні", "кі", "ві"))
        and len(lower) > 4
    )


def _fixed(word: str, cases: int) -> tuple[str, ...]:
    return (word,) * cases


def _with(stem: str, endings: str) -> tuple[str, ...]:
    """The stem with each ending; "-" stands for none."""
    return tuple(stem + ("" if ending == "-" else ending) for ending in endings.split())


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _russian(word: str, person: bool, plural: bool) -> list[tuple[str, ...]]:
    """Paradigms of one word, each of six forms: nominative, genitive, dative, accusative, instrumental,
    locative.
    """
    if "-" in word:
        head, _, last = word.rpartition("-")
        return [tuple(f"{head}-{form}" for form in row) for row in _russian(last, person, plural)]
    lower = word.lower()
    if _is_abbreviation(word) or len(lower) < 2 or (lower[-1] in "уюиэыё" and not plural):
        return [_fixed(word, 6)]
    if plural:
        return _russian_plural(word)
    if lower.endswith(("ский", "цкий", "ый", "ой")) or (lower.endswith("ий") and not person):
        soft = lower.endswith(("ний", "жий", "ший", "чий", "щий"))
        return [
            _with(
                word[:-2],
                f"{word[-2:]} его ему его им ем" if soft else f"{word[-2:]} ого ому ого им ом",
            ),
            _with(word[:-2], f"{word[-2:]} ого ому ого ым ом"),
        ]
    if lower.endswith("ая"):
        return [_with(word[:-2], "ая ой ой ую ой ой")]
    if lower.endswith("яя"):
        return [_with(word[:-2], "яя ей ей юю ей ей")]
    if lower.endswith("ое"):
        return [
            _with(word[:-2], "ое ого ому ое ым ом"),
            _with(word[:-2], "ое ого ому ое им ом"),
        ]
    if person and lower.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return [_with(word, "- а у а ым е"), _with(word, "- а у а ом е")]
    if person and lower.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return [_with(word[:-1], "а ой ой у ой ой"), _with(word[:-1], "а ы е у ой е")]
    if lower.endswith(("ия", "ея")):
        return [_with(word[:-1], "я и и ю ей и"), _with(word[:-1], "я и е ю ей е")]
    if lower.endswith("я"):
        return [_with(word[:-1], "я и е ю ей е"), _with(word[:-1], "я и е ю ёй е")]
    if lower.endswith("а"):
        genitive = "и" if lower[-2] in _HARD_G + _SIBILANTS else "ы"
        instrumental = "ей" if lower[-2] in _SIBILANTS + "ц" else "ой"
        return [_with(word[:-1], f"а {genitive} е у {instrumental} е")]
    if lower.endswith("ий"):
        return [_with(word[:-1], "й я ю я ем и")]
    if lower.endswith("й"):
        return [_with(word[:-1], "й я ю я ем е"), _with(word[:-1], "й я ю й ем е")]
    if lower.endswith("ь"):
        return [
            _with(word[:-1], "ь я ю я ем е"),
            _with(word[:-1], "ь я ю ь ём е"),
            _with(word[:-1], "ь и и ь ью и"),
        ]
    if lower.endswith("о"):
        return [_fixed(word, 6)] if person else [_with(word[:-1], "о а у о ом е")]
    if lower.endswith("ие"):
        return [_with(word[:-1], "е я ю е ем и")]
    if lower.endswith("е"):
        return [_fixed(word, 6)] if person else [_with(word[:-1], "е я ю е ем е")]
    if lower.endswith("ец"):
        return [
            (word, *_with(word[:-2], "ца цу ца цем це")),
            (word, *_with(word[:-2], "йца йцу йца йцем йце")),
        ]
    instrumental = "ем" if lower[-1] in _SIBILANTS + "ц" else "ом"
    declined = _with(word, f"- а у а {instrumental} е")
    inanimate = _with(word, f"- а у - {instrumental} е")
    return [declined, _fixed(word, 6)] if person else [declined, inanimate]


def _russian_plural(word: str) -> list[tuple[str, ...]]:
    lower = word.lower()
    if lower.endswith(("ые", "ие")):
        return [_with(word[:-1], "е х м е ми х")]
    if lower.endswith(("ы", "и")):
        soft = lower.endswith("и") and lower[-2] not in _HARD_G + _SIBILANTS
        dative = "ям ями ях" if soft else "ам ами ах"
        dat, ins, loc = dative.split()
        return [
            _with(word[:-1], f"{word[-1]} {genitive} {dat} {word[-1]} {ins} {loc}")
            for genitive in ("-", "ов")
        ]
    if lower.endswith("а"):
        return [_with(word[:-1], "а - ам а ами ах")]
    return [_fixed(word, 6)]


def _ukrainian(word: str, person: bool, plural: bool) -> list[tuple[str, ...]]:
    """Paradigms of one word, each of eight forms: nominative, genitive, dative (two), accusative,
    instrumental, locative (two).
    """
    if "-" in word:
        head, _, last = word.rpartition("-")
        return [tuple(f"{head}-{form}" for form in row) for row in _ukrainian(last, person, plural)]
    lower = word.lower()
    if (
        _is_abbreviation(word)
        or len(lower) < 2
        or (lower[-1] in "уюеєї" and not lower.endswith(("не", "ьке", "ве")))
    ):
        return [_fixed(word, 8)]
    if plural:
        return _ukrainian_plural(word)
    if lower.endswith("ий"):
        return [
            _with(word[:-2], "ий ого ому ому ого им ому ім"),
            _with(word[:-2], "ий ого ому ому ий им ому ім"),
        ]
    if lower.endswith(("не", "ьке", "ве")) and not person:
        return [_with(word[:-1], "е ого ому ому е им ому ім")]
    if lower.endswith(("ська", "цька", "зька", "вна")) or (
        not person and lower.endswith("на") and len(lower) > 8
    ):
        return [_with(word[:-1], "а ої ій ій у ою ій ій"), *_ukrainian_feminine(word)]
    if lower.endswith("а"):
        return _ukrainian_feminine(word)
    if lower.endswith("ія"):
        return [_with(word[:-1], "я ї ї ї ю єю ї ї")]
    if lower.endswith("ня"):
        return [
            _with(word[:-1], "я я ю ю я ям і ю"),
            _with(word[:-1], "я і і і ю ею і і"),
        ]
    if lower.endswith("я"):
        return [_with(word[:-1], "я і і і ю ею і і")]
    if lower.endswith("о"):
        return [
            _with(word[:-1], "о а у ові а ом ові і"),
            _with(word[:-1], "о а у у о ом у і"),
        ]
    if lower.endswith("й"):
        return [_with(word[:-1], "й я ю єві я єм ю ї")]
    if lower.endswith("ь"):
        return [
            _with(word[:-1], "ь я ю еві я ем ю і"),
            _with(word[:-1], "ь і і і ь ю і і"),
        ]
    if lower[-1] in "іи":
        return [_fixed(word, 8)]
    if person and lower.endswith(("ов", "ев", "єв", "ін", "їн", "ин")):
        return [_with(word, "- а у ові а им ові і"), _with(word, "- а у у а ом у і")]
    return [_with(word, "- а у ові а ом ові і"), _with(word, "- у у ові - ом у і")]


def _ukrainian_feminine(word: str) -> list[tuple[str, ...]]:
    stem, before = word[:-1], word[-2]
    # Velars soften before the -і of the dative and locative.
    soft = stem[:-1] + {"г": "з", "к": "ц", "х": "с"}.get(before.lower(), before)
    return [
        (
            word,
            stem + "и",
            soft + "і",
            soft + "і",
            stem + "у",
            stem + "ою",
            soft + "і",
            soft + "і",
        )
    ]


def _ukrainian_plural(word: str) -> list[tuple[str, ...]]:
    lower = word.lower()
    if lower.endswith(("ні", "кі", "ві")):
        return [_with(word[:-1], "і их им им і ими их их")]
    if lower.endswith(("и", "і")):
        return [
            _with(word[:-1], f"{word[-1]} {genitive} ам ам {word[-1]} ами ах ах") for genitive in ("-", "ів")
        ]
    return [_fixed(word, 8)]


def _adjective_forms(word: str, language: str) -> Iterator[str]:
    lower = word.lower()
    if language == "ru" and lower.endswith(("ый", "ий", "ой")):
        hard = "ый ого ому ым ом ая ой ую ое ые ых ыми"
        velar = "ий ого ому им ом ая ой ую ое ие их ими"
        yield from _with(word[:-2], velar if lower[-3] in _HARD_G + _SIBILANTS else hard)
    elif language == "uk" and lower.endswith("ий"):
        yield from _with(word[:-2], "ий ого ому им ім а ої ій у ою е і их ими")
    else:
        paradigms = (_russian if language == "ru" else _ukrainian)(word, person=False, plural=False)
        yield from (form for row in paradigms for form in row)
