"""How far an article has come on its way to readers, and what the one who asks may do next: beside its form."""

from dataclasses import dataclass
from datetime import datetime

from articles import permissions
from articles.models import Article, Revision, WorkflowStep
from articles.stages import Stage, is_overdue, stage_of
from cms.models import User
from cms.timezones import told

SHOWN = 5
"""Steps that are shown at once; the earlier ones are folded away."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done: ``value`` is sent, ``words`` stand on the button."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """``stage`` is of Stage, or ""; ``refusal`` says why the next step is not offered; steps are oldest first."""

    stage: str
    told: str
    seen: int
    next_step: Step | None
    others: list[Step]
    may_publish: bool
    refusal: str
    earlier: list[WorkflowStep]
    steps: list[WorkflowStep]
    may_assign: bool
    assigned_to: User | None
    due: datetime | None
    is_overdue: bool


def progress_of(article: Article, user: User) -> Progress | None:
    """Return how far an article is, for an account that may see it; None without a revision."""
    latest = article.revisions.select_related("created_by").order_by("number").last()
    if latest is None:
        return None
    stage = stage_of(article)
    steps = list(
        WorkflowStep.objects.filter(revision__article=article)
        .select_related("revision", "created_by")
        .order_by("id")
    )
    is_editor = user.has_perm(permissions.PUBLISH)
    next_step, others, refusal = _offered(article, latest, stage, user)
    return Progress(
        stage=stage,
        told=_told(latest, stage, steps),
        seen=latest.number,
        next_step=next_step,
        others=others,
        may_publish=is_editor and stage == Stage.APPROVED and not refusal,
        refusal=refusal,
        earlier=steps[:-SHOWN],
        steps=steps[-SHOWN:],
        may_assign=is_editor,
        assigned_to=article.assigned_to,
        due=article.due,
        is_overdue=is_overdue(article.due, stage),
    )


def _offered(
    article: Article, latest: Revision, stage: str, user: User
) -> tuple[Step | None, list[Step], str]:
    """Return the next step, the other ones, and why the next one is not offered if it is not."""
    may_write, is_editor = permissions.may_edit(user, article), user.has_perm(permissions.PUBLISH)
    noting = [Step("note", "Add the note")] if may_write else []
    is_author = article.created_by_id == user.pk
    if stage == Stage.DRAFT and may_write:
        return Step("submit", "Submit for review"), noting, ""
    if stage == Stage.REVIEW:
        back = [Step("return", "Take back" if is_author else "Send back")] if may_write else []
        if not is_editor:
            return None, back + noting, ""
        refusal = permissions.may_approve(user, latest) or ""
        return (None if refusal else Step("approve", "Approve")), back + noting, refusal
    if stage == Stage.APPROVED and is_editor:
        return None, [Step("return", "Send back"), *noting], permissions.may_publish(user, latest) or ""
    return None, noting, ""


def _told(latest: Revision, stage: str, steps: list[WorkflowStep]) -> str:
    """Return in a sentence what waits for whom since when."""
    if not stage:
        return "Nothing of it waits."
    decided = [step for step in steps if step.kind != WorkflowStep.Kind.NOTE]
    step = decided[-1] if decided else None
    if step is None or (stage == Stage.DRAFT and step.kind != WorkflowStep.Kind.RETURN):
        return f"Draft: revision {latest.number}, {latest.created_by or 'import'}, {told(latest.created_at)}."
    who = step.created_by or "the operator"
    sentence = f"Revision {step.revision.number} {step.get_kind_display()} by {who}, {told(step.created_at)}."
    if latest.number > step.revision.number:
        sentence += f" The latest is revision {latest.number}, by {latest.created_by or 'an import'}."
    return sentence
