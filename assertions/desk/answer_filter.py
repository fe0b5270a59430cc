"""What can be asked of the claims that could be put on a question."""

from typing import Any

from actors.models import Actor
from assertions.desk.claim_filter import ClaimFilter, choice
from assertions.models import Question
from assertions.querysets import AssertionQuerySet
from assertions.questions.answering import fitting, unplaced

FITTING = "fit this question"
WHICH = [("unplaced", "answer no question"), ("any", "are not rejected")]


class CandidateFilter(ClaimFilter):
    """Filters the claims that could be put on a question; unless others are asked for, those that fit it."""

    which = choice("Claims that", WHICH, empty_label=FITTING, method="of_kind")

    class Meta(ClaimFilter.Meta):
        fields = ["which", "q", "speaker", "tag"]

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)

    @property
    def qs(self) -> Any:
        """The claims that are asked for; none if something that is asked for makes no sense."""
        found = super().qs
        if self.form.cleaned_data.get("which"):
            return found
        return found.filter(pk__in=fitting(self.question).values("pk"))

    def of_kind(self, claims: AssertionQuerySet, name: str, which: str) -> AssertionQuerySet:
        return claims.filter(pk__in=unplaced().values("pk")) if which == "unplaced" else claims

    def said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.voiced_by([actor])
