"""Who may be a source: people, bodies, documents and those who stand for them; never things and circumstances."""

from collections.abc import Set

from assertions.suggestions.tree import Tree

PERSONAL = frozenset({"i", "he", "she", "they", "we", "you", "who"})
_PRONOUNS = PERSONAL | {"it"}
_SOME = frozenset(
    "some many most several few others one two three all both everyone everybody someone somebody anyone nobody none "
    "those each neither either half more another".split()
)
PEOPLE = frozenset(
    """
    percent % majority plurality dozen hundred thousand million handful pair trio
    activist actor adviser advisor agent aide ally ambassador analyst applicant archbishop artist
    assistant associate athlete backer blogger caller commenter contractor driver evangelical filmmaker
    hardliner holdout independent moderate outsider policymaker attache attaché attendee attorney
    audience author authority banker billionaire bishop boss boy brother businessman campaigner
    candidate captain cardinal caucus celebrity ceo chair chairman chairperson chairwoman challenger
    chancellor chief child citizen civilian cleric coach colleague colonel columnist commander
    commentator commissioner communist comrade congressman congresswoman conservative consul consultant
    contender coordinator counsel counterpart couple critic crowd daughter defector defendant delegate
    democrat demonstrator deputy designer detainee detective developer dictator diplomat director
    dissident doctor donor duo economist editor employee employer engineer envoy ex-president executive
    expert family fan farmer father fighter firefighter foe founder friend front-runner frontrunner
    general girl governor graduate group guest head historian host hostage husband immigrant incumbent
    individual informant insider inspector instructor interpreter interviewer investigator investor
    journalist judge juror justice kid king kremlinologist lady landlord lawmaker lawyer leader
    leadership legislator liberal lieutenant listener lobbyist major manager man marine mayor mediator
    medic member merchant migrant militant millennial minister minority moderator monarch monitor mother
    mp msp musician nationalist negotiator neighbor neighbour newcomer nominee nurse observer officer
    official operative opponent organiser organizer owner parent parliamentarian participant partner
    passenger pastor patient people peer person petitioner philosopher physician pilot player plaintiff
    poet police policeman politician pollster pontiff pope populist premier president presidency priest
    prime-minister prince princess principal prisoner producer professor progressive prosecutor
    protester protestor provider public publicist publisher pundit queen rabbi reader rebel receptionist
    refugee regulator relative reporter representative republican rescuer researcher resident respondent
    reverend rival ruler scholar scientist secretary senator sergeant shareholder sheriff sibling singer
    sister skeptic sceptic socialist soldier solicitor son source speaker specialist spokesman
    spokesperson spokespeople spokeswoman spouse staff staffer stakeholder star strategist student
    successor superintendent supporter surgeon surrogate survivor suspect taxpayer teacher teen teenager
    terrorist trader traveler traveller treasurer troop tycoon undersecretary user vendor veteran
    vice-president victim viewer villager visitor volunteer voter watchdog whistleblower widow wife
    winner witness woman worker writer youth men women children colleague folk folks guy guys patriot
    pro-lifer candidate's campaigner superdelegate elector tea-partyer left right mastermind negotiators
    top-diplomat minister-president taoiseach chief-of-staff
    """.split()
)
BODIES = frozenset(
    """
    academy administration agency airline army assembly association authority bank bloc board body
    branch broadcaster bureau cabinet campaign camp center centre chamber charity church city club coalition
    college command commission committee community company conference congress consortium corporation council
    country county court delegation department directorate division embassy enterprise faction federation firm
    force fund government headquarters hospital house industry institute institution intelligence junta jury
    kingdom kremlin league legislature market military militia ministry mission monarchy movement nation navy
    neighbour network newspaper ngo office opposition organisation organization outlet panel parliament party
    police post presidency press publisher regime regulator republic school secretariat senate service side
    society staff state station team think-tank tank town tribunal trust unit university watchdog
    wing world media insurgency leadership directorate establishment tabloid daily weekly magazine paper
    channel website site agency's judiciary treasury electorate pac super-pac lobby
    """.split()
)
DOCUMENTS = frozenset(
    """
    account ad advertisement affidavit analysis announcement article assessment bill biography blog
    book brief briefing bulletin charter column commentary communique communiqué complaint constitution
    correspondence data declaration decree dispatch document documents dossier draft editorial email e-mail
    essay estimate figures file filing film finding findings forecast graphic headline indictment
    information interview invoice journal law lawsuit leaflet letter list log manifesto memo memoir memorandum
    message motion news note notice op-ed order paper petition piece plan platform play poll polling post
    poster post-mortem proposal prospectus publication questionnaire reading readout record records release
    remarks report resolution review ruling script sign speech statement statistics story study submission
    suit summary survey testimony text timeline transcript translation treaty tweet verdict video webpage will
    writings wire reports data polls warrant update projection tally readout memo account copy version
    """.split()
)
# Whose words are believed only of a verb of speech: the alliance says, and threatens nobody.
_LOOSELY = frozenset({"alliance", "agreement", "union", "trade"})
_ABSTRACT_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ence",
    "ance",
    "ship",
    "ism",
    "ing",
    "ure",
    "acy",
    "al",
)
_AGENT_ENDINGS = ("ist", "ists", "ian", "ians", "man", "men", "woman", "women", "person", "crat", "crats")
_SPEAKERS = PEOPLE | BODIES | DOCUMENTS


def singular(word: str) -> str:
    """Return a noun in small letters without the ending of a plural; what is none stays."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_person_noun(word: str) -> bool:
    """Whether a noun in small letters names people by what they are."""
    return singular(word) in PEOPLE or word in PEOPLE or word.endswith(_AGENT_ENDINGS)


def is_body_noun(word: str) -> bool:
    """Whether a noun in small letters names an organised group or a state."""
    return singular(word) in BODIES or word in BODIES


def may_speak(tree: Tree, token: int, *, named: Set[int], loosely: bool) -> bool:
    """Whether the noun may be a source.

    ``named`` holds the tokens within mentions of actors. ``loosely``: of speech, of which whatever is no abstract noun
    may be the subject.
    """
    word, tag = tree.lower[token], tree.tags[token]
    if word in _PRONOUNS:
        return True
    if tag == "PRP" or tag == "EX" or word in {"this", "that", "which", "what", "these", "there"}:
        return False
    if token in named or word in _SOME:
        return True
    if tag.startswith("NNP"):
        return True
    base = singular(word)
    if base in _SPEAKERS or word in _SPEAKERS or word.endswith(_AGENT_ENDINGS):
        return True
    if "-" in word and word.rsplit("-", 1)[-1] in _SPEAKERS:
        return True
    if tag == "CD" or not tag.startswith("NN"):
        return tag == "CD" and loosely
    return loosely and (base in _LOOSELY or not base.endswith(_ABSTRACT_ENDINGS))
