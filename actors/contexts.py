"""What the words around a name tell: a place or a government, a title or another person's name.

Pure word lists and rules over the words next to a name; no list holds the name of a place, a person or a
body. The lists were written for this project from the function words and nouns of news English (with the
place prepositions of some other languages), and are closed: a rule that needs a word here is a rule that a
test names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are capitalised for other reasons too (they begin sentences, name a month, start a headline): a
# name that is one of them says nothing alone. Function words, months, days, and the nouns and verbs that are
# also given names.
COMMON_WORDS = _words(
    "a about after again all also although am among an and another any apr april are as at aug august be "
    "because before bill both but by can could day dec december despite did do does down during each early "
    "even ever every feb february few first for former friday from had has have he her here his hope how "
    "however i if in instead is it its jan january july jun june just key keys last late later like many mar "
    "march mark may me meanwhile might monday more most much must my never new next no none nor not nov "
    "november now o oct october of off oh old on once one only or other our out over per same saturday "
    "second see sep sept september she should since so some still such sunday than that the their them then "
    "there these they this those though three through thursday to today together tomorrow too tuesday two "
    "under until up us was we wednesday well were what when where whether which while who why will with "
    "without would yes yesterday yet you your"
)

AND = frozenset({"and", "or", "и", "і", "та"})
# What may stand between the words of a name that an abbreviation leaves out.
LINKING = frozenset({"of", "the", "and", "for", "on", "in", "to", "de", "du", "des", "la"})
# After "X, Name," these go on to describe the name, or the list.
APPOSING = frozenset(
    {
        "a",
        "also",
        "an",
        "and",
        "as",
        "her",
        "his",
        "its",
        "or",
        "the",
        "their",
        "too",
        "which",
        "who",
        "whom",
        "whose",
    }
)
# After a body's short name these show another body, or another thing of that name.
BETWEEN = frozenset({"between", "among"})
CONCERNING = frozenset({"of", "on", "for"})
ARTICLES = frozenset({"the", "a", "an"})
HONORIFICS = _words("mr mrs ms miss mx dr sir madam madame monsieur herr frau señor señora comrade")

# Nouns of office: after a metonym they show the government, before a family name they belong to its bearer.
TITLES = HONORIFICS | _words(
    "academician acting admiral adviser advisor ambassador analyst archbishop assistant attorney baron "
    "bishop brig brigadier cabinet captain capt cardinal chair chairman chairperson chairwoman chancellor "
    "chargé chief coach co-chair col colonel commander commentator commissar commissioner congressman "
    "congresswoman congressional coordinator consul correspondent councillor counsel counselor counsellor "
    "czar defence defense delegate delegation deputy dictator diplomat director doctor editor emperor envoy "
    "ex ex-president executive expert field finance first foreign former gen general governor head historian "
    "inspector interior intelligence judge justice king lady lawmaker lawyer leader legislator lieutenant lt "
    "maj major marshal mayor military minister ministry monarch national newly officer official opponent "
    "opposition officials parliamentarian pilot premier presenter president president-elect presidential "
    "press prince princess prof professor prosecutor queen rapporteur rear rebel reporter rep representative "
    "researcher retired ruler scholar scientist sen senator secretary security sergeant sgt sheikh soldier "
    "speaker special spokesman spokesperson spokeswoman staff state strongman supreme treasury tsar "
    "undersecretary under-secretary veteran vice viceroy vp warlord writer author"
)

# Offices of those who lead a body or speak for it, at its own seat. Those that members of a body of states
# hold in turn (president, chair) are not among them.
HEADS = _words(
    "secretary chairman chairwoman chairperson chief head director commander spokesman spokeswoman spokesperson"
)
# Beside the short name of a council these show one whose members are states.
_OF_STATES = _words("resolution resolutions veto vetoes vetoed vetoing")

# Words of titles that are no office by themselves.
_NO_OFFICE = frozenset({"state", "staff", "national", "special", "field", "first"})

_MONTHS_AND_DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
)

PLACE_NOUNS = _words(
    "airport airports area avenue basement bay beach boulevard bridge canyon capital cathedral cemetery "
    "church circus city coast conservatory cosmodrome county court courthouse courtroom courts district "
    "districts embankment hospital hotel hotels island lake lawn garden marathon mayor metro mosque museum "
    "neighborhood neighbourhood oblast olympics outskirts park planetarium port prison province railway "
    "region regional residents resident river road skies skyline sky square stadium state station street "
    "streets suburb suburbs subway summit theater theatre time tower train university weather zoo"
)

_OFFICES = TITLES - _NO_OFFICE
_PLACES_ONLY = PLACE_NOUNS - TITLES
# "of" before a name is a place after one of these.
_PLACE_OF = _words(
    "bombing capital centre center city downtown east edge evacuation gates heart mayor metropolis miles km "
    "kilometers kilometres metres meters municipality north northeast northwest outside outskirts port "
    "residents siege skies south southeast southwest state streets suburb suburbs tour town university visit "
    "visits west"
)

_PARTS_OF_A_CITY = _words("central downtown greater inner suburban uptown")
_INNER = _words(
    "the a central downtown greater inner outer old northern southern eastern western north south east west "
    "suburban wartime rainy snowy nearby neighbouring neighboring distant"
)
_ALWAYS_PLACE = _words(
    "in near outside inside via into throughout en à nach aus в во из под около возле біля із"
)
_DIRECT_PLACE = _words(
    "visit visits visited visiting reach reaches reached reaching enter enters entered entering tour toured "
    "touring leaving depart departs departed departing left leave leaves bombed shelled captured evacuate "
    "evacuated downtown"
)
_MOVING_PLACE = _words("to from toward towards for at of over between through around across against on")
_PLACE_BY_DEFAULT = _words("to from at through around across")

_MOTION = _words(
    "arrival arrivals arrive arrived arrives arriving back bound came come comes coming deployed depart "
    "departed departs departure departures diverted drive drives driving drone drones drove drown escape "
    "escaped evacuated fled flee fleeing flew flight flights fly flying flown go goes going gone head headed "
    "heading heads invitation invite invited journey journeys kilometers kilometres km leave leaves leaving "
    "left miles move moved moving pilgrimage plane planes rail return returned returning returns road roads "
    "route routes sail sailed train trains transit travel traveled traveling travelled travelling travels "
    "trip trips visit visited visiting visits walk way went"
)
_RELATION = _words(
    "according access accusations accused accusing addressed agreement aid aimed allegiance allied "
    "alternative ambassador ammunition anger appeal appeals approval arms artillery assistance attributed "
    "backing billion blow calls challenge close closer comment contrary out up turn turned turning turns "
    "apology apologised apologized listen listens distance distanced belongs adviser advisor comments "
    "commitment communication compared comparable components concession concessions condemnation "
    "congratulations criticism deliver delivered deliveries delivering delivers delivery demand demands "
    "denial directed donated envoy exported exporting exports fertiliser fertilizer food fuel funds gave "
    "gift give given gives giving goods grain grateful guarantees handed help hostile importance important "
    "imports independent information intelligence isolated known lend lent letter limits loan loyal loyalty "
    "material message messages missile missiles money munitions offer offered offers oil opposed opposition "
    "orders owed payment payments permission pledge pledged pledges pressure promise promised protection "
    "protest provide provided provides providing reaction recognition refer referred referring refers "
    "related relations reply reports "
    "request requests respond responded response rockets sanctions sell selling sells shell shells shipment "
    "shipments shipped signal signals similar sold statement submission superior supplied supplier supplies "
    "supply supplying support surrender technologies technology thanks threat threatening threats ties "
    "transfer transferred transferring transfers trust warned warning warnings weapon weaponry weapons"
)
_NOT_IN_A_PLACE = _words(
    "believe believed believing belief confidence disappointed disappointment faith interest interested trust"
)
# What is said or written, and comes from a government rather than from its city.
_SAYINGS = _words(
    "answer answers apology blessing comment comments complaint condemnation confirmation congratulations "
    "criticism denial denials explanation message messages objection objections order orders outcry praise "
    "pressure protest protests reaction reactions reply request response responses signal signals silence "
    "statement support thanks threat threats warning warnings word words"
)
_COMING = _words("came come comes coming")
_ARRIVED = _words(
    "arrive arrived arrives arriving based born buried landed landing lived lives raised resident staying"
)
_SAID_THERE = _words(
    "заявили заявляют заявил сообщили сообщают считают назвали отвергли подтвердили ответили "
    "прокомментировали опровергли отметили уверены пообещали призвали предупредили заявила заперечили "
    "повідомили заявляють відповіли"
)
# Words that begin a sentence and are neither in COMMON_WORDS nor given names.
_SENTENCE_BEGINNINGS = _words(
    "according across afterwards against ahead albeit alongside amid anyway around ask behind beside besides "
    "beyond certainly concerning elsewhere eventually except finally further furthermore given hence indeed "
    "inside into lest let little maybe moreover near neither nevertheless nonetheless not often otherwise outside "
    "past perhaps rather regarding sometimes somewhere soon stop tell thanks throughout thus tonight toward towards "
    "unless unlike upon via whereas wherever within yet"
)
# Nouns that end (or lead) the name of a body. Those of the first list are hardly anything else right after a
# country's name; those of the second may be its own bodies, or words of a headline.
_PROPER_INSTITUTIONS = _words(
    "academy airlines airways broadcasting chronicle chronicles college daily foundation gazette herald "
    "inquirer institute international joongang journal magazine monitor museum newswire observer observatory "
    "philharmonic pravda review television times today tribune university weekly"
)
_INSTITUTIONS = _PROPER_INSTITUTIONS | _words(
    "association bank bureau cathedral center centre chamber choir church club conference council "
    "electric exchange forum fund gallery group holdings hospital hotel house initiative insight league "
    "library motors mirror network news opera orchestra post press program programme project "
    "registry school society steel studies telecom theater theatre think-tank tv union watch world"
)
_CHAMBERS = _words("house council")
_INSTITUTIONS_OF = _PROPER_INSTITUTIONS | _words(
    "association bank battle bay cathedral chamber church club echo federation friends fund gulf house "
    "library orchestra patriarch post project radio school sea society strait tower union voice"
)
_NAME_BEGINNINGS = _words("air mother radio united")
_PREFIXES = _words("anti cross ex inter intra mid neo non post pre pro semi sub trans un")
# After the name of a news agency, and not after two countries joined by a hyphen.
_AFTER_AGENCY = COMMON_WORDS | _words(
    "added agency cited citing claimed claims correspondent editor explained journalist journalists learned "
    "news newspaper outlet published publishes quoted quotes quoting report reported reporter reporters reports "
    "said say says site sources told tells website which writes wrote"
)
# What stands in a headline after (or before) a name and is no name.
_HEADLINE_VERBS = _words(
    "accuses admits agrees announces arrives asks attends backs bans begins blames blasts calls claims "
    "condemns confirms congratulates cuts decorates defends demands denies discusses ends expands expects "
    "fires gets gives goes greets hails has heads hints holds hosts invites is joins launches leads leaves "
    "lauds loses makes marks meets moves offers opens orders pledges plans praises predicts promises "
    "proposes puts receives rejects returns reveals reviews ridicules rules salutes says secures seeks "
    "sees sends sets signs slams spends starts stops suggests supports takes talks tells tests thanks "
    "threatens told tours travels trusts urges visits vows wants warns was welcomes wins won"
)
_HYPHENED_PLACE = _words("based born bound area trained educated")
_FAMILY_FOLLOWERS = _words(
    "led era style backed aligned linked controlled run like friendly appointed ordered signed"
)

_DATELINE = re.compile(
    r"[ \t\u00a0*_]*"
    r"(?P<place>[^\W\d_][\w .'’/-]{1,40}?)"
    r"(?P<rest>,[^–—\n:]{1,50}?)?"
    r"(?P<agency>[ \t]*\([^()\n]{2,50}\))?"
    r"[ \t]*(?P<dash>--+|[–—]|(?<=[\s)])-(?=\s))[ \t]*(?=[^\W_a-z]|[\"“‘'«])"
)
_DASH = re.compile(r"[–—(]|--|\s-\s|[.]\s*-|\.\s+\w+\.\s")
_DATELINE_DOTS = re.compile(
    r"[ \t]*[A-ZА-Я][A-ZА-Я .-]{2,40}\.[ \t]+[\w ]{3,15}\.[ \t]+[A-ZА-Я./]{3,20}[ \t]*[.–—-]"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around one name, in its sentence.

    `left`: the words before it, nearest first, lower case. `right`: the words after it joined to it by spaces
    only, as written. `hyphened`: the word joined to its end by a hyphen, lower case, or "". `possessive`: it
    stands in the possessive. `title_case`: the line capitalises every word, so that capitals tell nothing.
    """

    left: Sequence[str]
    right: Sequence[str]
    hyphened: str = ""
    possessive: bool = False
    title_case: bool = False
    next_is_name: bool = False


