"""What all admin pages of the newsroom share."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ForeignKey, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from cms.history import is_kept
from cms.models import User
from cms.numbers import number_of
from cms.slugs import validate_slug
from cms.workplace.deciding import ask, put_errors
from cms.workplace.history import history_of, instant_of
from cms.workplace.moments import Moment
from cms.workplace.periods import Standing, StateFilter, standing
from cms.workplace.refusals import DATABASE_ERRORS, refusal
from cms.workplace.stale import CONTROL, StaleRow, require_fresh, rows_below, version_of


def editor_of(request: HttpRequest) -> User:
    """Return the account that is signed in; admin pages are for no other."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def label_of(row: models.Model) -> str:
    """Return the words by which a row is chosen from a list of its kind."""
    try:
        keeper = admin.site.get_model_admin(type(row))
    except NotRegistered:
        return str(row)
    return keeper.autocomplete_label(row) if isinstance(keeper, NewsroomAdmin) else str(row)


class LabelledChoice(forms.ModelChoiceField[Any]):
    """A choice of rows that names them as the search for them does."""

    def label_from_instance(self, obj: models.Model) -> str:
        return label_of(obj)

    def prepare_value(self, value: Any) -> Any:
        return _known_key(super().prepare_value(value))


class LabelledChoices(forms.ModelMultipleChoiceField[Any]):
    """As LabelledChoice, several of them."""

    def label_from_instance(self, obj: models.Model) -> str:
        return label_of(obj)

    def prepare_value(self, value: Any) -> Any:
        found = super().prepare_value(value)
        if not isinstance(found, list):
            return _known_key(found)
        return [key for key in map(_known_key, found) if key is not None]

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if _known_key(key) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key[:100]}
                )
        return super().clean(value)


def _known_key(key: Any) -> Any:
    """Return what was sent as the key of a row, None if it cannot be one: the error at the field says so."""
    return None if isinstance(key, str) and key and not number_of(key) else key


class AddressField(forms.SlugField):
    """The last part of an address; what is refused is named letter by letter."""

    default_validators = [validate_slug]

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"allow_unicode": False}))


class PlainNumber(forms.NumberInput):
    """A decimal as one writes it: 3000000, where the column keeps 3000000.0000."""

    def format_value(self, value: Any) -> str | None:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else super().format_value(value)


class LabelledFields(BaseModelAdmin[Any]):
    """Foreign keys named by ``label_of``; plain fields in the form that suits a dense page."""

    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"})},
        models.DecimalField: {"widget": PlainNumber},
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.SlugField):
            kwargs = {"form_class": AddressField} | kwargs
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # One link, to add what is missing: four icons a field would drown a dense page.
            field.widget.can_change_related = field.widget.can_delete_related = (
                field.widget.can_view_related
            ) = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        return super().formfield_for_foreignkey(
            db_field, request, **({"form_class": LabelledChoice} | kwargs)
        )


class NewsroomInline(LabelledFields, admin.TabularInline[Any, Any]):
    """Rows that belong to the page's subject, one line each; every control names its column."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        for name, field in formset.form.base_fields.items():
            widget = (
                field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            )
            widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))
        return formset


class NewsroomStackedInline(LabelledFields, admin.StackedInline[Any, Any]):
    """Rows that belong to the page's subject and need several lines each."""

    extra = 0


