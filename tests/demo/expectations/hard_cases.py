"""The records that are easiest to get wrong."""

from tests.demo.expected import Count, Expected

BLINKEN = ("antony-blinken", "united-states")
PESKOV = ("dmitry-peskov", "russia")
NIS = ("nis", "south-korea")
THREE_MINISTERS = (BLINKEN, ("Kamikawa Yoko", "japan"), ("Park Jin", "south-korea"))
EIGHT_STATES = tuple(
    (state, "")
    for state in (
        "united-states",
        "France",
        "japan",
        "Malta",
        "Slovenia",
        "south-korea",
        "united-kingdom",
        "ukraine",
    )
)
TWO_LAWMAKERS = ("lee-seong-kweun", "Kim Byung-kee, a lawmaker")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # Two propositions in one phrase. Undated, and it stays so: F017 has the same speaker and the same two
    # words, which makes it a repetition of that claim, but nothing shows that it is the same speech. "Stated
    # as fact by the article" describes the article, not a limit that Blinken set: no hedge.
    "S1-01": (
        Expected(
            "both directions", "alleges", "affirmative", (BLINKEN,), ("north-korea", "russia"),
            links=(("repeats", "", "F017"),),
        ),
        Expected(
            "more dangerous", "alleges", "affirmative", (BLINKEN,), ("north-korea", "russia"),
            links=(("repeats", "", "F017"),),
        ),
    ),
    # A fear that talks are under way is no allegation of a deal: it is stated, its content only possible. The
    # group itself holds it, so it speaks for nobody else. F027 condemns transfers as done, which is another
    # claim: no link.
    "S1-05": (
        Expected(
            "negotiating", "states", "affirmative", (("g7", ""),), ("russia", "north-korea"),
            certainty="possible",
            hedge="fear",
        ),
    ),
    # Nobody is named, so the speaker is a description with a possible identity that is not merged. "Believes"
    # is probable. Milley doubted the effect, not the amount, so the record is not linked to his words (F013).
    "S1-06": (
        Expected(
            "limited", "predicts", "affirmative", (("a top US general", "united-states"),), ("north-korea",),
            ("russia",), certainty="probable", hedge="believes",
        ),
    ),
    # The article's own voice has no speaker. It states an uncertainty, and commits to that; "might" limits
    # the aid.
    "S1-08": (
        Expected("uncertain", "states", "affirmative", (), ("north-korea",), ("russia",), hedge="might"),
    ),
    # "None was signed" is a statement with a negation inside, as is "none was planned": states, negated, so
    # negative. The seed's "sealed an alliance" was printed later and contradicts it; the Kremlin did not
    # answer that text.
    "F011": (
        Expected(
            "was signed", "states", "negative", (PESKOV,), ("russia",), ("north-korea",), said="2023-09-15",
        ),
        Expected("planned", "states", "negative", (PESKOV,), ("russia",), ("north-korea",),
        said="2023-09-15"),
    ),
    # The if-part is a condition and no hedge: pages that drop it make a charge of it. The judgement is
    # stated; that Seoul would not stand by is the threat.
    "F014": (
        Expected(
            "direct provocation", "states", "affirmative", (("yoon-suk-yeol", "south-korea"),),
            ("russia", "north-korea"), ("south-korea", "ukraine"),
            condition="if North Korea gets weapons technology",
            said="2023-09-20",
        ),
        Expected(
            "will respond", "threatens", "affirmative", (("yoon-suk-yeol", "south-korea"),), ("south-korea",),
            ("russia", "north-korea"), condition="if North Korea gets weapons technology", said="2023-09-20",
        ),
    ),
    # He disputes the proof and leaves the deliveries alone: the proposition denied is that Washington proved
    # them, and the denial is aimed at the proof. The ties being sovereign is a second proposition.
    "F019": (
        Expected(
            "has proved", "denies", "negative", (PESKOV,), ("united-states",), ("russia",),
            hedge="not the fact",
            said="2023-10-17", links=(("denies", "proof", "F018"),),
        ),
        Expected("sovereign", "states", "affirmative", (PESKOV,), ("russia",), ("north-korea",),
        said="2023-10-17"),
    ),
    # Three speakers, each for a state; two of them are no actors of the coverage and stay descriptions. What
    # is confirmed is that several deliveries were completed; the condemnation lays the supply to a charge.
    # The VOA editorial's date stands beside.
    "F023": (
        Expected(
            "completed", "confirms", "affirmative", THREE_MINISTERS, ("north-korea",), ("russia",),
            hedge="several of which we now confirm", said="2023-10-26", rivals=(("said", "2023-10-25"),),
            links=(("corroborates", "", "F018"), ("contradicts", "", "F019"), ("contradicts", "", "F000")),
        ),
        Expected(
            "supplies arms", "alleges", "affirmative", THREE_MINISTERS, ("north-korea",), ("russia",),
            said="2023-10-26", rivals=(("said", "2023-10-25"),),
        ),
    ),
    # No evidence to confirm is not knowing, neither yes nor no, so it contradicts nothing. It is known only
    # through Nebenzia, who is a relay and not the speaker. The day is not known.
    "F033": (
        Expected(
            "North Korean missiles", "does_not_know", "open", (("ukraine-air-force", "ukraine"),),
            ("russia",),
            ("ukraine",), relays=("vasily-nebenzia",), certainty="underspecified", hedge="no evidence yet",
            said="2024-01",
        ),
    ),
    # Eight states speak, not the United Nations; three of them are no actors of the coverage. Transfer, use
    # and breach are three propositions; the use is what Washington had alleged, day by day, six days before.
    "F034": (
        Expected("transferred", "alleges", "affirmative", EIGHT_STATES, ("north-korea",), ("russia",),
        said="2024-01-10"),
        Expected(
            "Russia used", "alleges", "affirmative", EIGHT_STATES, ("russia",), said="2024-01-10",
            links=(("corroborates", "", "F032"), ("corroborates", "", "F032")),
        ),
        Expected("breach", "alleges", "affirmative", EIGHT_STATES, ("russia", "north-korea"),
        said="2024-01-10"),
    ),
    # A count of containers, and a capacity: room for the one calibre or for the other. They are alternatives,
    # never a sum, and no number of rounds sent. The State Department's total of the same days contradicts the
    # count.
    "F039": (
        Expected(
            "6,700 containers", "alleges", "affirmative", (("shin-won-sik", "south-korea"),),
            ("north-korea",),
            ("russia",), hedge="about", said="2024-02-26",
            counts=(Count("containers-shipped", "6700", "6700", approximate=True),),
        ),
        Expected(
            "room for", "states", "affirmative", (("shin-won-sik", "south-korea"),), ("north-korea",),
            ("russia",),
            hedge="either", said="2024-02-26",
            counts=(
                Count("rounds-that-fit", "3000000", "3000000", approximate=True, unit="152 mm rounds",
                alternatives=1),
                Count("rounds-that-fit", "500000", "500000", approximate=True, unit="122 mm rounds",
                alternatives=1),
            ),
        ),
    ),
    # A plain denial of the fact, carried by KCNA, with words on intention that limit it. It points at the
    # American, the South Korean and the monitors' claims; the eleven states came a year later. What the
    # weapons are for is another proposition.
    "F046": (
        Expected(
            "exports arms", "denies", "negative", (("kim-yo-jong", "north-korea"),), ("north-korea",),
            ("russia",),
            relays=("kcna",), hedge="no intention to export", said="2024-05-17",
            links=(("denies", "fact", "F018"), ("denies", "fact", "F024"), ("denies", "fact", "F044")),
        ),
        Expected(
            "new weapons", "states", "affirmative", (("kim-yo-jong", "north-korea"),), ("north-korea",),
            ("south-korea",), relays=("kcna",), said="2024-05-17",
        ),
    ),
    # "Seems to be fake news": a denial of the fact with a hedge, so probable. The reports it answers are the
    # Kyiv Post's and the South Korean minister's; later claims contradict it, up to Moscow's own.
    "F056": (
        Expected(
            "fighting in Ukraine", "denies", "negative", (PESKOV,), ("north-korea",), ("ukraine",),
            certainty="probable", hedge="seems", said="2024-10-10",
            links=(("denies", "fact", "F055"), ("denies", "fact", "F054")),
        ),
    ),
    # The NIS as Yonhap has it, and the NIS as AFP has it: one proposition, asserted and declined. 12,000 is a
    # decision to send, so a forecast. Declining contradicts nothing.
    "F059": (
        Expected(
            "12,000 soldiers", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("yonhap",),
            hedge="would not confirm", said="2024-10-18",
            counts=(Count("troops-sent", "12000", "12000", kind="forecast"),),
        ),
        Expected(
            "12,000 soldiers", "declines", "open", (NIS,), ("north-korea",), ("russia",), addressees=("AFP",),
            relays=("AFP",), certainty="underspecified", said="2024-10-18",
        ),
    ),
    # "No need to comment" is headlined as a denial and is none: it declines, so the fact stays open.
    # "Groundless" is aimed at what the reports rest on: a denial of the proof.
    "F060": (
        Expected(
            "have been sent", "declines", "open", (("dprk-un-mission", "north-korea"),), ("north-korea",),
            ("russia",),
            certainty="underspecified", hedge="no comment is needed", said="2024-10-21",
        ),
        Expected(
            "well founded", "denies", "negative", (("dprk-un-mission", "north-korea"),), ("south-korea",
            "ukraine"),
            ("north-korea",), hedge="groundless", said="2024-10-21",
            links=(("denies", "proof", "F058"), ("denies", "proof", "F057")),
        ),
    ),
    # A count so far and a ceiling for December: a total and a forecast without a low bound. The committee
    # relays, the service speaks. It updates the service's own first count.
    "F062": (
        Expected(
            "3,000 soldiers", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("rok-intelligence-committee",), hedge="about", said="2024-10-23",
            counts=(Count("troops-sent", "3000", "3000", approximate=True, supersedes="F058"),),
            links=(("updates", "", "F058"),),
        ),
        Expected(
            "By December", "predicts", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("rok-intelligence-committee",), certainty="probable", hedge="up to", said="2024-10-23",
            counts=(Count("troops-sent", None, "10000", kind="forecast"),),
        ),
    ),
    # On one day a denial and a non-answer: "fake" denies the sending, and where the soldiers are is for
    # Pyongyang to say, which evades.
    "F063": (
        Expected(
            "have been sent", "denies", "negative", (("maria-zakharova", "russia"),), ("north-korea",),
            ("russia",),
            said="2024-10-23", links=(("denies", "fact", "F058"), ("denies", "fact", "F061")),
        ),
        Expected(
            "are in Russia", "evades", "open", (("maria-zakharova", "russia"),), ("north-korea",),
            ("russia",),
            certainty="underspecified", said="2024-10-23",
        ),
    ),
    # The law is asserted under a counterfactual condition; the dispatch itself is declined. A non-answer
    # contradicts nothing: it updates what the mission had said four days before.
    "F065": (
        Expected(
            "international law", "states", "affirmative", (("kim-jong-gyu", "north-korea"),),
            ("north-korea",),
            ("russia",), relays=("kcna",), hedge="If there is such a thing", condition="if there were",
            said="2024-10-25",
        ),
        Expected(
            "has sent troops", "declines", "open", (("kim-jong-gyu", "north-korea"),), ("north-korea",),
            ("russia",),
            relays=("kcna",), certainty="underspecified", said="2024-10-25", links=(("updates", "", "F060"),),
        ),
    ),
    # The presence is confirmed, with a low bound that is included; the fighting is not known, which is no
    # denial. A week later the State Department updates both.
    "F071": (
        Expected(
            "10,000", "confirms", "affirmative", (("pat-ryder", "united-states"),), ("north-korea",),
            ("russia",),
            hedge="at least", said="2024-11-04", counts=(Count("troops-in-kursk", "10000", None,
            kind="stock"),),
        ),
        Expected(
            "are fighting", "does_not_know", "open", (("pat-ryder", "united-states"),), ("north-korea",),
            ("ukraine",),
            certainty="underspecified", hedge="cannot corroborate", said="2024-11-04",
        ),
    ),
    # Killed and wounded together, and a share of dead: no number of dead is worked out. It supersedes his own
    # figure of December; the share contradicts the 300 dead that the NIS had counted.
    "F083": (
        Expected(
            "4,000 casualties", "alleges", "affirmative", (("volodymyr-zelensky", "ukraine"),),
            ("korean-peoples-army",),
            said="2025-02-14", counts=(Count("killed-and-wounded", "4000", "4000", supersedes="F077"),),
            links=(("updates", "", "F077"),),
        ),
        Expected(
            "Two thirds", "alleges", "affirmative", (("volodymyr-zelensky", "ukraine"),),
            ("korean-peoples-army",),
            said="2025-02-14", counts=(Count("share-killed", "66.67", "66.67", approximate=True,
            kind="share"),),
            links=(("contradicts", "", "F079"),),
        ),
    ),
    # Only one half of Gerasimov's sentence is denied: that the region was regained. Against the sentence it
    # is a denial of a part, against that half a denial of the fact. That North Koreans took part stays
    # undenied.
    "F087": (
        Expected(
            "cleared", "denies", "negative", (("ukraine-general-staff", "ukraine"),), ("russia",),
            ("ukraine",),
            said="2025-04-26", links=(("denies", "part", "F086"), ("denies", "fact", "F086")),
        ),
        Expected(
            "hold positions", "states", "affirmative", (("ukraine-general-staff", "ukraine"),), ("ukraine",),
            ("russia",), said="2025-04-26", links=(("contradicts", "", "F086"),),
        ),
    ),
    # Three counts, kept apart; two lawmakers relay for the service. Its counts of January are superseded, not
    # erased; in September it updates the dead once more.
    "F091": (
        Expected(
            "killed", "alleges", "affirmative", (NIS,), ("korean-peoples-army",), relays=TWO_LAWMAKERS,
            hedge="roughly",
            said="2025-04-30", counts=(Count("killed", "600", "600", approximate=True, supersedes="F079"),),
            links=(("updates", "", "F079"),),
        ),
        Expected(
            "wounded", "alleges", "affirmative", (NIS,), ("korean-peoples-army",), relays=TWO_LAWMAKERS,
            hedge="roughly", said="2025-04-30",
            counts=(Count("wounded", "4100", "4100", approximate=True, supersedes="F079"),),
            links=(("updates", "", "F079"),),
        ),
        Expected(
            "two waves", "alleges", "affirmative", (NIS,), ("korean-peoples-army",), ("russia",),
            relays=TWO_LAWMAKERS,
            hedge="roughly", said="2025-04-30", counts=(Count("troops-sent", "15000", "15000",
            approximate=True),),
        ),
    ),
    # "Up to" has no low bound, "more than" an open one; "at least" is left for the system that went the other
    # way, in which Russia is the subject. The team speaks for itself: it is no body of the United Nations.
    "F094": (
        Expected(
            "nine million", "alleges", "affirmative", (("msmt", ""),), ("north-korea",), ("russia",),
            hedge="up to",
            said="2025-05-29", happened="2024", counts=(Count("rounds-shipped", None, "9000000"),),
            links=(("contradicts", "", "F046"), ("corroborates", "", "F024")),
        ),
        Expected(
            "20,000 containers", "alleges", "affirmative", (("msmt", ""),), ("north-korea",), ("russia",),
            hedge="more than", said="2025-05-29", counts=(Count("containers-shipped", "20000", None,
            low_open=True),),
            links=(("contradicts", "", "F046"), ("corroborates", "", "F018")),
        ),
        Expected(
            "Pantsir", "alleges", "affirmative", (("msmt", ""),), ("russia",), ("north-korea",),
            hedge="at least",
            said="2025-05-29",
        ),
    ),
    # 101 counts portraits: they are not said to be all of the dead, so nothing is counted as killed and the
    # NIS is not contradicted. The day of the ceremony is not given; only The Independent puts one.
    "F101": (
        Expected(
            "decorated", "states", "affirmative", (("kcna", "north-korea"),), ("kim-jong-un",),
            ("korean-peoples-army",), hedge="not given", said="2025-08-22", published="2025-08-22",
            rivals=(("happened", "2025-08-22"),),
        ),
        Expected(
            "101 portraits", "states", "affirmative", (("kcna", "north-korea"),), ("kim-jong-un",),
            ("korean-peoples-army",), hedge="not stated to be all", said="2025-08-22", published="2025-08-22",
            rivals=(("happened", "2025-08-22"),), counts=(Count("portraits-shown", "101", "101"),),
        ),
    ),
    # He died two days before it was said and published. What is not given, the cause, is the hedge.
    "F108": (
        Expected(
            "died", "states", "affirmative", (("russian-mfa", "russia"),), ("alexander-matsegora",),
            hedge="cause not given",
            said="2025-12-08", happened="2025-12-06", published="2025-12-08",
        ),
    ),
    # Sent, or received, on the 18th and published on the 25th; two other days of publication stand beside. To
    # praise the soldiers' entry acknowledges it; the engineers are praised, and no more is said of them.
    "F110": (
        Expected(
            "entered Kursk", "confirms", "affirmative", (("vladimir-putin", "russia"),),
            ("korean-peoples-army",),
            ("russia",), ("kim-jong-un",), ("kcna",), said="2025-12-18", published="2025-12-25",
            rivals=(("published", "2025-12-18"), ("published", "2025-12-24")),
        ),
        Expected(
            "engineers", "states", "affirmative", (("vladimir-putin", "russia"),),
            ("North Korean engineers",),
            addressees=("kim-jong-un",), relays=("kcna",), said="2025-12-18", published="2025-12-25",
            rivals=(("published", "2025-12-18"), ("published", "2025-12-24")),
        ),
    ),
}  # fmt: skip