def dateline_end(line: str) -> int:
    """The length of the place line at the start of a paragraph ("CITY, Oct. 10 (AGENCY) —"), or 0."""
    if not _DASH.search(line):
        return 0
    dotted = _DATELINE_DOTS.match(line)
    if dotted:
        return dotted.end()
    match = _DATELINE.match(line, 0, 140)
    if not match:
        return 0
    place = match["place"].strip()
    words = place.split()
    if match["agency"] or place.isupper():
        return match.end() if len(words) <= 5 else 0
    if match["rest"]:
        return match.end() if re.search(r"\d", match["rest"]) and len(words) <= 3 else 0
    return match.end() if len(words) <= 2 and all(word[:1].isupper() for word in words) else 0


def is_place(around: Surroundings) -> bool:
    """Whether a capital's name stands for the place there, and not for its government."""
    decided = _by_right(around)
    return _by_left(around.left, around.right) if decided is None else decided


def _by_right(around: Surroundings) -> bool | None:
    if around.hyphened:
        return True if around.hyphened in _HYPHENED_PLACE else None
    if not around.right:
        return False if around.possessive else None
    first = around.right[0]
    run = capitalised_run(around.right)
    if around.possessive:
        if around.left[:1] == ["of"] and around.left[1:2] and around.left[1] in _PLACE_OF:
            return True
        named_place = not around.title_case and any(word.lower() in _PLACES_ONLY for word in run)
        return named_place or (first.lower() in _PLACES_ONLY)
    if first.lower() in PLACE_NOUNS:
        return True
    if not run or around.title_case or around.next_is_name or first.lower() in _MONTHS_AND_DAYS:
        return None
    return None if any(word.lower() in _OFFICES for word in run) else True


