"""The steps of an article towards publication, and who is to work on it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from articles import actions, planning, staff
from articles.actions.workflow import STALE
from articles.models import Article
from articles.progress import progress_of
from cms.models import User
from cms.timezones import told
from cms.workplace.base import NewsroomAdmin, editor_of
from cms.workplace.deciding import ask
from cms.workplace.moments import Moment

# What the buttons send: the action, the words on the button, and what is told afterwards.
STEPS: dict[str, tuple[Any, str, str]] = {
    "submit": (actions.submit, "Submit for review", "Revision {} is in review now."),
    "approve": (actions.approve, "Approve", "Revision {} is approved."),
    "return": (actions.send_back, "Send back", "Revision {} is a draft again."),
    "note": (actions.add_note, "Add the note", "The note stands with revision {}."),
}


class StepForm(forms.Form):
    """A step on the revision that was read."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS], widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    note = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))


class AssignForm(forms.Form):
    """Who is to work on an article, and until when."""

    to = forms.ModelChoiceField(
        label="Assigned to", queryset=User.objects.none(), required=False, empty_label="nobody"
    )
    due = Moment(label="Due")

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(
            data, auto_id="assign_%s", initial={"to": article.assigned_to_id, "due": article.due}
        )
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = staff.may_be_assigned(article)


class WorkflowPages(NewsroomAdmin):
    """Submitting, approving, returning, annotating and assigning."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("step", self.step_view, "step"),
            self.page("assign", self.assign_view, "assign"),
            *super().get_urls(),
        ]

    def progress(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """Return the context of ``_workflow.html``."""
        progress = progress_of(article, editor_of(request))
        assigning = AssignForm(article) if progress and progress.may_assign else None
        return {"progress": progress, "step_form": StepForm(auto_id="step_%s"), "assign_form": assigning}

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step that a button sent. What is refused comes back on a page of its own, with what was typed."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        back = self.address("change", pk)
        if request.method != "POST" or request.POST.get("step") not in STEPS:
            return HttpResponseRedirect(back)
        act, button, words = STEPS[request.POST["step"]]
        form = StepForm(request.POST)
        stale: list[ValidationError] = []

        def take(cleaned: dict[str, Any]) -> str:
            try:
                step = act(article, editor_of(request), cleaned["note"], revision=cleaned["revision"])
            except ValidationError as error:
                if getattr(error, "code", None) == STALE:
                    stale.append(error)
                raise
            told = words.format(step.revision.number)
            if request.POST["step"] in ("submit", "approve"):
                told = " ".join([told, *planning.without_text(step.revision)])
            return told

        response = ask(
            request, form, take, title=f"{button}: “{article.headline}”", button=button, back=back,
            trail=self.trail(article),
        )  # fmt: skip
        if stale:
            # Whoever has read the newer revision can go on with what they typed.
            sent = request.POST.copy()
            sent["revision"] = str(article.revisions.latest("number").number)
            form.data = sent
            response.status_code = 409
        return response

    def assign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask who is to work on an article, and until when."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)

        def assign(cleaned: dict[str, Any]) -> str:
            actions.assign(article, editor_of(request), **cleaned)
            due = f", due {told(article.due)}" if article.due else ""
            return f"Assigned to {article.assigned_to or 'nobody'}{due}."

        form = AssignForm(article, request.POST or None)
        return ask(
            request, form, assign, title=f"Assign “{article.headline}”", button="Assign",
            back=self.address("change", pk), trail=self.trail(article), extra={"media": form.media},
        )  # fmt: skip
