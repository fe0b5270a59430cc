"""The records of May 2024 to March 2025: the treaty, the first soldiers, the prisoners, the lull and the return."""

from tests.demo.expected import Count, Expected

PUTIN = ("vladimir-putin", "russia")
KIM = ("kim-jong-un", "north-korea")
KCNA = ("kcna", "north-korea")
NIS = ("nis", "south-korea")
ZELENSKY = ("volodymyr-zelensky", "ukraine")
BUDANOV = ("kyrylo-budanov", "ukraine")
NEBENZIA = ("vasily-nebenzia", "russia")
LIN = ("lin-jian", "china")
CHOE = ("choe-son-hui", "north-korea")

EXPECTED: dict[str, tuple[Expected, ...]] = {
    # A state speaks for itself and does what it says. Two people and three firms are counted, but of no measure.
    "F045": (
        Expected(
            "sanctions", "states", "affirmative", (("united-states", ""),), ("united-states",), ("russia",),
            said="2024-05-16", happened="2024-05-16",
        ),
    ),
    # A judgement of the denial, which it contradicts; "shows" is hers and no proof.
    "F047": (
        Expected(
            "illegal", "alleges", "affirmative", (("kim-in-ae", "south-korea"),), ("north-korea",),
            hedge="shows", said="2024-05-17", links=(("contradicts", "", "F046"),),
        ),
    ),
    # The agency publishes the text. Help is owed under a condition, which is no event: if one is attacked and
    # at war. It bears out what Putin had said of the treaty the day before.
    "F048": (
        Expected(
            "Article 4", "states", "affirmative", (KCNA,), ("north-korea", "russia"), condition="at war",
            said="2024-06-20", published="2024-06-20", links=(("corroborates", "", "F049"),),
        ),
    ),
    # The signing is an event, what the treaty provides for is his account of it.
    "F049": (
        Expected(
            "signed", "states", "affirmative", (PUTIN,), ("vladimir-putin", "kim-jong-un"),
            said="2024-06-19", happened="2024-06-19",
        ),
        Expected(
            "against aggression", "states", "affirmative", (PUTIN,), ("russia", "north-korea"),
            said="2024-06-19",
        ),
    ),
    # A warning to Seoul that holds only if Seoul arms Ukraine. It answers what Seoul had said it would review.
    "F050": (
        Expected(
            "very big mistake", "threatens", "affirmative", (PUTIN,), ("russia",), ("south-korea",),
            condition="Ukraine", said="2024-06-20", links=(("contradicts", "", "F051"),),
        ),
    ),
    # To review a refusal is not to send arms.
    "F051": (
        Expected(
            "refusal to arm Ukraine", "threatens", "affirmative", (("chang-ho-jin", "south-korea"),),
            ("south-korea",), ("russia", "north-korea"), hedge="reconsider", said="2024-06-20",
        ),
    ),
    # "Not ruling that out": no delivery, only a possible one.
    "F052": (
        Expected(
            "arms", "threatens", "affirmative", (PUTIN,), ("russia",), ("north-korea",),
            certainty="possible", hedge="not ruling that out", said="2024-06-20",
        ),
    ),
    # The meeting was on the 13th; the agency reported it a day later.
    "F053": (
        Expected(
            "met", "states", "affirmative", (KCNA,), ("kim-jong-un",), ("sergei-shoigu",),
            said="2024-09-14", happened="2024-09-13", published="2024-09-14",
        ),
    ),
    # "Can confirm", but after a South Korean briefing: it derives from the service's claim and corroborates
    # nothing. The mission's and the ministry's denials came before.
    "F066": (
        Expected(
            "Kursk", "confirms", "affirmative", (("mark-rutte", "nato"),), ("north-korea",), ("russia",),
            hedge="can confirm", said="2024-10-28",
            links=(("contradicts", "", "F060"), ("contradicts", "", "F063"), ("derives_from", "", "F058")),
        ),
    ),
    # "Mere assertions" is aimed at the proof; "even if true, why would it be wrong?" is a question under a
    # condition and grants nothing.
    "F067": (
        Expected(
            "have proved", "denies", "negative", (NEBENZIA,), ("united-states", "united-kingdom"),
            ("russia",), hedge="even if true", said="2024-10-30",
            links=(("denies", "proof", "F066"), ("denies", "proof", "F061")),
        ),
        Expected(
            "wrong", "questions", "open", (NEBENZIA,), ("north-korea",), ("russia",),
            certainty="underspecified", condition="even if", said="2024-10-30",
        ),
    ),
    # A promise that came to the page through two languages.
    "F068": (
        Expected(
            "until it wins", "promises", "affirmative", (CHOE,), ("north-korea",), ("russia",),
            hedge="translated from Korean via Russian", said="2024-11-01",
        ),
    ),
    # Two answers: that it is the two states' own affair, and that details are not known. Neither says yes or no
    # to the troops.
    "F069": (
        Expected(
            "own affair", "states", "affirmative", (LIN,), ("north-korea", "russia"), said="2024-11-01",
        ),
        Expected(
            "details", "does_not_know", "open", (LIN,), ("north-korea", "russia"),
            certainty="underspecified", hedge="does not know", said="2024-11-01",
        ),
    ),
    # Two signatures on two days, not one act over three; each takes the signing of June a step on. When the
    # agency reported them is not in the record.
    "F072": (
        Expected(
            "Vladimir Putin signed", "states", "affirmative", (("tass", "russia"),), ("vladimir-putin",),
            happened="2024-11-09", links=(("updates", "", "F049"),),
        ),
        Expected(
            "Kim Jong Un signed", "states", "affirmative", (("tass", "russia"),), ("kim-jong-un",),
            happened="2024-11-11", links=(("updates", "", "F049"),),
        ),
    ),
    # Said to the Russian minister on the 29th, carried by the agency on the 30th.
    "F074": (
        Expected(
            "backs", "states", "affirmative", (KIM,), ("north-korea",), ("russia",), ("andrei-belousov",),
            ("kcna",), said="2024-11-29", published="2024-11-30",
        ),
    ),
    # Two deputy ministers exchanged the instruments: Kim Jong Gyu and not the leader.
    "F075": (
        Expected(
            "came into force", "states", "affirmative", (("russian-mfa", "russia"),),
            ("andrei-rudenko", "kim-jong-gyu"), said="2024-12-04", happened="2024-12-04",
            links=(("corroborates", "", "F049"),),
        ),
    ),
    # Captured and questioned are two claims. Photos were shown and no proof of origin; the security service
    # gives the day of the capture.
    "F078": (
        Expected(
            "were captured", "states", "affirmative", (ZELENSKY,), ("ukraine",), ("korean-peoples-army",),
            hedge="no proof of origin", said="2025-01-11", rivals=(("happened", "2025-01-09"),),
            counts=(Count("captured", "2", "2"),),
        ),
        Expected(
            "questioned", "states", "affirmative", (ZELENSKY,), ("ukraine",), ("korean-peoples-army",),
            hedge="no proof of origin", said="2025-01-11",
        ),
    ),
    # Officials of two states, none named: one description, merged with nobody. Budanov's denial came later and
    # points here.
    "F080": (
        Expected(
            "pulled back", "alleges", "affirmative", (("unnamed Ukrainian and US officials", ""),),
            ("korean-peoples-army",), relays=("new-york-times",), said="2025-01-30",
        ),
    ),
    # A confirmation of the officials' report with a reserve: "appear". Why they are out of combat is a guess.
    "F081": (
        Expected(
            "troops have been out of combat", "confirms", "affirmative", (NIS,), ("korean-peoples-army",),
            certainty="probable", hedge="appear", said="2025-02-04", links=(("corroborates", "", "F080"),),
        ),
        Expected(
            "losses", "states", "affirmative", (NIS,), ("korean-peoples-army",), certainty="possible",
            hedge="perhaps", said="2025-02-04",
        ),
    ),
    # That they fight on contradicts the service, which sees them out of combat on the same day; that they were
    # withdrawn is what the newspaper's officials said, and he denies it, granting days of lower activity.
    "F082": (
        Expected(
            "8,000", "alleges", "affirmative", (BUDANOV,), ("korean-peoples-army",), ("ukraine",),
            hedge="about", said="2025-02-04",
            counts=(Count("troops-in-kursk", "8000", "8000", approximate=True, kind="stock"),),
            links=(("contradicts", "", "F081"),),
        ),
        Expected(
            "withdrawn", "denies", "negative", (BUDANOV,), ("korean-peoples-army",), ("ukraine",),
            hedge="lower activity", said="2025-02-04", links=(("denies", "fact", "F080"),),
        ),
    ),
    # The service, through an official who is not named, to one agency: it takes back what it had said three
    # weeks before. How many, it does not say.
    "F084": (
        Expected(
            "sent", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",), relays=("AFP",),
            certainty="probable", hedge="appear", said="2025-02-27",
        ),
        Expected(
            "redeployed", "alleges", "affirmative", (NIS,), ("north-korea",), ("russia",), relays=("AFP",),
            certainty="probable", hedge="appear", said="2025-02-27", links=(("updates", "", "F081"),),
        ),
    ),
    # The meeting, the letter and the promise, all as the state agency reports them a day later, through another
    # agency: the words of the promise are not in the record, so it is the report that speaks.
    "F085": (
        Expected(
            "met", "states", "affirmative", (KCNA,), ("kim-jong-un",), ("sergei-shoigu",),
            relays=("yonhap",), said="2025-03-22", happened="2025-03-21", published="2025-03-22",
        ),
        Expected(
            "letter", "states", "affirmative", (KCNA,), ("kim-jong-un",), ("vladimir-putin",),
            relays=("yonhap",), said="2025-03-22", happened="2025-03-21", published="2025-03-22",
        ),
        Expected(
            "support", "states", "affirmative", (KCNA,), ("kim-jong-un",), ("russia",),
            relays=("yonhap",), said="2025-03-22", happened="2025-03-21", published="2025-03-22",
        ),
    ),
}  # fmt: skip