def capitalised_run(words: Sequence[str]) -> list[str]:
    """The leading words that begin with a capital letter."""
    run: list[str] = []
    for word in words:
        if not word[:1].isupper():
            break
        run.append(word)
    return run


def _by_left(left: Sequence[str], right: Sequence[str]) -> bool:
    if not left:
        return False
    if left[0] in _PARTS_OF_A_CITY or left[0] == "capital":
        return True
    skipped = 0
    while skipped < len(left) - 1 and left[skipped] in _INNER:
        skipped += 1
    word, before = left[skipped], left[skipped + 1 : skipped + 8]
    if word in _ALWAYS_PLACE:
        if right and right[0].lower() in _SAID_THERE:
            return False
        return not (before and before[0] in _NOT_IN_A_PLACE)
    if word in _DIRECT_PLACE:
        return True
    if word == "of":
        return any(noun in _PLACE_OF for noun in before[:2])
    if word == "from" and _is_heard(before, right):
        return False
    if word in _MOVING_PLACE:
        for governor in before[:6]:
            if governor in _MOTION:
                return word not in {"against", "on"}
            if governor in _RELATION:
                return False
        return word in _PLACE_BY_DEFAULT
    return False


def _is_heard(before: Sequence[str], right: Sequence[str]) -> bool:
    """Whether what comes "from" somewhere is said: "Silence came from X", "From X came a warning"."""
    if before:
        return before[0] in _COMING and any(word in _SAYINGS for word in before[1:5])
    if not right or right[0] not in _COMING | {"there"}:
        return False
    return any(word.lower() in _SAYINGS for word in right[1:])


