"""Names of the permissions on assertions."""

ADD = "assertions.add_assertion"
CHANGE = "assertions.change_assertion"
DECIDE = "assertions.decide_assertion"
LINK = "assertions.add_link"
ANSWER = "assertions.add_answer"
QUESTIONS = "assertions.change_question"
MEASURES = "assertions.change_measure"
