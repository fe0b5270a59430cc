"""April 2025 to February 2026: acknowledgements and honours, sappers and workers, the counts of the dead."""

from tests.demo.expected import Count, Expected

PUTIN = ("vladimir-putin", "russia")
KIM = ("kim-jong-un", "north-korea")
LAVROV = ("sergei-lavrov", "russia")
MEDVEDEV = ("dmitry-medvedev", "russia")
SHOIGU = ("sergei-shoigu", "russia")
BARTUSOV = ("alexei-bartusov", "russia")
KCNA = ("kcna", "north-korea")
TASS = ("tass", "russia")
NIS = ("nis", "south-korea")
HUR = ("hur", "ukraine")
UK_MOD = ("uk-mod", "united-kingdom")
MOD_SEOUL = ("jeon-ha-kyu", "south-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # To thank somebody for Kursk is to acknowledge that he was there: it confirms what Gerasimov and Pyongyang
    # had said, the one two days before and the other on the day itself. The thanks are a saying of their own.
    "F089": (
        Expected(
            "in Kursk", "confirms", "affirmative", (PUTIN,), ("korean-peoples-army",), ("russia",),
            said="2025-04-28", links=(("corroborates", "", "F086"), ("corroborates", "", "F088")),
        ),
        Expected(
            "deserve thanks", "states", "affirmative", (PUTIN,), ("kim-jong-un", "korean-peoples-army"),
            ("russia",), said="2025-04-28",
        ),
    ),
    # Two charges: that the dispatch is illegal, and that the statement of the same day admits it.
    "F090": (
        Expected(
            "illegal", "alleges", "affirmative", (MOD_SEOUL,), ("north-korea",), ("russia",),
            said="2025-04-28",
        ),
        Expected("admission", "alleges", "affirmative", (MOD_SEOUL,), ("north-korea",), said="2025-04-28"),
    ),
    # Work began; that is an event. The end is a forecast, with its own "about", and three other ends
    # stand beside it: mid-2026, summer 2026 (season 22 in EDTF), end of 2026. The lengths count nothing.
    "F092": (
        Expected(
            "has begun", "states", "affirmative", (("mikhail-mishustin", "russia"),), ("russia", "north-korea"),
            said="2025-04-30", happened="2025-04-30",
        ),
        Expected(
            "18 months", "predicts", "affirmative", (("mikhail-mishustin", "russia"),),
            ("russia", "north-korea"), certainty="probable", hedge="about", said="2025-04-30",
            rivals=(("happened", "2026-06~"), ("happened", "2026-22"), ("happened", "2026-12~")),
        ),
    ),
    # Two events in two capitals, told on the same day by a newspaper that speaks for nobody. The line on being
    # together is given to two people by two reports, and is none of the record's claims.
    "F093": (
        Expected(
            "greeted", "states", "affirmative", (("moscow-times", ""),), ("vladimir-putin",),
            ("kim-yong-bok",), said="2025-05-09", happened="2025-05-09", published="2025-05-09",
        ),
        Expected(
            "embassy", "states", "affirmative", (("moscow-times", ""),), ("kim-jong-un",), ("russia",),
            said="2025-05-09", happened="2025-05-09", published="2025-05-09",
        ),
    ),
    # Casualties: killed and wounded together, so no number of dead. "Over" is an open low bound, "highly
    # likely" makes it probable. More than half is a share of the 11,000 that were sent first. Seoul's total
    # of April is contradicted.
    "F095": (
        Expected(
            "6,000", "alleges", "affirmative", (UK_MOD,), ("korean-peoples-army",), certainty="probable",
            hedge="highly likely", said="2025-06-15",
            counts=(Count("killed-and-wounded", "6000", None, low_open=True),),
            links=(("contradicts", "", "F091"), ("contradicts", "", "F091")),
        ),
        Expected(
            "half", "alleges", "affirmative", (UK_MOD,), ("korean-peoples-army",), certainty="probable",
            hedge="highly likely", said="2025-06-15",
            counts=(
                Count("share-of-sent-lost", "50", None, low_open=True, kind="share"),
                Count("troops-sent", "11000", "11000"),
            ),
        ),
    ),
    # The receiving side announces what the sending side will do: a forecast of two numbers, and no sending.
    "F096": (
        Expected(
            "1,000 sappers", "predicts", "affirmative", (SHOIGU,), ("kim-jong-un",), ("russia",),
            relays=("tass",), certainty="probable", said="2025-06-17",
            counts=(Count("sappers", "1000", "1000", kind="forecast"),),
        ),
        Expected(
            "5,000 military builders", "predicts", "affirmative", (SHOIGU,), ("kim-jong-un",), ("russia",),
            relays=("tass",), certainty="probable", said="2025-06-17",
            counts=(Count("construction-troops", "5000", "5000", kind="forecast"),),
        ),
    ),
    # "May" and "great possibility": possible. A range of soldiers yet to come, so a forecast. The service's
    # paper is known through the broadcaster alone, and its own day is not known.
    "F097": (
        Expected(
            "25,000 to 30,000", "predicts", "affirmative", (HUR,), ("north-korea",), ("russia",),
            relays=("cnn",), certainty="possible", hedge="may", said="2025-07-02",
            counts=(Count("troops-sent", "25000", "30000", kind="forecast"),),
        ),
        # The note's second count is another service's, of people who have arrived.
        Expected(
            "engineers have arrived", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            said="2025-09", counts=(Count("sappers", "1000", "1000"),),
            links=(("corroborates", "", "F096"),),
        ),
    ),
    # Said to Lavrov, carried by KCNA. Backing the steps is no sending of anything.
    "F098": (
        Expected(
            "steps", "states", "affirmative", (KIM,), ("north-korea",), ("russia",), ("sergei-lavrov",),
            ("kcna",), said="2025-07-12",
        ),
    ),
    # A warning not to do something, without a consequence that is named: they are not to form an alliance. So
    # the negation is inside what is demanded.
    "F099": (
        Expected(
            "alliance", "demands", "negative", (LAVROV,), ("united-states", "south-korea", "japan"),
            ("north-korea",), ("united-states", "south-korea", "japan"), said="2025-07-12",
        ),
    ),
    # The agency's own report of a flight; the day of the report is not given. How often it may be flown, and
    # how often it is meant to be, is not in the claim.
    "F100": (
        Expected(
            "first direct", "states", "affirmative", (TASS,), ("nordwind-airlines",), happened="2025-07-27",
        ),
    ),
    # The talks were between two leaders, whatever one headline says; one page has them on Tuesday, the 2nd.
    # The praise is a saying of its own.
    "F103": (
        Expected(
            "held talks", "states", "affirmative", (PUTIN,), ("vladimir-putin", "kim-jong-un"),
            said="2025-09-03", happened="2025-09-03", rivals=(("happened", "2025-09-02"),),
        ),
        Expected(
            "deserve praise", "states", "affirmative", (PUTIN,), ("korean-peoples-army",), ("russia",),
            said="2025-09-03",
        ),
    ),
    # An offer is no help given: it is promised, and limited by being an offer.
    "F104": (
        Expected(
            "help", "promises", "affirmative", (KIM,), ("kim-jong-un",), ("russia",), hedge="offer",
            said="2025-09-03",
        ),
    ),
    # The agency reports a delegation at an anniversary; nobody of it is quoted.
    "F105": (
        Expected(
            "delegation", "states", "affirmative", (TASS,), ("dmitry-medvedev",), ("north-korea",),
            happened="2025-10-10",
        ),
    ),
    # Work was begun, nothing was opened. The day of the report is the day after that of the ceremony.
    "F106": (
        Expected(
            "museum", "states", "affirmative", (KCNA,), ("kim-jong-un",), ("alexander-matsegora",),
            said="2025-10-24", happened="2025-10-23", published="2025-10-24",
        ),
    ),
    # The service speaks, a lawmaker relays, and the three numbers count three things: builders on their way
    # in phases, soldiers near the border, and those who clear mines. "About" goes with the second alone, and
    # none of them is a part of another here. Builders and clearers of mines bear out what Shoigu had
    # announced.
    "F107": (
        Expected(
            "5,000", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("lee-seong-kweun",), said="2025-11-04",
            counts=(Count("construction-troops", "5000", "5000"),),
            links=(("corroborates", "", "F096"),),
        ),
        Expected(
            "10,000", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("lee-seong-kweun",), hedge="about", said="2025-11-04",
            counts=(Count("troops-in-russia", "10000", "10000", approximate=True, kind="stock"),),
        ),
        Expected(
            "mines", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",),
            relays=("lee-seong-kweun",), said="2025-11-04",
            counts=(Count("sappers", "1000", "1000", kind="stock"),),
            links=(("corroborates", "", "F096"),),
        ),
    ),
    # Said at the welcome on the 12th, reported on the 13th; one page has the ceremony on the 9th to 11th. Nine
    # dead are admitted, of one regiment: no total of the dead. That it is back from Kursk bears out that
    # sappers were to go there.
    "F109": (
        Expected(
            "back from Kursk", "confirms", "affirmative", (KIM,), ("kpa-528-engineer-regiment",),
            ("russia",), relays=("kcna",), said="2025-12-12", published="2025-12-13",
            rivals=(("said", "2025-12-09/2025-12-11"),), links=(("corroborates", "", "F096"),),
        ),
        Expected(
            "Nine", "confirms", "affirmative", (KIM,), ("kpa-528-engineer-regiment",), ("russia",),
            relays=("kcna",), said="2025-12-12", published="2025-12-13",
            rivals=(("said", "2025-12-09/2025-12-11"),),
            counts=(Count("dead-of-the-engineer-regiment", "9", "9"),),
        ),
    ),
    # Dated as it was reported, so published; the day on which it was written is not known.
    "F111": (
        Expected(
            "blood", "states", "affirmative", (KIM,), ("north-korea", "russia"), (), ("vladimir-putin",),
            ("kcna",), published="2025-12-27",
        ),
    ),
    # Said on the 8th, reported on the 9th; copies of one agency carry both stamps.
    "F112": (
        Expected(
            "decisions", "promises", "affirmative", (KIM,), ("kim-jong-un",), ("vladimir-putin",),
            ("vladimir-putin",), ("kcna",), said="2026-01-08", published="2026-01-09",
            rivals=(("published", "2026-01-08"),),
        ),
    ),
    # Where they fight from and under whom is one claim of what still goes on; the total since October 2024,
    # with an open low bound, is another.
    "F113": (
        Expected(
            "under Russian command", "alleges", "affirmative", (HUR,), ("korean-peoples-army",),
            ("ukraine",), said="2026-02-04",
        ),
        Expected(
            "14,000", "alleges", "affirmative", (HUR,), ("korean-peoples-army",), ("russia",), hedge="over",
            said="2026-02-04", counts=(Count("troops-sent", "14000", None, low_open=True),),
        ),
    ),
    # A judgement, and an announcement of what Russia itself will do.
    "F114": (
        Expected(
            "nuclear", "states", "affirmative", (LAVROV,), ("north-korea",), said="2026-02-11",
        ),
        Expected(
            "block", "promises", "affirmative", (LAVROV,), ("russia",),
            ("un-security-council", "north-korea"), said="2026-02-11",
        ),
    ),
    # The service reports, the committee relays. Combat troops and engineers are in Kursk at one time; the
    # casualties are killed and wounded together. Its own counts of November are brought up to date; on the
    # casualties it agrees with London.
    "F115": (
        Expected(
            "10,000", "alleges", "affirmative", (NIS,), ("korean-peoples-army",), ("russia",),
            relays=("rok-intelligence-committee",), hedge="over", said="2026-02-12",
            counts=(Count("troops-in-kursk", "10000", None, low_open=True, kind="stock"),),
            links=(("updates", "", "F107"),),
        ),
        Expected(
            "1,000 North Korean engineers", "alleges", "affirmative", (NIS,), ("korean-peoples-army",),
            ("russia",), relays=("rok-intelligence-committee",), said="2026-02-12",
            counts=(Count("sappers", "1000", "1000", kind="stock"),), links=(("updates", "", "F107"),),
        ),
        Expected(
            "6,000", "alleges", "affirmative", (NIS,), ("korean-peoples-army",),
            relays=("rok-intelligence-committee",), hedge="about", said="2026-02-12",
            counts=(Count("killed-and-wounded", "6000", "6000", approximate=True),),
            links=(("corroborates", "", "F095"),),
        ),
    ),
    # Opened on the 15th, reported on the 16th. Housing for families counts no dead.
    "F116": (
        Expected(
            "Street", "states", "affirmative", (KCNA,), ("kim-jong-un",), said="2026-02-16",
            happened="2026-02-15", published="2026-02-16",
        ),
    ),
    # A greeting to the congress, with praise of the partnership.
    "F117": (
        Expected(
            "partnership", "states", "affirmative", (MEDVEDEV,), ("russia", "north-korea"), (),
            ("workers-party-of-korea",), said="2026-02-18",
        ),
    ),
    # Praise of the dispatch, and a judgement on the two states. Who the adversary is, the record does not
    # say.
    "F118": (
        Expected("dispatch", "states", "affirmative", (BARTUSOV,), ("north-korea",), ("russia",),
        said="2026-02-23"),
        Expected("adversary", "states", "affirmative", (BARTUSOV,), ("russia", "north-korea"),
        said="2026-02-23"),
    ),
}  # fmt: skip
