"""The form by which articles are written in the admin."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.actions import Content, new_tab
from articles.body import clean, from_plain
from articles.models import Article, Image, Revision, RevisionImage, TaggedRevision, Topic
from cms.dates import validate_edtf
from cms.numbers import number_of
from cms.workplace.base import LabelledChoice, LabelledChoices

DATE_HELP = (
    "A day 2024-10-23, a month 2024-10, a season 2024-23 (21 spring to 24 winter), a year 2024, "
    "about 2024-10~, perhaps 2024-10?, an interval 2024-10-08/2024-10-13."
)

EDITOR = {
    "Bold": True,
    "Italic": True,
    "Code": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
}
"""What the editor offers: what ``articles.body.clean`` keeps, and no more."""


class BodyField(ProseEditorFormField):
    """Rich text; what comes without any markup, as from a browser without scripts, is plain text."""

    def clean(self, value: str | None) -> str:
        try:
            if value and not re.search(r"<[a-z]", value):
                value = from_plain(value)
            cleaned: str = super().clean(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return cleaned


class TopicChoices(LabelledChoices):
    """A choice of topics; one that was merged meanwhile means the one that was kept."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        kept = {topic.merged_into_id or topic.pk for topic in chosen}
        return Topic.objects.filter(pk__in=kept)


def topics_field(through: Any) -> TopicChoices:
    """Return a choice of existing topics; ``through`` is the model that files something under a topic."""
    source = through._meta.get_field("tag")
    widget = AutocompleteSelectMultiple(source, admin.site)
    return TopicChoices(
        Topic.objects.all(),
        required=False,
        widget=RelatedFieldWidgetWrapper(widget, source.remote_field, admin.site),
    )


class ImageRow(forms.Form):
    """An image of the article, with its caption there."""

    image = LabelledChoice(
        Image.objects.all(),
        widget=RelatedFieldWidgetWrapper(
            AutocompleteSelect(
                RevisionImage._meta.get_field("image"), admin.site, attrs={"aria-label": "Image"}
            ),
            RevisionImage._meta.get_field("image").remote_field,
            admin.site,
            can_add_related=True,  # this module is read before images are registered
        ),
    )
    caption = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "aria-label": "Caption"}),
    )

    @property
    def picked(self) -> Image | None:
        """The image that is chosen in the row, to be shown beside its name; None if there is none."""
        return Image.objects.filter(pk=number_of(str(self["image"].value()))).first()


ImageRows = forms.formset_factory(ImageRow, extra=0, can_order=True, can_delete=True)


class ArticleForm(forms.ModelForm[Article]):
    """The content of an article's next revision, on top of the one it was opened on (``base``)."""

    headline = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"class": "vTextField headline"}))
    standfirst = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    body = BodyField(
        required=False, extensions=EDITOR, sanitize=clean, widget=AdminProseEditorWidget,
        help_text="Write here, or paste: plain text is taken as it is.",
    )  # fmt: skip
    byline = forms.CharField(required=False, max_length=200)
    language = forms.CharField(
        max_length=35,
        initial="en",
        widget=forms.TextInput(attrs={"size": 8}),
        help_text="BCP 47: en, ko, ru …",
    )
    dated = forms.CharField(
        required=False,
        max_length=64,
        label="The text is dated",
        validators=[validate_edtf],
        help_text=DATE_HELP,
    )
    topics = topics_field(TaggedRevision)
    reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why this revision",
        help_text="For the newsroom: what was changed, and why.",
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tab = forms.UUIDField(
        required=False, initial=new_tab, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    class Meta:
        model = Article
        fields = ("slug",)
        help_texts = {"slug": "The last part of its address. Left empty, it is made from the headline."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = self.instance.revisions.order_by("-number").first() if self.instance.pk else None
        if latest is not None:
            self.initial = {**_content(latest), **self.initial}
        if "slug" in self.fields:
            self.fields["slug"].required = bool(self.instance.pk)
            if self.instance.published_at is not None:
                self.fields[
                    "slug"
                ].help_text = "The last part of its address. After a change the old one leads on."
        images = latest.images.select_related("image") if latest else ()
        self.images = ImageRows(
            self.data if self.is_bound else None,
            prefix="images",
            initial=[{"image": use.image, "caption": use.caption} for use in images],
        )

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def is_valid(self) -> bool:
        own, images = super().is_valid(), self.images.is_valid()
        return own and images

    def has_changed(self) -> bool:
        return super().has_changed() or self.images.has_changed()

    def content(self) -> Content:
        """Return the content as it was filled in, of a valid form."""
        filled = self.cleaned_data
        rows = [row.cleaned_data for row in self.images.ordered_forms if row.cleaned_data.get("image")]
        return Content(
            headline=filled["headline"],
            standfirst=filled["standfirst"].replace("\r\n", "\n"),
            body=filled["body"],
            byline=filled["byline"],
            language=filled["language"],
            dated=filled["dated"],
            topics=list(filled["topics"]),
            images=[(row["image"], row["caption"]) for row in rows],
        )


def _content(revision: Revision) -> dict[str, Any]:
    """Return the first values of the form for an article whose latest revision it is."""
    names = ("headline", "standfirst", "body", "byline", "language", "dated")
    content: dict[str, Any] = {name: getattr(revision, name) for name in names}
    return content | {"topics": list(revision.topics.all()), "base": revision.number}
