"""Questions at the desk: what each one waits for, its positions over time, and claims put on it together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Case, Exists, FloatField, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.workplace import review_state
from assertions import actions, permissions
from assertions.desk.answer_filter import CandidateFilter
from assertions.desk.pages import desk_page, let_in
from assertions.models import Answer, Assertion, Question
from assertions.questions.answering import (
    Prospect,
    count_fitting,
    open_questions,
    prospect,
    stance_of,
    to_answer,
    unplaced,
)
from assertions.questions.position_table import tabulate
from assertions.questions.standings import QuestionStanding, standing
from assertions.vocabulary import Stance
from cms.models import User
from cms.numbers import number_of
from cms.paging import page_of
from cms.workplace.periods import Standing as State
from cms.workplace.periods import standing as state_of
from cms.workplace.refusals import DATABASE_ERRORS, refusal

PAGE = 20
"""Questions, or claims for one, on a page."""
MOST = 100
"""Claims that are put on a question at once, at most."""
SHOWN = 300
"""Answers that the list of all of them shows, the latest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question of the list: where it stands with all that is not rejected, and how many claims wait for it."""

    standing: QuestionStanding
    state: State
    fitting: int
    unseen: int
    """Claims on it that readers do not see."""

    @property
    def reversals(self) -> list[Any]:
        """The changes from no to yes and from yes to no, in the order of time."""
        return [change for change in self.standing.changes if change.is_reversal]

    @property
    def unanswered_by(self) -> list[tuple[str, str]]:
        """Who has not answered yes or no: the party, and what is known of it."""
        silent = [(party.name, "nothing on record") for party in self.standing.silent]
        return silent + [(party.name, "neither yes nor no") for party in self.standing.unanswering]


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the open questions with what waits for each; those that most claims fit first."""
    let_in(request)
    now = timezone.now()
    asked = open_questions(now)
    fitting = count_fitting(asked)
    counts = [When(pk=key, then=Value(number)) for key, number in fitting.items() if key is not None]
    ordered = asked.annotate(fitting=Case(*counts, default=Value(0), output_field=IntegerField()))
    page = page_of(ordered, request.GET, ["-fitting", "wording", "id"], size=PAGE)
    context = {
        "rows": [
            _waiting(found, fitting)
            for found in standing(page.rows, now, among=Assertion.objects.not_rejected())
        ],
        "page": page,
        "unplaced": unplaced().count(),
        "fitting": fitting[None],
        "may_add": request.user.has_perm(permissions.QUESTIONS),
    }
    return desk_page(request, "questions", "Questions", context)


def _waiting(found: QuestionStanding, fitting: Mapping[int | None, int]) -> Waiting:
    unseen = {position.assertion.pk for position in found.positions if not position.is_public}
    question = found.question
    return Waiting(found, state_of([question.live]), fitting.get(question.pk, 0), len(unseen))


