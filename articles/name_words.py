"""Words by which runs of capitals are told apart: titles, bodies, places, and capitals that name nobody. Pure."""

from actors.contexts import COMMON_WORDS, PLACE_NOUNS, TITLES

# A title of a person, after which a name may follow; "minister", not "ministry".
_NO_PERSON = frozenset(
    """
    acting assistant cabinet congressional defence defense delegation deputy ex executive field finance first foreign
    former intelligence interior justice military ministry national newly official officials opposition presidential
    press rear rebel retired security special staff state supreme treasury vice
    """.split()
)
PERSONS = TITLES - _NO_PERSON | frozenset(
    """
    advisers advisors assemblyman assemblywoman countess duke duchess earl lord marquess ministers mp pm pope presidents
    reverend rev senators
    """.split()
)
# What stands with a dot before a name, and ends no sentence.
SHORT_TITLES = frozenset(
    "adm brig capt col cpl dr fr gen gov hon lt maj mr mrs ms prof rep rev sen sgt sr st".split()
)
BODIES = frozenset(
    """
    academy administration agency alliance army assembly association authority bank board brigade bureau coalition
    command commission committee company conference congress corporation corps council court department directorate
    division embassy federation fleet force forces foundation front fund government group guard guards house institute
    laboratory league marines ministry movement navy office organisation organization panel parliament party police
    politburo prosecutor regiment school secretariat senate service squadron summit team treasury tribunal union
    university workers
    """.split()
)
# What stands in capitals within a sentence and names nobody.
NO_NAMES = frozenset(
    """
    ai am bc bst ceo cet covid db dna est eur gdp gmt hiv http https id internet it jr kst msk ok pdf pm sr tv uk url
    usa usd utc vip
    """.split()
)
# Words that say nothing alone, though they may stand in capitals within a sentence.
NOTHING_ALONE = (
    NO_NAMES
    | COMMON_WORDS
    | TITLES
    | PLACE_NOUNS
    | BODIES
    | frozenset(
        """
        act article central christmas code east easter eastern english excellency god grand islam islamic majority
        master minority north northern prime section south southern west western
        """.split()
    )
)
DAYS_AND_MONTHS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july august september october
    november december
    """.split()
)
PARTICLES = frozenset(
    """
    al ap bin bint da dal de del della den der des di do dos du el ibn la las le los of ter the van von y zu zum zur
    """.split()
)
WITHIN = frozenset("for of the".split())
# What a hyphen may join to a name without being a part of it.
FOLLOWERS = frozenset(
    """
    aged aligned appointed area backed based born bound built class controlled era friendly funded held held led level
    like linked made only owned produced run sponsored style supplied trained type wide
    """.split()
)
IN_A_PLACE = frozenset("across around at in inside into near outside throughout via".split())
# What ends, or begins, a name that is a place's.
PLACE_ENDINGS = frozenset(
    """
    airfield airport avenue basin bay beach boulevard bridge canal canyon coast cosmodrome county desert
    district forest glacier gulf harbor harbour heights highway hill hills island islands isthmus lake
    mountain mountains oasis oblast ocean peninsula plain plains plateau province reef region river road
    sea square strait street swamp valley
    """.split()
)
PLACE_BEGINNINGS = frozenset("cape fort gulf isle lake mount port strait".split())
# Sides and parts of the earth: a name of nothing else is a place.
PARTS_OF_THE_EARTH = frozenset(
    """
    africa america antarctica arctic asia atlantic balkans caucasus central east eastern europe far latin middle near
    north northeast northern northwest oceania pacific south southeast southern southwest west western
    """.split()
)
# What stands in small letters after the name of a place: "the … region"; or, with "of", before it: "the port of …".
OF_A_PLACE = frozenset(
    """
    airport area bridge city coast county district governorate harbor harbour island mountains oblast peninsula port
    prefecture province region river suburb suburbs town valley village
    """.split()
)
NOUNS_IN_CAPITALS = frozenset(["de", "lb"])
