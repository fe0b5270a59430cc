"""Other records up to the monitors' report of April 2024."""

from tests.demo.expected import Count, Expected

BLINKEN = ("antony-blinken", "united-states")
KIRBY = ("john-kirby", "united-states")
MILLEY = ("mark-milley", "united-states")
MONITORS = ("un-panel-of-experts", "")
NEBENZIA = ("vasily-nebenzia", "russia")
NIS = ("nis", "south-korea")
NORTH_KOREAN_DEFENCE = ("dprk-mnd", "north-korea")
BOTH = ("russia", "north-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # An unnamed official for the ministry, through KCNA. "Never sold" denies; "will not" is a promise with the
    # negation inside it, so negative too. "None" in the record's hedge says that there is no hedge.
    "F000": (
        Expected(
            "has sold", "denies", "negative", (NORTH_KOREAN_DEFENCE,), ("north-korea",), ("russia",),
            relays=("kcna",), said="2022-09-22",
        ),
        Expected(
            "will sell", "promises", "negative", (NORTH_KOREAN_DEFENCE,), ("north-korea",), ("russia",),
            relays=("kcna",), said="2022-09-22",
        ),
    ),
    # He expects shells, in a number nobody knows: no count. What he doubts is that they decide anything, a
    # negated forecast. The day is that of the arrival in Oslo; the page is a day younger.
    "F013": (
        Expected(
            "152 mm shells", "predicts", "affirmative", (MILLEY,), ("north-korea",), ("russia",),
            certainty="probable", hedge="not known", said="2023-09-16",
        ),
        Expected(
            "decisive", "predicts", "negative", (MILLEY,), ("north-korea",), ("russia",),
            certainty="probable", hedge="doubt", said="2023-09-16",
        ),
    ),
    # The dated speech. What repeats it is undated and links to it; it links to nothing.
    "F017": (
        Expected("both directions", "alleges", "affirmative", (BLINKEN,), BOTH, said="2023-09-25"),
        Expected("more dangerous", "alleges", "affirmative", (BLINKEN,), BOTH, said="2023-09-25"),
    ),
    # "Our information indicates" is probable. More than 1,000: an open low bound, and no high one. The "never
    # sold" is contradicted; the Kremlin's words on the proof come four days later.
    "F018": (
        Expected(
            "1,000 containers", "alleges", "affirmative", (KIRBY,), ("north-korea",), ("russia",),
            certainty="probable", hedge="our information indicates", said="2023-10-13",
            counts=(Count("containers-shipped", "1000", low_open=True),),
            links=(("contradicts", "", "F000"),),
        ),
    ),
    # The service estimates, the lawmaker relays. "Over a million" is open below. A dispute over the American
    # proof (F019) is not contradicted by a South Korean estimate.
    "F024": (
        Expected(
            "million shells", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("yoo-sang-bum",), certainty="probable", hedge="estimate", said="2023-11-01",
            counts=(Count("rounds-shipped", "1000000", low_open=True, unit="shells"),),
            links=(("corroborates", "", "F018"), ("contradicts", "", "F000")),
        ),
    ),
    # The two words of September again, so a repetition. The concern is held by two, and its content is only
    # possible; a concern lays nothing to a charge.
    "F028": (
        Expected(
            "both directions", "alleges", "affirmative", (BLINKEN,), BOTH, said="2023-11-09",
            links=(("repeats", "", "F017"),),
        ),
        Expected(
            "programmes", "states", "affirmative", (BLINKEN, ("Park Jin", "south-korea")), ("russia",),
            ("north-korea",), certainty="possible", hedge="concern", said="2023-11-09",
        ),
    ),
    # Two attacks on two days, said on a third. It is the firing that is alleged: against a word of 2022 that
    # no arms had been sold it proves nothing, so no link.
    "F032": (
        Expected(
            "30 December", "alleges", "affirmative", (KIRBY,), ("russia",), ("ukraine",),
            hedge="declassified intelligence", said="2024-01-04", happened="2023-12-30",
        ),
        Expected(
            "2 January", "alleges", "affirmative", (KIRBY,), ("russia",), ("ukraine",),
            hedge="declassified intelligence", said="2024-01-04", happened="2024-01-02",
        ),
    ),
    # He attacks the source and does not deny the use: a charge of his own, aimed at who says it. The eight
    # states spoke on the same day, of the use among other things.
    "F035": (
        Expected(
            "false information", "alleges", "affirmative", (NEBENZIA,), ("united-states",), ("russia",),
            hedge="no plain denial", said="2024-01-10",
            links=(("denies", "source", "F032"), ("denies", "source", "F032"), ("denies", "source", "F034")),
        ),
    ),
    # "Since September 2023" is a period and no hedge. The page says "recently", so a month is all there is.
    # Against the 6,700 of the same days it cannot stand.
    "F040": (
        Expected(
            "10,000 containers", "alleges", "affirmative", (("us-state-department", "united-states"),),
            ("north-korea",), ("russia",), said="2024-02",
            counts=(Count("containers-shipped", "10000", low_open=True),),
            links=(("contradicts", "", "F039"),),
        ),
    ),
    # Three monitors and not the United Nations, so they speak for nobody else. Dated to the report, made known
    # four days later by Reuters. The debris fell on the second of the days that Washington had named. The
    # origin goes against "groundless" and "false information"; who launched it stays open. The breach is a
    # charge of its own.
    "F044": (
        Expected(
            "Hwasong-11", "confirms", "affirmative", (MONITORS,), ("north-korea",), ("russia",),
            relays=("reuters",), hedge="not established", said="2024-04-25", happened="2024-01-02",
            published="2024-04-29",
            links=(("corroborates", "", "F032"), ("contradicts", "", "F036"), ("contradicts", "", "F035")),
        ),
        Expected(
            "breach", "alleges", "affirmative", (MONITORS,), ("north-korea",), ("russia",),
            relays=("reuters",), said="2024-04-25", published="2024-04-29",
        ),
    ),
    # Own voice, without a hedge: certain, and no speaker. Printed in November of a meeting in September. The
    # Kremlin had said two days after the meeting that nothing was signed, so this text contradicts it.
    "S2-02": (
        Expected(
            "alliance", "states", "affirmative", (), ("kim-jong-un", "vladimir-putin"),
            happened="2023-09-13", published="2023-11-07", links=(("contradicts", "", "F011"),),
        ),
    ),
}  # fmt: skip
