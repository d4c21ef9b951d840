"""Forms of the worksheet."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.forms import ModelForm
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from contacts.forms import OnlyChanges
from contacts.models import Salesperson
from contacts.numbers import plain_number
from interactions.models import Campaign, InteractionTemplate
from segments_app.models import Segment
from segments_app.models.segment import number_taken
from segments_app.whom import Whom

AS_TEMPLATE = _("As the template says")
# What an empty choice on the header means.
EMPTY = {
    "template": _("None yet"),
    "campaign": _("None"),
    "salesperson": _("Each contact's own"),
}
EMPTY_MORE = {
    "language": _("The template's default"),
    "correspondence_type": _("As the contact prefers, else the template"),
    "information_flow": AS_TEMPLATE,
    "initiated_by": AS_TEMPLATE,
}
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ActiveChoices:
    """Offers templates and salespeople who are not blocked, and the one already chosen."""

    fields: dict[str, Any]
    instance: Any

    def offer_active(self) -> None:
        models: dict[str, Any] = {"template": InteractionTemplate, "salesperson": Salesperson}
        for name, model in models.items():
            if name in self.fields:
                chosen = model.objects.filter(pk=getattr(self.instance, f"{name}_id"))
                self.fields[name].queryset = model.objects.active() | chosen


def say_empty(form: Any, labels: dict[str, Any]) -> None:
    """Let the empty choice of select fields say what it means."""
    for name, label in labels.items():
        field = form.fields[name]
        if hasattr(field, "empty_label"):
            field.empty_label = label
        else:
            field.choices = [("", label), *[choice for choice in field.choices if choice[0]]]


class SegmentForm(ActiveChoices, ModelForm[Segment]):
    """The header of a new segment: what it is; the rest can wait."""

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        required=False,
        validators=[plain_number],
        help_text=_("Empty: the next one of the series."),
    )

    class Meta:
        model = Segment
        fields = ["description", "template", "campaign", "salesperson", "date", "number"]
        widgets = {"date": DATE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_active()
        say_empty(self, EMPTY)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "description",
            Row(Column("template"), Column("campaign")),
            Row(Column("salesperson"), Column("date"), Column("number")),
        )

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        if number and number_taken(number):
            raise forms.ValidationError(
                _("The number %(number)s is used."), params={"number": number}
            )
        return number


class HeaderForm(OnlyChanges, ActiveChoices, ModelForm[Segment]):
    """What the interaction is, for every line that does not say otherwise."""

    class Meta:
        model = Segment
        fields = [
            "description",
            "template",
            "campaign",
            "salesperson",
            "date",
            "language",
            "subject",
            "correspondence_type",
            "ignore_contact_correspondence_type",
            "unit_cost",
            "unit_duration",
            "information_flow",
            "initiated_by",
            "campaign_target",
            "campaign_response",
            "ready",
        ]
        widgets = {"date": DATE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_active()
        say_empty(self, EMPTY | EMPTY_MORE)
        self.remember_shown()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "description",
            Row(Column("template"), Column("date")),
            Row(Column("campaign"), Column("salesperson")),
            Row(Column("subject"), Column("language")),
            Row(Column("correspondence_type"), Column("unit_cost"), Column("unit_duration")),
            "ignore_contact_correspondence_type",
            Row(Column("information_flow"), Column("initiated_by")),
            Row(Column("campaign_target"), Column("campaign_response")),
            "ready",
        )


class AddOptionsForm(forms.Form):
    """How contacts are added (R31)."""

    expand_companies = forms.BooleanField(
        label=_("Entire companies: the company and everyone in it"), required=False
    )
    related_companies = forms.BooleanField(
        label=_("Also the company of each person"), required=False
    )
    allow_existing = forms.BooleanField(
        label=_("Allow contacts that are on the sheet already"), required=False
    )
    ignore_exclusion = forms.BooleanField(
        label=_("Also contacts excluded from segments"), required=False
    )


class RemoveOptionsForm(forms.Form):
    """How contacts are reduced or refined (R41)."""

    entire_companies = forms.BooleanField(
        label=_("Entire companies: if anyone in it matches, everyone does"), required=False
    )


class LetterForm(forms.Form):
    """A finished Word letter for one contact."""

    document = forms.FileField(
        label=_("Word document"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )


class FollowUpForm(forms.Form):
    """What the follow-up segment is called, whom it is for, and what it takes along."""

    description = forms.CharField(label=_("Description"), max_length=150)
    whom = forms.ChoiceField(label=_("Contacts"), initial="all", required=False)
    copy_header = forms.BooleanField(
        label=_("Copy the settings of the header"),
        required=False,
        help_text=_("Template, subject, correspondence type and so on. The date is today."),
    )

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["whom"]
        labels = dict(Whom.choices)
        field.choices = [
            (whom, f"{labels[whom]} ({number_format(count, use_l10n=True, force_grouping=True)})")
            for whom, count in counts.items()
            if count or whom == Whom.ALL
        ]

    def clean_whom(self) -> str:
        return str(self.cleaned_data["whom"] or Whom.ALL)


class FollowUpEntriesForm(FollowUpForm):
    """The same for interactions of any segment: there is no header to copy."""

    copy_header = None  # type: ignore[assignment]
    template = forms.ModelChoiceField(
        InteractionTemplate.objects.active(),
        label=_("Interaction template"),
        required=False,
        empty_label=_("None yet"),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), label=_("Campaign"), required=False, empty_label=_("None")
    )


class ReuseForm(forms.Form):
    """What of a logged segment a new one begins with."""

    description = forms.CharField(label=_("Description"), max_length=150)
    contacts = forms.BooleanField(label=_("Its contacts"), required=False, initial=True)
    criteria = forms.BooleanField(
        label=_("Its criteria"),
        required=False,
        help_text=_("The steps from criteria are done again, on today's data."),
    )
    copy_header = forms.BooleanField(
        label=_("The settings of its header"),
        required=False,
        initial=True,
        help_text=_("Template, subject, correspondence type and so on. The date is today."),
    )


class LogForm(forms.Form):
    """What happens beside the logging."""

    deliver = forms.BooleanField(label=_("Send the e-mails"), required=False)
    follow_up = forms.BooleanField(label=_("Create a follow-up segment"), required=False)
    skip_problems = forms.BooleanField(label=_("Keep the problem lines back"), required=False)
