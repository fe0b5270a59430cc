"""The records of October 2024 to September 2025 that are no traps of the first order, but have some."""

from tests.demo.expected import Count, Expected

ZELENSKY = ("volodymyr-zelensky", "ukraine")
NIS = ("nis", "south-korea")
COMMISSION = ("wpk-central-military-commission", "north-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # Nobody is named: the sources are described, the newspaper relays. The strike was a day before the report;
    # a timeline files it two days earlier still, and that date stands beside. Six in one strike are no running
    # count of the killed.
    "F054": (
        Expected(
            "Six North Korean officers", "alleges", "affirmative", (("unnamed intelligence sources", ""),),
            ("ukraine",), ("korean-peoples-army",), relays=("kyiv-post",),
            said="2024-10-04", happened="2024-10-03", published="2024-10-04",
            rivals=(("happened", "2024-10-01"),),
        ),
    ),
    # He judges a report of others as very probably right, which corroborates it with a reserve; that regular
    # troops may follow is a forecast. The defence minister is the South Korean Kim.
    "F055": (
        Expected(
            "officers were killed", "states", "affirmative", (("kim-yong-hyun", "south-korea"),),
            ("north-korea",), ("ukraine",), certainty="probable", hedge="highly likely", said="2024-10-08",
            links=(("corroborates", "", "F054"),),
        ),
        Expected(
            "regular troops", "predicts", "affirmative", (("kim-yong-hyun", "south-korea"),),
            ("north-korea",), ("ukraine",), certainty="possible", hedge="may", said="2024-10-08",
        ),
    ),
    # Being prepared is not being sent: a measure of its own. "Information from our intelligence" is probable,
    # as "our information indicates" is. Officers in occupied territory dispute what the Kremlin called fake.
    "F057": (
        Expected(
            "being prepared", "alleges", "affirmative", (ZELENSKY,), ("north-korea",), ("ukraine",),
            certainty="probable", hedge="information from our intelligence", said="2024-10-17",
            counts=(Count("troops-in-preparation", "10000", "10000", kind="stock"),),
        ),
        Expected(
            "occupied territory", "alleges", "affirmative", (ZELENSKY,), ("north-korea",), ("ukraine",),
            certainty="probable", hedge="information from our intelligence", said="2024-10-17",
            links=(("contradicts", "", "F056"),),
        ),
    ),
    # Said on one day, happened over six others. It is North Korea that sends, whosever ships they are. The
    # images are what it rests on. The Kremlin's "fake" was earlier; the mission's answer came later.
    "F058": (
        Expected(
            "1,500 North Korean special-forces soldiers", "alleges", "affirmative", (NIS,), ("north-korea",),
            ("russia",), hedge="satellite images", said="2024-10-18",
            happened="2024-10-08/2024-10-13",
            counts=(Count("troops-sent", "1500", "1500", approximate=True),),
            links=(("contradicts", "", "F056"), ("corroborates", "", "F057")),
        ),
    ),
    # Presence is confirmed; what it is for is said to be unknown, which takes nothing from it. One page has the
    # day before. The Russian denial of the same day points here, not the other way round.
    "F061": (
        Expected(
            "troops are in Russia", "confirms", "affirmative", (("lloyd-austin", "united-states"),),
            ("north-korea",), ("russia",), said="2024-10-23", rivals=(("said", "2024-10-22"),),
            links=(("contradicts", "", "F060"), ("corroborates", "", "F058")),
        ),
        Expected(
            "purpose", "states", "affirmative", (("lloyd-austin", "united-states"),), ("north-korea",),
            ("russia",), said="2024-10-23", rivals=(("said", "2024-10-22"),),
        ),
    ),
    # "If there are images, then they reflect something" neither confirms nor denies: it evades. A non-answer
    # contradicts nothing; it updates the flat denial of the day before. Whose affair the use of the treaty is,
    # is a second proposition, and that one he states.
    "F064": (
        Expected(
            "are in Russia", "evades", "open", (("vladimir-putin", "russia"),), ("north-korea",), ("russia",),
            certainty="underspecified", hedge="neither confirms nor denies", said="2024-10-24",
            links=(("updates", "", "F063"),),
        ),
        Expected(
            "treaty", "states", "affirmative", (("vladimir-putin", "russia"),), ("russia",), ("north-korea",),
            said="2024-10-24",
        ),
    ),
    # Recorded on Monday, broadcast on Tuesday: said and published apart. "Yes, I think so" is a yes with a
    # reserve. That the Pentagon could not corroborate it a day before is no contrary claim.
    "F070": (
        Expected(
            "clashed", "confirms", "affirmative", (("rustem-umerov", "ukraine"),), ("ukraine",),
            ("korean-peoples-army",), certainty="probable", hedge="small-scale", said="2024-11-04",
            published="2024-11-05",
        ),
    ),
    # Two confirmations of one morning: how many are there, and that they fight. The Pentagon's answers of the
    # week before are updated, both; its count of Kursk is of another place and is not superseded by one of
    # Russia.
    "F073": (
        Expected(
            "10,000", "confirms", "affirmative", (("vedant-patel", "united-states"),),
            ("korean-peoples-army",), ("russia",), hedge="can confirm", said="2024-11-12",
            counts=(Count("troops-in-russia", "10000", None, low_open=True, kind="stock"),),
            links=(("updates", "", "F071"),),
        ),
        Expected(
            "begun to fight", "confirms", "affirmative", (("vedant-patel", "united-states"),),
            ("korean-peoples-army",), ("ukraine",), hedge="can confirm", said="2024-11-12",
            links=(("corroborates", "", "F070"), ("updates", "", "F071")),
        ),
    ),
    # Killed and wounded in one number, so no number of dead. Kyiv's three times higher one came on the same day
    # and the two dispute one another.
    "F076": (
        Expected(
            "1,100", "alleges", "affirmative", (("rok-jcs", "south-korea"),), ("korean-peoples-army",),
            hedge="killed and wounded together", said="2024-12-23",
            counts=(Count("killed-and-wounded", "1100", "1100", approximate=True),),
        ),
    ),
    # "Above 3,000" is an open low bound; the data are preliminary, so probable.
    "F077": (
        Expected(
            "3,000", "alleges", "affirmative", (ZELENSKY,), ("korean-peoples-army",), certainty="probable",
            hedge="preliminary data", said="2024-12-23",
            counts=(Count("killed-and-wounded", "3000", None, low_open=True),),
            links=(("contradicts", "", "F076"),),
        ),
    ),
    # An estimate, so probable, of killed and of wounded apart; the lawmaker relays, the service speaks. "Some"
    # stands before both numbers. It does not agree with Kyiv's higher number of December.
    "F079": (
        Expected(
            "killed", "alleges", "affirmative", (NIS,), ("korean-peoples-army",),
            relays=("lee-seong-kweun",), certainty="probable", hedge="estimate", said="2025-01-13",
            counts=(Count("killed", "300", "300", approximate=True),), links=(("contradicts", "", "F077"),),
        ),
        Expected(
            "wounded", "alleges", "affirmative", (NIS,), ("korean-peoples-army",),
            relays=("lee-seong-kweun",), certainty="probable", hedge="estimate", said="2025-01-13",
            counts=(Count("wounded", "2700", "2700", approximate=True),), links=(("contradicts", "", "F077"),),
        ),
    ),
    # One sentence, two claims: that North Koreans took part, which ends half a year of Russian denials, and
    # that the region is retaken, which Kyiv denies. The first only is an acknowledgement.
    "F086": (
        Expected(
            "took part", "confirms", "affirmative", (("valery-gerasimov", "russia"),),
            ("korean-peoples-army",), ("ukraine",), said="2025-04-26",
            links=(
                ("contradicts", "", "F056"), ("contradicts", "", "F063"), ("contradicts", "", "F067"),
                ("corroborates", "", "F058"), ("corroborates", "", "F073"),
            ),
        ),
        Expected(
            "has been retaken", "states", "affirmative", (("valery-gerasimov", "russia"),), ("russia",),
            ("ukraine",), said="2025-04-26",
        ),
    ),
    # The first confirmation from Pyongyang: that troops were sent, on whose order, and under which article, as
    # three propositions. The commission speaks, the agency relays. The mission had called the reports groundless.
    "F088": (
        Expected(
            "sent combat troops", "confirms", "affirmative", (COMMISSION,), ("north-korea",),
            ("russia", "ukraine"), relays=("kcna",), said="2025-04-28",
            links=(
                ("contradicts", "", "F060"), ("corroborates", "", "F086"), ("corroborates", "", "F058"),
            ),
        ),
        Expected(
            "order of Kim Jong Un", "states", "affirmative", (COMMISSION,), ("kim-jong-un",), ("russia",),
            relays=("kcna",), said="2025-04-28",
        ),
        Expected(
            "Article 4", "states", "affirmative", (COMMISSION,), ("north-korea",), ("russia",),
            relays=("kcna",), said="2025-04-28",
        ),
    ),
    # The service's own count of April, superseded and kept. An estimate relayed by one lawmaker.
    "F102": (
        Expected(
            "2,000", "alleges", "affirmative", (NIS,), ("korean-peoples-army",), relays=("lee-seong-kweun",),
            certainty="probable", hedge="estimate", said="2025-09-02",
            counts=(Count("killed", "2000", "2000", approximate=True, supersedes="F091"),),
            links=(("updates", "", "F091"),),
        ),
    ),
}  # fmt: skip
