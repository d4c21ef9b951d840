"""What people choose when they deliver: which entries, which letters are printed."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.errors import Refused
from interactions.letters.output import Format
from interactions.letters.ranges import Ranges, read_ranges
from interactions.models import DeliveryState, InteractionLogEntry, LoggedSegment
from interactions.models.delivery import UNDERWAY

LEFT_OUT = "left_out"
# What a list of deliveries can be narrowed to.
STATES: dict[str, str | Promise] = {
    "sent": _("sent or printed"),
    "underway": _("queued"),
    "failed": _("failed"),
    "unknown": _("unknown"),
    "not_sent": _("not sent"),
}


def in_shown_state(entries: Any, state: str) -> Any:
    """Narrow entries to one of `STATES`, or to those left out; anything else narrows nothing."""
    if state == "underway":
        return entries.in_state(*UNDERWAY)
    if state == "not_sent":
        return entries.never_sent()
    if state == LEFT_OUT:
        return entries.never_sent().asked_for()
    return entries.in_state(state) if state in DeliveryState.values and state else entries


class ChosenForm(forms.Form):
    """Entries of a logged segment: those that are ticked, or all in a state."""

    state = forms.ChoiceField(choices=[*STATES.items(), (LEFT_OUT, "")], required=False)
    entry = forms.ModelMultipleChoiceField(InteractionLogEntry.objects.none(), required=False)

    def __init__(self, segment: LoggedSegment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = InteractionLogEntry.objects.of_segment(segment)
        entry: Any = self.fields["entry"]
        entry.queryset = self.entries

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("state") and not cleaned.get("entry"):
            raise forms.ValidationError(_("Nothing was ticked."))
        return cleaned

    @property
    def chosen(self) -> Any:
        """The entries, once it is valid. What is ticked goes before the state."""
        ticked = self.cleaned_data["entry"]
        if ticked:
            return self.entries.with_pks([entry.pk for entry in ticked])
        return in_shown_state(self.entries, self.cleaned_data["state"])

    @property
    def problem(self) -> str:
        return _said(self)


class PrintFileForm(forms.Form):
    format = forms.ChoiceField(choices=[(each, each) for each in (Format.PDF, Format.WORD)])


class PrintedForm(forms.Form):
    """Which letters are printed: by number, by tick, or all."""

    numbers = forms.CharField(required=False, max_length=500)
    entry = forms.ModelMultipleChoiceField(InteractionLogEntry.objects.none(), required=False)
    printed = forms.ChoiceField(choices=[("1", ""), ("0", "")], required=False)

    def __init__(self, segment: LoggedSegment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: Any = self.fields["entry"]
        entry.queryset = InteractionLogEntry.objects.of_segment(segment)

    def clean_numbers(self) -> Ranges:
        try:
            return read_ranges(self.cleaned_data["numbers"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @property
    def choice(self) -> dict[str, Any]:
        """Arguments of `mark_as_printed`."""
        return {
            "ranges": self.cleaned_data["numbers"],
            "keys": [entry.pk for entry in self.cleaned_data["entry"]],
            "printed": self.cleaned_data["printed"] != "0",
        }

    @property
    def problem(self) -> str:
        return _said(self)


def _said(form: forms.Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