def is_arrived_in(left: Sequence[str]) -> bool:
    """Whether the words before a name, nearest first, tell that someone gets to it, as to a place."""
    return len(left) > 1 and left[0] in {"in", "near", "outside"} and left[1] in _ARRIVED


def is_council_of_states(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the words beside a council's name speak of what only one of states does (resolutions, vetoes)."""
    beside = [*(word.lower() for word in right[:1]), *left[:5]]
    return any(word in _OF_STATES for word in beside)


def is_title_case(words: Sequence[str]) -> bool:
    """Whether a line of at least four words capitalises (nearly) all its longer words, as a headline does."""
    if not 4 <= len(words) <= 30:
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if len(long) < 3:
        return False
    return sum(word[0].isupper() for word in long) >= 0.85 * len(long)


def belongs_to_another(before: str, *, starts_sentence: bool, doubtful: bool = False) -> bool:
    """Whether the word right before a family name is a given name that the table does not know.

    The first word of a sentence is taken for one only where the name is `doubtful`, and the word looks like
    no verb, adverb or adjective.
    """
    lower = before.lower()
    if not before[:1].isupper() or lower in TITLES or lower in _MONTHS_AND_DAYS or lower in _HEADLINE_VERBS:
        return False
    if before.isupper() and len(before) > 1:
        return False
    if lower in COMMON_WORDS:
        return False
    if not starts_sentence:
        return True
    if not doubtful or not lower.isascii() or lower in _SENTENCE_BEGINNINGS:
        return False
    return not lower.endswith(("ed", "ing", "ly", "al", "ive", "ful", "ern", "less", "ish", "ist"))


def is_unknown_name(word: str) -> bool:
    """Whether a word beside a name looks like a name itself: capitalised, and no word that is so anyhow."""
    lower = word.lower()
    return (
        word[:1].isupper()
        and lower not in COMMON_WORDS
        and lower not in TITLES
        and lower not in _MONTHS_AND_DAYS
        and lower not in _HEADLINE_VERBS
    )


def is_compass_point(word: str) -> bool:
    """Whether the word before a country's name makes it another land or sea ("West …", "Latin …")."""
    return word in {"North", "South", "East", "West", "Central", "Latin", "Northern", "Southern"}


def names_an_institution(right: Sequence[str], *, doubtful: bool) -> bool:
    """Whether the capitalised words right after a country's name make it the name of a body ("X Foundation").

    It is `doubtful` in a headline, since all words are capitalised there, and after an abbreviation: then
    only the next word counts, and only a noun that is hardly anything else. An office before the noun shows
    that the country itself is meant, and so does a chamber that is not the last word ("X House of …").
    """
    nouns = _PROPER_INSTITUTIONS if doubtful else _INSTITUTIONS
    run = capitalised_run(right)
    for place, word in enumerate(run[:1] if doubtful else run, 1):
        lower = word.lower()
        if lower in nouns:
            return lower not in _CHAMBERS or (place == len(run) and list(right[place : place + 1]) != ["of"])
        if lower in _OFFICES:
            return False
    return False


def is_institution_of(before: str) -> bool:
    """Whether a word makes what follows after "of" the name of a body or a stretch of sea ("Bank of X")."""
    return before[:1].isupper() and before.lower() in _INSTITUTIONS_OF


def begins_a_name(before: str) -> bool:
    """Whether the word right before a country's name begins a name of its own ("Radio X", "United X")."""
    return before[:1].isupper() and before.lower() in _NAME_BEGINNINGS


def is_name_before_hyphen(before: str, after: Sequence[str]) -> bool:
    """Whether an unknown word joined to a country's name by a hyphen makes the two a name ("ABC-X said").

    Two countries that are joined so stand before what they share ("ABC-X talks").
    """
    lower = before.lower()
    if not before[:1].isupper() or lower in TITLES or lower in _PREFIXES or lower in COMMON_WORDS:
        return False
    return not after or after[0].lower() in _AFTER_AGENCY


def is_in_a_place(before: str) -> bool:
    """Whether the word before a name says that it is a place."""
    return before.lower() in _ALWAYS_PLACE


def continues_as_another(right: Sequence[str], hyphened: str) -> bool:
    """Whether the words after a family name that stands first make it the name of someone the table does not
    know.
    """
    if hyphened:
        return hyphened not in _FAMILY_FOLLOWERS and hyphened not in _HYPHENED_PLACE
    if not right or not right[0][:1].isupper():
        return False
    lower = right[0].lower()
    return (
        lower not in TITLES
        and lower not in _MONTHS_AND_DAYS
        and lower not in _HEADLINE_VERBS
        and not (right[0].isupper() and len(right[0]) > 1)
    )
