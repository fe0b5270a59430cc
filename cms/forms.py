"""What readers send us."""

from typing import Any

from django import forms
from django.utils.dateparse import parse_date

LONGEST_PATH = 500
LONGEST_TEXT = 5000


class DayInput(forms.DateInput):
    """An input of a day. What is no day is not written back: no browser would show it in such a field."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        text = str(value or "")
        try:
            return text if parse_date(text) else None
        except ValueError:
            return None


class ReportForm(forms.Form):
    """A report of an error. ``website`` is a trap: people do not see it, so only programmes fill it in."""

    path = forms.CharField(
        label="Where it is", max_length=LONGEST_PATH, help_text="The address of the page, or its headline."
    )
    text = forms.CharField(
        label="What is wrong",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="If you can, quote the words and say where the right ones stand.",
    )
    email = forms.EmailField(
        label="Your e-mail address (if you would like an answer)",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
