"""Forms of what goes into a segment and out of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.conditions import ObjectsField, SeveralField
from contacts.widgets import Several
from interactions.models import Evaluation, LoggedSegment
from segments_app.from_logged import FromLogged, Outcome

ACTIONS = [("add", _("Add them")), ("reduce", _("Take them out")), ("refine", _("Keep only them"))]
UNKNOWN = {"invalid_choice": _("“%(value)s” is not known.")}


def logged_segments(label: Any) -> ObjectsField:
    """A field for several logged segments."""
    return ObjectsField(
        queryset=LoggedSegment.objects.defer("snapshot"),
        code="number",
        called=str,
        label=label,
        required=False,
        widget=Several(none=_("None")),
        error_messages=UNKNOWN,
    )


class FromLoggedForm(forms.Form):
    """Which logged segments, what became of it, and what to do with the contacts."""

    logged = logged_segments(_("In any of"))
    logged_all = logged_segments(_("In all of"))
    logged_not = logged_segments(_("But in none of"))
    outcome = forms.ChoiceField(
        label=_("Only"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    evaluations = SeveralField(
        label=_("Which evaluations"),
        choices=Evaluation.choices,
        required=False,
        error_messages=UNKNOWN,
    )
    action = forms.ChoiceField(
        label=_("What to do"), choices=ACTIONS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: Any = {}
        for name in ("logged", "logged_all", "logged_not"):
            field: Any = self.fields[name]
            field.lists = lists

    def clean_action(self) -> str:
        return str(self.cleaned_data["action"] or "add")

    def asked(self) -> FromLogged:
        """What a valid form asks for."""
        cleaned = self.cleaned_data
        return FromLogged(
            cleaned["logged"],
            cleaned["logged_all"],
            cleaned["logged_not"],
            cleaned["outcome"],
            cleaned["evaluations"],
        )
