"""Undated claims of the two first articles, and the records of summer and September 2023."""

from tests.demo.expected import Expected

BLINKEN = ("antony-blinken", "united-states")
BUDANOV = ("kyrylo-budanov", "ukraine")
KIRBY = ("john-kirby", "united-states")
PESKOV = ("dmitry-peskov", "russia")
SULLIVAN = ("jake-sullivan", "united-states")
BOTH = ("russia", "north-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # The trip is Kim's, to Russia; that it shows threats is Blinken's charge. The dated speech (F017) says
    # nothing of the trip, so there is no claim to repeat: no link, and no date.
    "S1-02": (
        Expected("journey", "alleges", "affirmative", (BLINKEN,), ("kim-jong-un",), ("russia",)),
    ),
    # Two wants that meet: Russia's, which looks to North Korea, and North Korea's, which looks to Russia. Not
    # that either got anything.
    "S1-03": (
        Expected("short of", "alleges", "affirmative", (BLINKEN,), ("russia",), ("north-korea",)),
        Expected("missiles", "alleges", "affirmative", (BLINKEN,), ("north-korea",), ("russia",)),
    ),
    # A judgement on both, directed at nobody. Undated.
    "S1-04": (
        Expected("peace and security", "alleges", "affirmative", (BLINKEN,), BOTH),
    ),
    # A state speaks, without a spokesman, so it speaks for nobody else. Two threats on one condition: to
    # enforce what is there, and to add to it. That weapons were supplied is no part of it.
    "S1-07": (
        Expected(
            "in place", "threatens", "affirmative", (("united-states", ""),), ("united-states",),
            ("north-korea",), condition="if North Korea supplies weapons",
        ),
        Expected(
            "new", "threatens", "affirmative", (("united-states", ""),), ("united-states",),
            ("north-korea",), condition="if North Korea supplies weapons",
        ),
    ),
    # The article's own voice, twice: a judgement, and a norm ("must"), which demands and cannot be false.
    "S1-09": (
        Expected("stability", "states", "affirmative", (), BOTH),
        Expected("together", "demands", "affirmative", (), ("other powers",), BOTH),
    ),
    # The meeting's day is in September, the article's in November. Own voice: no speaker. An agency had
    # reported the meeting; a rewritten article repeats that and is no second witness.
    "S2-01": (
        Expected(
            "Vostochny", "states", "affirmative", (), ("kim-jong-un", "vladimir-putin"),
            happened="2023-09-13", published="2023-11-07", links=(("repeats", "", "F007"),),
        ),
    ),
    # "Signals" reads a motive into a deed: probable at best. The motive points at China.
    "S2-03": (
        Expected(
            "alliances", "states", "affirmative", (), ("kim-jong-un",), ("china",), certainty="probable",
            hedge="signals", happened="2023-09-13", published="2023-11-07",
        ),
    ),
    # What Russia sees is stated without a hedge; it is a chance, and no gain yet. Of no day but the article's.
    "S2-04": (
        Expected("East Asia", "states", "affirmative", (), ("russia",), published="2023-11-07"),
    ),
    # "Potential" makes the obstacle possible. The talks are the ones that the United States leads.
    "S2-05": (
        Expected(
            "denuclearisation", "predicts", "affirmative", (), BOTH, ("united-states",),
            certainty="possible", hedge="potential", published="2023-11-07",
        ),
    ),
    # "May": possible.
    "S2-06": (
        Expected(
            "assertive", "predicts", "affirmative", (), ("north-korea",), certainty="possible", hedge="may",
            published="2023-11-07",
        ),
    ),
    # "Could", and again "potential".
    "S2-07": (
        Expected(
            "world order", "predicts", "affirmative", (), BOTH, certainty="possible", hedge="could",
            published="2023-11-07",
        ),
    ),
    # On an article that is not named: what it dwelt on, and what it missed, which is a judgement. No actor is
    # its subject, and there is nothing to link to.
    "S2-08": (
        Expected("handshake", "states", "affirmative", (), (), published="2023-11-07"),
        Expected("missed the meaning", "states", "affirmative", (), (), published="2023-11-07"),
    ),
    # KCNA reports on the 27th what it dates to the 26th; outlets that date the tour by the report stand beside.
    "F001": (
        Expected(
            "exhibition", "states", "affirmative", (("kcna", "north-korea"),), ("kim-jong-un",),
            ("sergei-shoigu",), said="2023-07-27", happened="2023-07-26", published="2023-07-27",
            rivals=(("happened", "2023-07-27"),),
        ),
    ),
    # The information is on what Russia seeks; that munitions will follow is a worry, so only possible, and in
    # it North Korea gives. Seeking is not getting.
    "F002": (
        Expected(
            "seeks", "alleges", "affirmative", (KIRBY,), ("russia",), ("north-korea",),
            certainty="probable", hedge="our information indicates", said="2023-08-03",
        ),
        Expected(
            "munitions", "states", "affirmative", (KIRBY,), ("north-korea",), ("russia",),
            certainty="possible", hedge="a worry", said="2023-08-03",
        ),
    ),
    # The threat depends on a delivery; that talks move forward does not. Nothing is said to be delivered.
    "F003": (
        Expected(
            "consequences", "threatens", "affirmative", (SULLIVAN,), ("united-states",), ("north-korea",),
            condition="if it arms", said="2023-09-05",
        ),
        Expected("talks", "alleges", "affirmative", (SULLIVAN,), BOTH, said="2023-09-05"),
    ),
    # What had been observed is negated inside the proposition; that nothing came he does not say.
    "F004": (
        Expected(
            "observed", "states", "negative", (SULLIVAN,), ("north-korea",), ("russia",),
            hedge="have not seen", said="2023-09-05",
        ),
    ),
    # Nothing to say is neither yes nor no.
    "F005": (
        Expected(
            "meet", "declines", "open", (PESKOV,), ("vladimir-putin",), ("kim-jong-un",),
            certainty="underspecified", hedge="nothing to say", said="2023-09-05",
        ),
    ),
    # A media report acknowledged. The day is the confirmation's; that of the arrival is not given apart.
    "F006": (
        Expected(
            "arrived", "confirms", "affirmative", (PESKOV,), ("kim-jong-un",), ("russia",), said="2023-09-12",
        ),
    ),
    # An agency speaks for no state. The meeting, and what was talked about there: "possible" belongs to the
    # help, not to the report. The day is the summit's; that of the report is not given.
    "F007": (
        Expected(
            "held a summit", "states", "affirmative", (("reuters", ""),), ("vladimir-putin", "kim-jong-un"),
            happened="2023-09-13",
        ),
        Expected(
            "possible help with satellites", "states", "affirmative", (("reuters", ""),),
            ("vladimir-putin", "kim-jong-un"), happened="2023-09-13",
        ),
    ),
    # He answers a question on help with a place, so he says why they are there, indirectly: no refusal to
    # answer, and no promise of help either, which later copies make of it.
    "F008": (
        Expected(
            "came to a spaceport", "states", "affirmative", (("vladimir-putin", "russia"),),
            ("russia",), ("north-korea",), hedge="indirect", said="2023-09-13",
        ),
    ),
    # A promise, which is not yet support given.
    "F009": (
        Expected(
            "fight with the West", "promises", "affirmative", (("kim-jong-un", "north-korea"),), ("kim-jong-un",),
            ("russia",), said="2023-09-13",
        ),
    ),
    # A deal, and what came of it. Arrivals go against the "never sold" of 2022 and against what had not been
    # seen in Washington nine days before; that nothing was signed was said a day later, so no link goes to it.
    "F010": (
        Expected(
            "arriving", "alleges", "affirmative", (BUDANOV,), ("north-korea",), ("russia",),
            said="2023-09-14", rivals=(("said", "2023-09-13"),),
            links=(("contradicts", "", "F000"), ("contradicts", "", "F004")),
        ),
        Expected(
            "deal on ammunition", "alleges", "affirmative", (BUDANOV,), ("north-korea",), ("russia",),
            hedge="about", said="2023-09-14", rivals=(("said", "2023-09-13"),),
        ),
    ),
    # Two events in one report, whose own day is not given. The giver is the governor; later pages make it
    # Putin, who is no subject here.
    "F012": (
        Expected(
            "left Russia", "states", "affirmative", (("tass", "russia"),), ("kim-jong-un",), ("russia",),
            happened="2023-09-17",
        ),
        Expected(
            "drone", "states", "affirmative", (("tass", "russia"),), ("oleg-kozhemyako",), ("kim-jong-un",),
            happened="2023-09-17",
        ),
    ),
    # The state itself announces its act, so the day of saying and of doing is one. The minister is among those
    # listed; that he is one of the ten persons is not said apart.
    "F015": (
        Expected(
            "Ten persons", "states", "affirmative", (("south-korea", ""),), ("south-korea",),
            ("north-korea",), said="2023-09-21", happened="2023-09-21",
        ),
        Expected(
            "defence minister", "states", "affirmative", (("south-korea", ""),), ("south-korea",),
            ("kang-sun-nam",), said="2023-09-21", happened="2023-09-21",
        ),
    ),
    # Unnamed in every layer: a description, merged with nobody, and the broadcaster only relays. The day is
    # not known. "Begun moving" is not delivered, yet it goes against a "never".
    "F016": (
        Expected(
            "artillery", "alleges", "affirmative", (("an unnamed US official", "united-states"),),
            ("north-korea",), ("russia",), relays=("cbs-news",), hedge="one unnamed US official",
            said="2023-10", links=(("contradicts", "", "F000"),),
        ),
    ),
}  # fmt: skip
