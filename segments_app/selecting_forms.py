"""Forms of what goes into a segment and out of it."""

import math
import re
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from contacts.conditions import ObjectsField, SeveralField
from contacts.models import OrganizationalLevel
from contacts.widgets import Several
from interactions.models import Evaluation, LoggedSegment
from segments_app.from_logged import FromLogged, Outcome
from segments_app.thinning import MOST_PARTS, Keep, Per

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
    outcome = forms.ChoiceField(label=_("Only"), choices=Outcome.choices, required=False)
    evaluations = SeveralField(
        label=_("Which evaluations"),
        choices=Evaluation.choices,
        required=False,
        error_messages=UNKNOWN,
    )
    action = forms.ChoiceField(label=_("What to do"), choices=ACTIONS, required=False)

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


class How(TextChoices):
    """What leaves only some lines."""

    ONE_PER = "one_per", _("Keep one line for each household or company")
    SAMPLE = "sample", _("Keep a random sample")
    HOLD_OUT = "hold_out", _("Hold a random share out")
    SPLIT = "split", _("Split into parts")


class ThinForm(forms.Form):
    """How a segment is made smaller without any condition."""

    how = forms.ChoiceField(label=_("What to do"), choices=How.choices, required=False)
    per = forms.ChoiceField(label=_("One for each"), choices=Per.choices, required=False)
    keep = forms.ChoiceField(label=_("Whom to keep"), choices=Keep.choices, required=False)
    level = forms.ModelChoiceField(
        label=_("Organizational level"),
        queryset=OrganizationalLevel.objects.all(),
        to_field_name="code",
        required=False,
        help_text=_("Where nobody has it, the first line is kept."),
    )
    number = forms.FloatField(label=_("How many"), min_value=0, required=False, initial=10)
    unit = forms.ChoiceField(
        label=_("Of what"),
        choices=[("percent", _("percent")), ("lines", _("lines"))],
        required=False,
    )
    apart = forms.BooleanField(
        label=_("Put them into a segment of their own"), required=False, initial=True
    )
    shares = forms.CharField(
        label=_("Shares"),
        required=False,
        initial="50/50",
        help_text=_("50/50, or 40/30/30: the first part stays, each other becomes a segment."),
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        required=False,
        help_text=_("Any word. The same word draws the same contacts again."),
    )

    def clean_how(self) -> str:
        return str(self.cleaned_data["how"] or How.ONE_PER)

    def clean_shares(self) -> list[float]:
        """Read "50/50", "40, 30, 30" or "2 1"."""
        texts = re.split(r"[\s/;,]+", self.cleaned_data["shares"].strip().strip("/;,"))
        try:
            shares = [float(text) for text in texts if text]
        except ValueError:
            shares = []
        if shares and (min(shares) <= 0 or not all(map(math.isfinite, shares))):
            shares = []
        if self.cleaned_data.get("how") == How.SPLIT and not 2 <= len(shares) <= MOST_PARTS:
            raise forms.ValidationError(_("Give two shares or more, such as 50/50 or 40/30/30."))
        return shares

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        wants_level = cleaned.get("how") == How.ONE_PER and cleaned.get("keep") == Keep.LEVEL
        if wants_level and not cleaned.get("level"):
            self.add_error("level", _("Choose the organizational level."))
        drawn = cleaned.get("how") in (How.SAMPLE, How.HOLD_OUT)
        if drawn and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", _("Say how many."))
        if cleaned.get("how") == How.HOLD_OUT and (cleaned.get("number") or 0) >= 100:
            self.add_error("number", _("Hold out less than all of them."))
        return cleaned