@dataclass(slots=True)
class Candidate:
    """A claim that could be put on a question, as the form shows it."""

    assertion: Assertion
    stance: str
    seen: int
    state: State
    is_chosen: bool = False
    trouble: list[str] = field(default_factory=list)

    @property
    def mark(self) -> Answer:
        """The answer that it would be, for its mark."""
        return Answer(stance=self.stance)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a question with all that the newsroom knows of it; put the claims that were chosen on it.

    ``do`` is "preview", which changes nothing, "put", or "choose", which goes back to the choice.
    """
    user = let_in(request)
    asked = get_object_or_404(Question, slug=slug)
    desk = _Desk(request, user, asked)
    return desk.answer() if request.method == "POST" else desk.show()


@dataclass(slots=True)
class _Desk:
    """One request for a question. Whatever is refused comes back with all that was chosen."""

    request: HttpRequest
    user: User
    asked: Question
    chosen: list[Candidate] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def answer(self) -> HttpResponse:
        if not self.user.has_perm(permissions.ANSWER):
            raise PermissionDenied
        sent, do = self.request.POST, self.request.POST.get("do", "")
        self.read(sent)
        if do == "choose":
            return self.show()
        if do not in ("preview", "put"):
            self.refused.append("Choose one of the buttons.")
        elif not sent.getlist("claim"):
            self.refused.append("Choose a claim at least.")
        if self.refused or any(row.trouble for row in self.chosen):
            return self.show()
        return self.put() if do == "put" else self.show(is_preview=True)

    def read(self, sent: QueryDict) -> None:
        """Read what was chosen, and say what is wrong with it."""
        identifiers = list(dict.fromkeys(sent.getlist("claim")))
        if len(identifiers) > MOST:
            self.refused.append(f"At most {MOST} claims are put on a question at once: the first are kept.")
        known = to_answer(identifiers[:MOST])
        if gone := sum(each not in known for each in identifiers[:MOST]):
            claims = "One claim was" if gone == 1 else f"{gone} claims were"
            self.refused.append(f"{claims} rejected or deleted meanwhile. The others are still chosen.")
        reviewed = _with_states(known.values())
        for identifier in identifiers:
            if (claim := known.get(identifier)) is None:
                continue
            row = Candidate(
                claim,
                sent.get(f"stance-{identifier}", ""),
                number_of(sent.get(f"seen-{identifier}")) or claim.claim_version,
                reviewed[claim.pk],
                is_chosen=True,
            )
            if row.stance not in Stance.values:
                row.stance = ""
                row.trouble.append("Choose the stance that it takes.")
            self.chosen.append(row)

    def put(self) -> HttpResponse:
        stands = [actions.Stand(row.assertion, row.stance, row.seen) for row in self.chosen]
        try:
            with transaction.atomic():
                made = actions.answer_many(self.asked, stands, self.user)
                connection.check_constraints()
        except ValidationError as error:
            self.note(error)
            return self.show()
        except DATABASE_ERRORS as error:
            self.note(refusal(error))
            return self.show()
        claims = "One claim was" if len(made) == 1 else f"{len(made)} claims were"
        messages.success(self.request, f"{claims} put on the question: “{self.asked}”")
        return HttpResponseRedirect(self.request.get_full_path())

    def note(self, error: ValidationError) -> None:
        """Put what was refused at its claim, or above all; show each claim as it stands now."""
        troubles = error.message_dict if hasattr(error, "error_dict") else {}
        for row in self.chosen:
            if trouble := troubles.pop(row.assertion.identifier, None):
                row.trouble, row.seen = trouble, row.assertion.claim_version
        self.refused += [words for several in troubles.values() for words in several]
        self.refused += [] if hasattr(error, "error_dict") else error.messages
        self.refused.append("Nothing was put on the question.")

    def show(self, *, is_preview: bool = False) -> HttpResponse:
        now = timezone.now()
        [found] = standing([self.asked], now, among=Assertion.objects.not_rejected())
        sides = [side.party for side in found.sides]
        asked = CandidateFilter(
            self.request.GET, self.candidates(), request=self.request, question=self.asked
        )
        offered = asked.qs
        page = page_of(offered, self.request.GET, ["-likeness", "-id"], size=PAGE)
        seen = {row.assertion.pk for row in self.chosen}
        rows = self.chosen + self.offered([claim for claim in page.rows if claim.pk not in seen])
        context = {
            "asked": self.asked,
            "state": state_of([self.asked.live]),
            "waiting": _waiting(found, {}),
            "matrix": tabulate(found.positions, sides),
            "stances": [Answer(stance=stance) for stance in Stance],
            "choices": Stance.choices,
            "filter": asked,
            "is_filtered": any(name in self.request.GET for name in asked.filters),
            "rows": rows,
            "page": page,
            "count": offered.count(),
            "chosen": self.chosen,
            "refused": self.refused,
            "prospect": self.foreseen(found) if is_preview else None,
            "answers": _answers(self.asked),
            "shown": SHOWN,
            "at_desk": True,
            "may_decide": self.user.has_perm(permissions.DECIDE),
            "may_answer": self.user.has_perm(permissions.ANSWER),
            "may_change": self.user.has_perm(permissions.QUESTIONS),
        }
        return desk_page(self.request, "question", str(self.asked), context)

    def candidates(self) -> QuerySet[Any]:
        """Return what could be put on the question; ``likeness`` (0 to 1) is that of claim and wording by trigrams."""
        answered = Answer.objects.filter(question=self.asked, assertion=OuterRef("pk"))
        # As the type in which a cursor can hold it: that of the function itself loses digits on the way.
        likeness = Cast(TrigramSimilarity("claim", self.asked.wording), FloatField())
        return (
            Assertion.objects.not_rejected()
            .filter(~Exists(answered))
            .annotate(likeness=likeness)
            .prefetch_related("speakers__actor", "speakers__speaks_for", "answers__question", "reviews")
        )

    def offered(self, claims: Sequence[Assertion]) -> list[Candidate]:
        """Return claims of the list with the stances that are proposed, or that were chosen before."""
        sent = self.request.POST
        found = []
        for claim in claims:
            typed = sent.get(f"stance-{claim.identifier}", "")
            stance = typed if typed in Stance.values else stance_of(claim) or ""
            found.append(Candidate(claim, stance, claim.claim_version, review_state(claim)))
        return found

    def foreseen(self, found: QuestionStanding) -> Prospect:
        """Return what the chosen claims would change of what is told about the question."""
        answers = [
            Answer(question=self.asked, assertion=row.assertion, stance=row.stance) for row in self.chosen
        ]
        return prospect(found.positions, answers, [side.party for side in found.sides])


def _with_states(claims: Iterable[Assertion]) -> dict[int, State]:
    keys = [claim.pk for claim in claims]
    found = Assertion.objects.filter(pk__in=keys).prefetch_related("reviews")
    return {claim.pk: review_state(claim) for claim in found}


def _answers(asked: Question) -> list[tuple[Answer, State]]:
    """Return all that was ever put on a question and stands there, rejected claims too; the latest said first."""
    found = (
        Answer.objects.filter(question=asked)
        .prefetch_related("assertion__speakers__actor", "assertion__reviews")
        .order_by("-assertion__said_range", "-pk")[:SHOWN]
    )
    return [(answer, review_state(answer.assertion)) for answer in found]
