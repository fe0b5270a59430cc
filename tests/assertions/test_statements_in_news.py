"""The statement finder on plain political news: what is found in a sentence, all of it and nothing else."""

import pytest

from assertions.suggestions.statements import find_statements

Found = tuple[str | None, str, str]


def found(text: str) -> list[Found]:
    """Return source, cue and content of each statement found in a text, in the order of the cues."""
    statements = find_statements(text, [])
    statements.sort(key=lambda each: each.cue.start if each.cue else each.content.start)
    return [
        (each.source.text if each.source else None, each.cue.text if each.cue else "", each.content.text)
        for each in statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Speech
        (
            "Senator Alvarez said the bill had no chance of passing.",
            [("Senator Alvarez", "said", "the bill had no chance of passing")],
        ),
        (
            "“We will win this state,” Duncan told supporters in Toledo on Saturday.",
            [("Duncan", "told", "“We will win this state,”")],
        ),
        (
            "“It’s a sad day,” said Linda Moore, a retired teacher from Akron.",
            [("Linda Moore, a retired teacher from Akron", "said", "“It’s a sad day,”")],
        ),
        (
            "“The people of this state,” Gomez said, “deserve better.”",
            [("Gomez", "said", "“The people of this state,” Gomez said, “deserve better.”")],
        ),
        (
            "“I don’t know,” she said when asked about the memo. “Nobody told me.”",
            [("she", "said", "“I don’t know,” she said when asked about the memo. “Nobody told me.”")],
        ),
        ("“Not a chance,” Barnes replied.", [("Barnes", "replied", "“Not a chance,”")]),
        ("Clarke tweeted: “Fake news!”", [("Clarke", "tweeted", "“Fake news!”")]),
        ("The order reads: “No member shall speak.”", [("The order", "reads", "“No member shall speak.”")]),
        ("Supporters chanted “Lock her up!” as he spoke.", [("Supporters", "chanted", "“Lock her up!”")]),
        (
            "In an interview, Pruitt said: “I never asked for that.”",
            [("Pruitt", "said", "“I never asked for that.”")],
        ),
        (
            "The economy, Kern argued, was in better shape than the numbers suggest.",
            [
                (
                    "Kern",
                    "argued",
                    "The economy, Kern argued, was in better shape than the numbers suggest",
                )
            ],
        ),
        (
            "It is not for the court to choose, argued the lawyer, Richard Hill.",
            [("the lawyer, Richard Hill", "argued", "It is not for the court to choose")],
        ),
        (
            "The mayor, speaking to reporters after the vote, said that the city could not wait.",
            [("The mayor", "said", "the city could not wait")],
        ),
        (
            "Asked whether he would support the nominee, Dole said he had not decided.",
            [("Dole", "said", "he had not decided")],
        ),
        ("Dole, asked about the nominee, left the room.", []),
        (
            "“There was no deal,” the spokeswoman wrote in an email, adding that the meeting was routine.",
            [
                ("the spokeswoman", "wrote", "“There was no deal,”"),
                ("the spokeswoman", "adding", "the meeting was routine"),
            ],
        ),
        (
            "Justice Bader, writing for the majority, said the statute was “hopelessly vague.”",
            [("Justice Bader", "said", "the statute was “hopelessly vague.”")],
        ),
        (
            "Trump was quoted as saying that the deal was dead.",
            [("Trump", "saying", "the deal was dead")],
        ),
        (
            "The treasurer said, through a lawyer, that the money was returned.",
            [("The treasurer", "said", "the money was returned")],
        ),
        (
            "On Monday the agency confirmed for the first time that it had lost the files.",
            [("the agency", "confirmed", "it had lost the files")],
        ),
        (
            "The former president has long claimed, without evidence, that he won.",
            [("The former president", "has long claimed", "he won")],
        ),
        ("She said so in an interview.", [("She", "said", "so")]),
        # Who is a source
        (
            "Two officials familiar with the matter said the bureau had opened an inquiry.",
            [
                (
                    "Two officials familiar with the matter",
                    "said",
                    "the bureau had opened an inquiry",
                )
            ],
        ),
        (
            "Some 40 percent said they were undecided.",
            [("Some 40 percent", "said", "they were undecided")],
        ),
        (
            "The union hired a firm, people close to its president said.",
            [("people close to its president", "said", "The union hired a firm")],
        ),
        (
            "The bill’s backers hailed the vote as historic.",
            [("The bill’s backers", "hailed", "the vote as historic")],
        ),
        (
            "Nobody knows how many ballots were lost.",
            [("Nobody", "knows", "how many ballots were lost")],
        ),
        (
            "One copy of it speaks of a force that lost thousands.",
            [("One copy of it", "speaks", "of a force that lost thousands")],
        ),
        # Reports, polls and rulings
        (
            "Turnout was high, according to a poll released Tuesday.",
            [("a poll released Tuesday", "according to", "Turnout was high")],
        ),
        (
            "They talked, according to the agency, about trade and taxes.",
            [("the agency", "according to", "They talked, according to the agency, about trade and taxes")],
        ),
        (
            "Half of all voters want the law, the survey found.",
            [
                ("Half of all voters", "want", "the law"),
                ("the survey", "found", "Half of all voters want the law"),
            ],
        ),
        ("The report found no evidence of fraud.", [("The report", "found", "no evidence of fraud")]),
        ("The court ruled that the law was void.", [("The court", "ruled", "the law was void")]),
        (
            "The lawsuit claims the company hid the risks.",
            [("The lawsuit", "claims", "the company hid the risks")],
        ),
        (
            "The bureau gave the cause as fire, and the paper dates the letter 4 May.",
            [("The bureau", "gave", "the cause as fire"), ("the paper", "dates", "the letter 4 May")],
        ),
        ("The company gave its staff a party.", []),
        (
            "The bridge is due in May, by his account.",
            [("his", "by his account", "The bridge is due in May")],
        ),
        (
            "The cost has doubled, in the view of the committee.",
            [("the committee", "in the view", "The cost has doubled")],
        ),
        ("The memo has it that nobody was told.", [("The memo", "has it", "nobody was told")]),
        # Thought, attitude and intention
        (
            "Some Democrats worry that the strategy could backfire.",
            [("Some Democrats", "worry", "the strategy could backfire")],
        ),
        ("Republicans fear losing the House.", [("Republicans", "fear", "losing the House")]),
        ("She doubts that the numbers are right.", [("She", "doubts", "the numbers are right")]),
        ("She is confident the Senate will act.", [("She", "is confident", "the Senate will act")]),
        ("Experts are skeptical of the proposal.", [("Experts", "are skeptical", "of the proposal")]),
        ("He is ready to run.", []),
        ("Analysts expect the vote to be close.", [("Analysts", "expect", "the vote to be close")]),
        ("He wants Congress to cut spending.", [("He", "wants", "Congress to cut spending")]),
        ("The party hopes to win back the suburbs.", [("The party", "hopes", "to win back the suburbs")]),
        (
            "The governor is expected to announce a decision next week.",
            [(None, "is expected", "The governor is expected to announce a decision next week")],
        ),
        (
            "The two parties disagree over how to pay for it.",
            [("The two parties", "disagree", "over how to pay for it")],
        ),
        ("He made clear that he would not resign.", [("He", "made clear", "he would not resign")]),
        # Judgements, with object and grounds
        (
            "The ad accuses Ross of voting to raise taxes.",
            [("The ad", "accuses", "Ross of voting to raise taxes")],
        ),
        (
            "His critics blame him for letting prices rise.",
            [("His critics", "blame", "him for letting prices rise")],
        ),
        ("She dismissed the criticism as partisan.", [("She", "dismissed", "the criticism as partisan")]),
        (
            "Walsh praised the troops for their courage and thanked their families.",
            [
                ("Walsh", "praised", "the troops for their courage"),
                ("Walsh", "thanked", "their families"),
            ],
        ),
        (
            "It is the heart of what the party calls its southern strategy.",
            [("the party", "calls", "its southern strategy")],
        ),
        (
            "He referred to the vote as a hoax, and she referred to it again.",
            [("He", "referred", "to the vote as a hoax")],
        ),
        (
            "She voiced concern in Ohio about the price of milk.",
            [("She", "concern", "about the price of milk")],
        ),
        # Denials and refusals
        ("Reed has denied any wrongdoing.", [("Reed", "has denied", "any wrongdoing")]),
        ("The campaign declined to comment.", [("The campaign", "declined", "to comment")]),
        (
            "The governor’s office confirmed the meeting, but would not say who attended.",
            [
                ("The governor’s office", "confirmed", "the meeting"),
                ("The governor’s office", "would not say", "who attended"),
            ],
        ),
        # One after and within another
        (
            "Lopez said she believed the vote was fair, but her lawyer said it was not.",
            [
                ("Lopez", "said", "she believed the vote was fair"),
                ("she", "believed", "the vote was fair"),
                ("her lawyer", "said", "it was not"),
            ],
        ),
        (
            "The senator agreed to testify but refused to answer questions about the loan.",
            [
                ("The senator", "agreed", "to testify"),
                ("The senator", "refused", "to answer questions about the loan"),
            ],
        ),
        (
            "The mayor said that the city was seeking more aid, and voiced a worry that winter would come early.",
            [
                ("The mayor", "said", "the city was seeking more aid"),
                ("The mayor", "worry", "winter would come early"),
            ],
        ),
        (
            "Opponents of the measure argue it would cost jobs, while backers say it would create them.",
            [
                ("Opponents of the measure", "argue", "it would cost jobs"),
                ("backers", "say", "it would create them"),
            ],
        ),
        (
            "The council holds the bridge, it says.",
            [("it", "says", "The council holds the bridge")],
        ),
        # What is only told
        ("The governor signed a decree and voted by mail.", []),
        ("The bureau is investigating whether aides broke the law.", []),
        ("Members supporting the resolution sat on the left.", []),
        ("The two sides could not agree on a budget.", []),
    ],
)
def test_what_is_ascribed_is_found_and_nothing_else(text: str, expected: list[Found]) -> None:
    assert found(text) == expected