class NewsroomAdmin(LabelledFields, admin.ModelAdmin[Any]):
    """A page where nothing typed is lost: what actions or the database refuse comes back as a form error."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    beside_template: str = ""

    def autocomplete_label(self, row: Any) -> str:
        """Return the words by which a row is chosen in a search."""
        return str(row)

    def title_of(self, row: Any) -> str:
        """Return the heading of a row's page."""
        return capfirst(str(row))

    def beside(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return the context of ``beside_template``, the column beside the form of an existing row."""
        return {}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleRow as stale:
            request.POST = stale.form  # type: ignore[assignment]
            response = self.show_again(request, object_id, form_url, extra_context, stale.as_error())
            response.status_code = 409
            return response
        except (ValidationError, *DATABASE_ERRORS) as error:
            return self.show_again(request, object_id, form_url, extra_context, error)

    def show_again(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: Any,
        error: ValidationError | DatabaseError,
    ) -> HttpResponse:
        """Show the form as it was sent, with an error that came up while it was saved."""
        request.META["newsroom.refused"] = error
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form_class = super().get_form(request, obj, change=change, **kwargs)
        error: ValidationError | DatabaseError | None = request.META.get("newsroom.refused")
        if error is None:
            return form_class

        refused = error

        class Refused(form_class):  # type: ignore[misc, valid-type]
            def _post_clean(self) -> None:
                super()._post_clean()
                put_errors(self, refused)

        return Refused

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if change:
            require_fresh(self, request, form)
        return super().save_form(request, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Rules that wait for the commit speak while the form can still be shown again.
        connection.check_constraints()

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except DATABASE_ERRORS as error:
            messages.error(request, " ".join(refusal(error).messages))
            return HttpResponseRedirect(self.address("change", object_id))

    def _can_be_asked(self, request: HttpRequest) -> bool:
        """Tell whether the list can be asked for: no text in the database holds NUL, and no day has such numbers."""
        day = f"{self.date_hierarchy}__" if self.date_hierarchy else None
        return not any(
            "\0" in value or (day and name.startswith(day) and not number_of(value))
            for name, values in request.GET.lists()
            for value in values
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self._can_be_asked(request):
            # As Django answers any other filter that cannot be.
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        try:
            with transaction.atomic():
                title = {"title": capfirst(str(self.opts.verbose_name_plural))}
                return super().changelist_view(request, title | (extra_context or {}))
        except (ValidationError, *DATABASE_ERRORS) as error:
            if request.method != "POST":
                raise
            refused = error if isinstance(error, ValidationError) else refusal(error)
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.get_full_path())

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Tell who did what with a row and when, from the history that the database keeps.

        ``before`` is the instant before which the page begins.
        """
        if not is_kept(self.model):
            return super().history_view(request, object_id, extra_context)
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404(f"There is no such {self.opts.verbose_name}.")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        title = {"title": f"History of {self.title_of(row)}"}
        history = {"history": history_of(row, instant_of(request.GET.get("before"))), "object": row}
        context = {**self.admin_site.each_context(request), "opts": self.opts, **title, **history}
        return TemplateResponse(request, "admin/history.html", context | (extra_context or {}))

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or not hasattr(obj, "get_absolute_url") or not self.is_on_site(obj):
            return None
        address: str = obj.get_absolute_url()
        return address

    def is_on_site(self, row: Any) -> bool:
        """Tell whether readers see the row, so that it may be linked."""
        return bool(row.is_public()) if hasattr(row, "is_public") else False

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= {"title": self.title_of(obj), "subtitle": None}
            if self.has_change_permission(request, obj):
                below = rows_below(self, request, obj)
                context["opened_after"] = request.POST.get(CONTROL) or version_of(obj, below)
            if self.beside_template and not context.get("is_popup"):
                context |= {"beside_template": self.beside_template} | self.beside(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def address(self, page: str, *args: Any) -> str:
        """Return the address of a page of this model in the admin."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def trail(self, row: Any = None) -> list[tuple[str, str]]:
        """Return words and address of the pages above a further page of this model, or of one row of it."""
        found = [(capfirst(str(self.opts.verbose_name_plural)), self.address("changelist"))]
        return found if row is None else [*found, (self.title_of(row), self.address("change", row.pk))]

    def page(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """Return the address of a further page of one row, for staff only."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=name)


def link_to(row: models.Model, words: str = "") -> SafeString:
    """Return a link to a row's page in the admin."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, words or label_of(row))


class WhenForm(forms.Form):
    """When something is to happen; nothing filled in means now."""

    at = Moment(label="At", help_text="Leave it empty for now.")


class PublishingAdmin(NewsroomAdmin):
    """Rows that readers see during one period: their state at a glance, buttons and list actions for it."""

    publish_permission: ClassVar[str]
    actions: Any = ("publish_selected", "withdraw_selected")
    list_filter: ClassVar[Any] = (StateFilter,)

    def publish(self, row: Any, by: User, at: datetime | None = None) -> None:
        """Make a row public; the app's action does it."""
        raise NotImplementedError

    def withdraw(self, row: Any, by: User, at: datetime | None = None) -> None:
        """End a row's being public; the app's action does it."""
        raise NotImplementedError

    def consequences(self, rows: QuerySet[Any]) -> list[str]:
        """Return sentences on what stops being public when these rows are withdrawn."""
        return []

    @admin.display(description="state", ordering="live")
    def state(self, row: Any) -> Standing:
        return standing([row.live])

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.publish_permission)

    @admin.action(description="Publish now", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        rows = list(queryset)
        for row in rows:
            self.publish(row, editor_of(request))
        self.message_user(request, f"Public now: {len(rows)}.", messages.SUCCESS)

    @admin.action(description="Withdraw …", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{self.address('withdraw')}?ids={keys}")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        return [
            path("withdraw/", self.admin_site.admin_view(self.withdraw_view), name=name),
            *super().get_urls(),
        ]

    def withdraw_view(self, request: HttpRequest) -> HttpResponse:
        """Ask before the rows named by ``ids`` stop being public."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        keys = [key for key in map(number_of, request.GET.get("ids", "").split(",")) if key]
        rows = self.get_queryset(request).filter(pk__in=keys)
        names = [label_of(row) for row in rows]
        back = self.address("change", keys[0]) if len(keys) == 1 else self.address("changelist")
        if not names:
            messages.warning(request, "Nothing was chosen to withdraw.")
            return HttpResponseRedirect(self.address("changelist"))

        def act(cleaned: dict[str, Any]) -> str:
            for row in rows:
                self.withdraw(row, editor_of(request), cleaned["at"])
            return f"Withdrawn: {', '.join(names)}."

        subject = names[0] if len(names) == 1 else f"{len(names)} {self.opts.verbose_name_plural}"
        return ask(
            request, WhenForm(request.POST or None), act, title=f"Withdraw {subject}?",
            button="Withdraw", back=back, dangerous=True,
            trail=self.trail(rows[0] if len(keys) == 1 else None),
            sentences=[*([] if len(names) == 1 else names), *self.consequences(rows)],
        )  # fmt: skip

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if not context.get("is_popup") and self.has_publish_permission(request):
            is_public = obj is not None and obj.is_public()
            context["publish_button"] = "" if is_public else "Save and publish"
            if obj is not None and obj.live is not None and standing([obj.live]).state != "withdrawn":
                context["withdraw_address"] = f"{self.address('withdraw')}?ids={obj.pk}"
        if obj is not None:
            context["state"] = standing([obj.live])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.published(request, obj) or super().response_change(request, obj)

    def published(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        """Publish the row that was just saved if that button was pressed, and go on with its page."""
        if "_publish" not in request.POST:
            return None
        self.publish(row, editor_of(request))
        self.message_user(request, f"Saved and public now: {label_of(row)}.", messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", row.pk))
