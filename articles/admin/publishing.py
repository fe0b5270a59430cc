"""The pages that ask when an article begins and ends to be public."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.html import format_html, format_html_join

from articles import actions, consequences, permissions, planning
from articles.models import Article, Revision
from articles.publishing_forms import AccessForm, EmbargoForm, PublishForm, RemovalForm, WithdrawForm
from cms.numbers import number_of
from cms.timezones import told
from cms.workplace.base import NewsroomAdmin, editor_of
from cms.workplace.deciding import ask
from cms.workplace.periods import standing, standing_of_version


class PublishingPages(NewsroomAdmin):
    """Publishing, scheduling, embargo, withdrawing an article, and removing one of its versions."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("publish", self.publish_view, "publish"),
            self.page("unschedule", self.unschedule_view, "unschedule"),
            self.page("withdraw", self.withdraw_view, "withdraw"),
            self.page("keep", self.keep_view, "keep"),
            self.page("embargo", self.embargo_view, "embargo"),
            self.page("access", self.access_view, "access"),
            self.page("remove", self.remove_view, "remove"),
            *super().get_urls(),
        ]

    def _asked(self, request: HttpRequest, pk: int, permission: str = permissions.PUBLISH) -> Any:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _refused(self, request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
        messages.error(request, sentence)
        return HttpResponseRedirect(self.address("change", pk))

    def _chosen(self, request: HttpRequest, article: Article) -> Revision | None:
        """Return the revision that the form or the address names, else the latest."""
        asked = request.POST.get("number") or request.GET.get("revision")
        revisions = article.revisions.order_by("-number")
        return (revisions.filter(number=number_of(asked)) if asked else revisions).first()

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask when the latest revision, or the one named by ``revision``, is to be public."""
        article = self._asked(request, pk)
        revision = self._chosen(request, article)
        if revision is None:
            return self._refused(request, pk, "There is no such revision of this article.")
        refusal = permissions.may_publish(editor_of(request), revision)
        if refusal and request.method != "POST":
            return self._refused(request, pk, refusal)
        older, draft = consequences.older_ahead(article, revision), consequences.buried(article, revision)
        form = PublishForm(
            _sent(request),
            older=older,
            was_public=planning.was_public(article),
            initial={"number": revision.number, **planning.proposed(article, revision)},
        )

        def act(cleaned: dict[str, Any]) -> str:
            published = actions.publish(
                article, editor_of(request), revision=revision, at=cleaned["at"], until=cleaned["until"],
                correction=form.correction(), over_older=cleaned.get("over_older", False),
            )  # fmt: skip
            return _in_one(
                f"Revision {published.number}: {standing_of_version(published.live).words}.",
                *planning.newer_than(published),
                *self._behind(article, draft),
                *self._taken_back(article, older),
                *consequences.replaced_by(consequences.older_ahead(article, published)),
            )

        return ask(
            request, form, act,
            title=f"Publish “{revision.headline}”", button="Publish", back=self.address("change", pk),
            trail=self.trail(article),
            sentences=planning.before_publishing(article, revision),
        )  # fmt: skip

    def _behind(self, article: Article, draft: Revision | None) -> list[str]:
        """Return what to tell of a draft on top of which an older revision was published."""
        if draft is None:
            return []
        return [
            format_html(
                "Revision {}, which readers have not seen, is behind it now, in the history only. "
                '<a href="{}?revision={}">Restore it</a> to go on with it.',
                draft.number,
                self.address("restore", article.pk),
                draft.number,
            )
        ]

    def _taken_back(self, article: Article, planned: list[Revision]) -> list[str]:
        """Return what to tell of those revisions that were scheduled and are not any more."""
        ahead = consequences.scheduled(article)
        gone = [revision for revision in planned if revision not in ahead]
        waiting = consequences.left_waiting(consequences.corrections_with(gone))
        way = format_html('<a href="{}">Publish with it</a>', self.address("publish", article.pk))
        return [
            *(f"Revision {revision.number} is no longer scheduled." for revision in gone),
            *waiting,
            *([way] if waiting else []),
        ]

    def unschedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before the revision named by ``revision`` is no longer scheduled."""
        article = self._asked(request, pk)
        revision = self._chosen(request, article)
        if revision is None or standing([revision.live]).state != "scheduled":
            return self._refused(request, pk, "This revision is not scheduled.")

        corrections = [correction.text for correction in consequences.corrections_with([revision])]

        def act(cleaned: dict[str, Any]) -> str:
            actions.unschedule(article, editor_of(request), revision)
            return _in_one(*self._taken_back(article, [revision]))

        return ask(
            request, forms.Form(_sent(request)), act, title=f"Take back the schedule of “{revision.headline}”?",
            button="Take it back", back=self.address("change", pk),
            trail=self.trail(article),
            sentences=[
                f"Revision {revision.number} is {standing([revision.live]).words}.",
                "What is public until then goes on; if nothing is, readers see nothing.",
                *(
                    f"A correction was to appear with it, and waits then, unseen by readers: “{text}”"
                    for text in corrections
                ),
            ],
        )  # fmt: skip

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why and when an article stops being public; say what stops being supported with it."""
        article = self._asked(request, pk)
        if article.published_at is None:
            return self._refused(
                request, pk, "It is neither public nor scheduled: there is nothing to withdraw."
            )

        headline, planned = planning.readers_headline(article), consequences.scheduled(article)

        def act(cleaned: dict[str, Any]) -> str:
            notice = actions.withdraw(article, editor_of(request), **cleaned)
            cancelled = self._taken_back(article, planned)
            if notice is None:
                words = "It was not public yet: it is no longer scheduled, and readers are told nothing."
            elif cleaned["at"] is None:
                words = f"Withdrawn: “{headline}”, {told(notice.at)}."
            else:
                words = f"“{headline}” will be withdrawn on {told(notice.at)}."
            return _in_one(words, *cancelled)

        return ask(
            request, WithdrawForm(_sent(request)), act,
            title=f"Withdraw “{headline}”?", button="Withdraw", back=self.address("change", pk),
            trail=self.trail(article),
            dangerous=True, template="admin/articles/article/withdraw.html",
            extra={"resting": planning.resting_on(article)},
            sentences=planning.cancelled_by_withdrawal(planned),
        )  # fmt: skip

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before a planned end is taken back."""
        article = self._asked(request, pk)
        ends = planning.ends(article)
        if not ends:
            return self._refused(request, pk, "No end is planned: there is nothing to take back.")

        def act(cleaned: dict[str, Any]) -> str:
            actions.keep_public(article, editor_of(request))
            return "It has no planned end any more."

        return ask(
            request, forms.Form(_sent(request)), act, title=f"Keep “{article.headline}” public?",
            button="Take the end back", back=self.address("change", pk),
            trail=self.trail(article),
            sentences=[f"It would cease to be public on {told(end)}." for end in ends],
        )  # fmt: skip

    def embargo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask until when nothing of an article may be public."""
        article = self._asked(request, pk)

        def act(cleaned: dict[str, Any]) -> str:
            actions.set_embargo(article, editor_of(request), cleaned["until"])
            return (
                f"Under embargo until {told(article.embargo)}." if article.embargo else "There is no embargo."
            )

        return ask(
            request, EmbargoForm(_sent(request), initial={"until": article.embargo}), act,
            title=f"Embargo of “{article.headline}”", button="Set the embargo", back=self.address("change", pk),
            trail=self.trail(article),
            sentences=[
                "Before it ends nothing of this article can be public, whoever publishes it.",
                "It is not published by itself when the embargo ends: schedule it for that time, or a later one.",
            ],
        )  # fmt: skip

    def access_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before the versions of an article that is not public are closed to readers, or opened again."""
        article = self._asked(request, pk)
        readable = planning.readable_versions(article)
        closes = request.POST.get("change", "close" if readable else "open") == "close"

        def act(cleaned: dict[str, Any]) -> str:
            if cleaned["change"] == "close":
                count = actions.close_versions(article, editor_of(request))
                return f"Closed: {count}." if count else "They are closed already."
            count = actions.open_versions(article, editor_of(request))
            return f"Opened: {count}." if count else "There is none to open."

        return ask(
            request, AccessForm(_sent(request), initial={"change": "close" if closes else "open"}), act,
            title=f"{'Close' if closes else 'Open'} the versions of “{article.headline}”?",
            button="Close them" if closes else "Open them", back=self.address("change", pk),
            trail=self.trail(article),
            sentences=[
                f"Readers can read {readable} of its versions, marked as withdrawn."
                if readable
                else "Readers can read none of its versions now. Those that were removed stay closed."
            ],
        )  # fmt: skip

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before the version named by ``revision`` vanishes from the site for good."""
        article = self._asked(request, pk, permissions.REMOVE)
        revision = self._chosen(request, article)
        if revision is None or revision.live is None:
            return self._refused(
                request, pk, "Readers never saw this revision: there is no version to remove."
            )

        def act(cleaned: dict[str, Any]) -> str:
            actions.remove_version(revision, editor_of(request), cleaned["reason"])
            return f"Revision {revision.number} was removed from the site."

        return ask(
            request, RemovalForm(_sent(request)), act,
            title=f"Remove revision {revision.number} from the site for good?", button="Remove it for good",
            back=self.address("change", pk), dangerous=True,
            trail=self.trail(article),
            sentences=[
                f"“{revision.headline}”, {standing_of_version(revision.live).words}.",
                "No page, list, feed or count will show it again, nor that it was there. The numbers of the other "
                "versions stay. If it is what readers see now, the article stops being public at once.",
                "This is for a legal demand only, and cannot be taken back. To tell readers that something was wrong, "
                "withdraw the article or publish a correction instead.",
            ],
        )  # fmt: skip


def _in_one(*sentences: str) -> str:
    """Return sentences as one; those that are HTML already, with links, stay so."""
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
