"""The pages that ask when an article begins and ends to be public."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from actors.models import Actor
from articles import actions, permissions
from articles.admin.numbers import number_of
from articles.forms import PublishForm
from articles.models import Revision
from assertions.models import Assertion, Evidence
from cms.workplace.base import NewsroomAdmin, WhenForm, editor_of
from cms.workplace.deciding import ask
from cms.workplace.periods import standing, told


class PublishingPages(NewsroomAdmin):
    """Publishing, scheduling and withdrawing an article."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("publish", self.publish_view, "publish"),
            self.page("withdraw", self.withdraw_view, "withdraw"),
            *super().get_urls(),
        ]

    def _asked(self, request: HttpRequest, pk: int) -> Any:
        if not request.user.has_perm(permissions.PUBLISH):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask when the latest revision, or the one named by ``revision``, is to be public."""
        article = self._asked(request, pk)
        chosen = article.revisions.order_by("-number")
        if "revision" in request.GET:
            chosen = chosen.filter(number=number_of(request.GET["revision"]))
        revision = chosen.first()
        if revision is None:
            messages.error(request, "There is no such revision of this article.")
            return HttpResponseRedirect(self.address("change", pk))

        def act(cleaned: dict[str, Any]) -> str:
            published = actions.publish(article, editor_of(request), revision=revision, **cleaned)
            return f"Revision {published.number}: {standing([published.live]).words}."

        return ask(
            request, PublishForm(request.POST or None), act,
            title=f"Publish “{revision.headline}”", button="Publish", back=self.address("change", pk),
            sentences=_before_publishing(revision),
        )  # fmt: skip

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before an article stops being public."""
        article = self._asked(request, pk)
        resting = Assertion.objects.public().filter(evidence__revision__article=article).distinct()
        elsewhere = Evidence.objects.filter(assertion=OuterRef("pk")).exclude(revision__article=article)
        count, kept = resting.count(), resting.filter(Exists(elsewhere)).count()

        def act(cleaned: dict[str, Any]) -> str:
            actions.withdraw(article, editor_of(request), at=cleaned["at"])
            return f"Withdrawn: {article.headline}."

        return ask(
            request, WhenForm(request.POST or None), act,
            title=f"Withdraw “{article.headline}”?", button="Withdraw", back=self.address("change", pk),
            dangerous=True,
            sentences=[
                f"Public assertions that rest on it: {count}, of which {kept} have other evidence too. "
                "What rests on it alone stops being public with it.",
                "Revisions that are scheduled after that time are cancelled.",
            ],
        )  # fmt: skip


def _before_publishing(revision: Revision) -> list[str]:
    hidden = (
        Actor.objects.filter(mentions__revision=revision).exclude(live__contains=timezone.now()).distinct()
    )
    names = ", ".join(actor.name for actor in hidden)
    open_names = revision.mentions.filter(actor=None).count()
    sentences = [
        f"Revision {revision.number}, by {revision.created_by or 'an import'}, {told(revision.created_at)}."
    ]
    if hidden:
        sentences.append(f"Named in it, but not public, so without a link: {names}.")
    if open_names:
        sentences.append(f"Names that nobody has resolved, so without a link: {open_names}.")
    return sentences
