"""Who may do what with an article."""

from django.conf import settings

from articles.models import Article, Image, Removal, Revision, WorkflowStep
from articles.stages import who_worked_on
from cms.models import User

ADD = "articles.add_article"
CHANGE = "articles.change_article"
DELETE = "articles.delete_article"
PUBLISH = "articles.publish_article"
REMOVE = "articles.remove_version"
CORRECT = "articles.add_correction"
TOPICS = "articles.change_topic"
MENTIONS = "articles.change_mention"
REPORTS = "articles.change_errorreport"
REPRINTS = "articles.change_reprint"
SET_ASIDE = "articles.add_passedname"


def may_edit(user: User, article: Article) -> bool:
    """Tell whether the user may write a revision: editors of any article, reporters of their own drafts.

    A scheduled article is no draft any more: what is to be public is not changed by its author alone.
    """
    if user.has_perm(PUBLISH):
        return user.has_perm(CHANGE)
    return user.has_perm(CHANGE) and article.created_by_id == user.pk and article.published_at is None


def may_see(user: User, article: Article) -> bool:
    """Tell whether the user may read it in the admin: reporters read their own, and what is or was public."""
    if user.has_perm(PUBLISH) or article.was_public() or article.created_by_id == user.pk:
        return user.has_perm("articles.view_article")
    return user.has_perm("articles.view_article") and user.has_perm("assertions.decide_assertion")


def may_read(user: User | None, revision: Revision) -> bool:
    """Tell whether the user may read a revision of an article that they may see. No user is the operator, who may.

    What was removed for a legal reason is read by those alone who may remove it.
    """
    return user is None or user.has_perm(REMOVE) or not Removal.objects.filter(revision=revision).exists()


def may_describe(user: User | None, image: Image) -> str | None:
    """Return in a sentence why the user may not describe an image anew, or None. No user is the operator, who may.

    Reporters change what only their own drafts show: neither what readers see or will see, nor others' drafts.
    """
    if user is None or user.has_perm(PUBLISH):
        return None
    shown = Article.objects.filter(revisions__images__image=image)
    if shown.filter(published_at__isnull=False).exists():
        return (
            "An article that is or was public, or is scheduled, shows this image: ask an editor to change it."
        )
    if shown.exclude(created_by=user).exists():
        return "Another writer's draft shows this image: ask an editor to change it."
    return None


def may_approve(user: User | None, revision: Revision) -> str | None:
    """Return in a sentence why the user may not approve a revision, or None. No user is the operator, who may.

    Where four eyes are asked for, nobody approves what they wrote or submitted themselves.
    """
    if user is None:
        return None
    if not user.has_perm(PUBLISH):
        return "Only editors approve articles."
    if settings.FOUR_EYES and user.pk in who_worked_on(revision):
        return "You worked on this text yourself: somebody else has to approve it."
    return None


def may_publish(user: User | None, revision: Revision) -> str | None:
    """Return in a sentence why the user may not publish a revision, or None. No user is the operator, who may.

    Where four eyes are asked for, the revision needs an approval, and one by somebody who did not work on it. What is
    public at this moment needs none to stay so.
    """
    if user is None:
        return None
    if not user.has_perm(PUBLISH):
        return "Only editors publish articles; submit it for review."
    if not settings.FOUR_EYES or revision.is_public():
        return None
    step = revision.steps.exclude(kind=WorkflowStep.Kind.NOTE).order_by("id").last()
    if step is None or step.kind != WorkflowStep.Kind.APPROVE:
        return f"Revision {revision.number} is not approved: somebody who did not write it has to approve it first."
    if step.created_by_id is not None and step.created_by_id in who_worked_on(revision):
        approved = f"{step.created_by} approved revision {revision.number} and worked on it"
        return f"{approved}: somebody else has to approve it."
    return None
