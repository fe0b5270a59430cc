"""The records of autumn 2023 to spring 2024 that are not among the hard cases."""

from tests.demo.expected import Expected

LAVROV = ("sergei-lavrov", "russia")
NEBENZIA = ("vasily-nebenzia", "russia")
NIS = ("nis", "south-korea")
JCS = ("rok-jcs", "south-korea")
MINISTRY = ("dprk-mfa", "north-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # Thanks for something affirm it: that North Korea backs the war. The pledge looks ahead and is Russia's own,
    # so the roles turn round.
    "F020": (
        Expected(
            "backs", "states", "affirmative", (LAVROV,), ("north-korea",), ("russia",), said="2023-10-18",
        ),
        Expected(
            "solidarity", "promises", "affirmative", (LAVROV,), ("russia",), ("north-korea",),
            said="2023-10-18",
        ),
    ),
    # The ministry reports its minister's meeting, on the day of it. "About" limits the
    # hour.
    "F021": (
        Expected(
            "met Kim Jong Un", "states", "affirmative", (("russian-mfa", "russia"),), ("sergei-lavrov",),
            ("kim-jong-un",), hedge="about", said="2023-10-19", happened="2023-10-19",
        ),
    ),
    # He says something about those who accuse and nothing about the arms: the denial is aimed at the source. The
    # page gives no day; the note bounds it.
    "F022": (
        Expected(
            "accus", "alleges", "affirmative", (LAVROV,), ("united-states",), ("russia",),
            said="2023-10-19/2023-10-26", links=(("denies", "source", "F018"),),
        ),
    ),
    # "Seems" is probable. A lawmaker relays, the service speaks.
    "F025": (
        Expected(
            "advice", "alleges", "affirmative", (NIS,), ("russia",), ("north-korea",),
            relays=("yoo-sang-bum",),
            certainty="probable", hedge="seems", said="2023-11-01",
        ),
    ),
    # What is rejected are the remarks, by what they are called, and with them the one who made them; that the
    # cooperation exists is not denied. What the US must do is a demand.
    "F026": (
        Expected(
            "irresponsible and provocative", "alleges", "affirmative", (MINISTRY,), ("antony-blinken",),
            ("north-korea",), relays=("kcna",), said="2023-11-11",
            links=(("denies", "source", "F028"), ("denies", "source", "F028")),
        ),
        Expected(
            "new reality", "demands", "affirmative", (MINISTRY,), ("united-states",), ("north-korea",),
            relays=("kcna",), said="2023-11-11",
        ),
    ),
    # A condemnation lays what it condemns to somebody's charge: the transfers, and that they and the launches are
    # breaches. The group speaks for itself. The Kremlin had disputed a proof, of which the condemnation says
    # nothing, and S1-05 only fears negotiations: no link.
    "F027": (
        Expected(
            "has transferred arms", "alleges", "affirmative", (("g7", ""),), ("north-korea",), ("russia",),
            said="2023-11-08",
        ),
        Expected(
            "arms transfers", "alleges", "affirmative", (("g7", ""),), ("north-korea", "russia"),
            said="2023-11-08",
        ),
        Expected(
            "missile launches breach", "alleges", "affirmative", (("g7", ""),), ("north-korea",),
            said="2023-11-08",
        ),
    ),
    # A state's claim through its agency, whose voice it is. The day and the place are those of the launch; on
    # which day it was said the record does not tell.
    "F029": (
        Expected(
            "orbit", "states", "affirmative", (("kcna", "north-korea"),), ("north-korea",),
            happened="2023-11-21",
        ),
    ),
    # Orbit yes, function unknown: one confirmation and one thing not known, which is no denial.
    "F030": (
        Expected(
            "orbit", "confirms", "affirmative", (JCS,), ("north-korea",), said="2023-11-22",
            links=(("corroborates", "", "F029"),),
        ),
        Expected(
            "works", "does_not_know", "open", (JCS,), ("north-korea",), certainty="underspecified",
            hedge="unknown", said="2023-11-22",
        ),
    ),
    # "Likely" is probable, and stands with the reason; that data went to Russia and back is said without it. The
    # service's own word of three weeks before is updated: nobody corroborates himself.
    "F031": (
        Expected(
            "reason", "alleges", "affirmative", (NIS,), ("russia",), ("north-korea",),
            relays=("yoo-sang-bum",),
            certainty="probable", hedge="likely", said="2023-11-23", links=(("updates", "", "F025"),),
        ),
        Expected(
            "data", "alleges", "affirmative", (NIS,), ("russia",), ("north-korea",),
            relays=("yoo-sang-bum",), said="2023-11-23",
        ),
    ),
    # No need to comment declines, and leaves the missiles open; "groundless" is aimed at what the charge rests
    # on, on both days that Washington named.
    "F036": (
        Expected(
            "fired", "declines", "open", (("kim-song", "north-korea"),), ("russia",), ("ukraine",),
            relays=("kcna",), certainty="underspecified", hedge="comment", said="2024-01-12",
        ),
        Expected(
            "founded", "denies", "negative", (("kim-song", "north-korea"),), ("united-states",),
            ("north-korea",), relays=("kcna",), hedge="groundless", said="2024-01-12",
            links=(("denies", "proof", "F032"), ("denies", "proof", "F032")),
        ),
    ),
    # North Korea says what Putin said: the speaker is the ministry and not Putin. Readiness is no visit and sets
    # no date. Published a day after it was said.
    "F037": (
        Expected(
            "ready to visit", "states", "affirmative", (MINISTRY,), ("vladimir-putin",),
            ("choe-son-hui", "north-korea"), relays=("kcna",), said="2024-01-20", published="2024-01-21",
        ),
    ),
    # "Currently" limits the rank to its time, not his commitment to it.
    "F038": (
        Expected(
            "biggest", "alleges", "affirmative", (("kyrylo-budanov", "ukraine"),), ("north-korea",),
            ("russia",), hedge="currently", said="2024-01-21",
        ),
    ),
    # An event that an agency reports: it speaks for nobody, and the day is that of the vote. The votes count no
    # measure.
    "F041": (
        Expected(
            "vetoed", "states", "affirmative", (("ap", ""),), ("russia",), ("un-panel-of-experts",),
            happened="2024-03-28",
        ),
    ),
    # Two charges, one against the panel and one against the West, which is no actor. North Korea is the object of
    # the second.
    "F042": (
        Expected(
            "biased", "alleges", "affirmative", (NEBENZIA,), ("un-panel-of-experts",),
            said="2024-03-28",
        ),
        Expected(
            "choke", "alleges", "affirmative", (NEBENZIA,), ("the West",), ("north-korea",),
            said="2024-03-28",
        ),
    ),
    # A reading of the veto by a third party: it charges Russia and proves nothing of it. The veto itself is
    # F041's.
    "F043": (
        Expected(
            "guilt", "alleges", "affirmative", (("dmytro-kuleba", "ukraine"),), ("russia",),
            said="2024-03-28",
        ),
    ),
}  # fmt: skip
