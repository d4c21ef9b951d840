"""What people fill in about interactions and campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Salesperson

from .models import Campaign, Evaluation, InteractionLogEntry, InteractionTemplate


def _date() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class EvaluationForm(forms.ModelForm[InteractionLogEntry]):
    """How an interaction went."""

    evaluation = forms.ChoiceField(
        choices=[("", _("Not evaluated")), *Evaluation.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select", "aria-label": _("Evaluation")}),
    )

    class Meta:
        model = InteractionLogEntry
        fields = ["evaluation"]


class PeriodForm(forms.Form):
    """From when to when."""

    date_from = forms.DateField(label=_("From"), required=False, widget=_date())
    date_to = forms.DateField(label=_("To"), required=False, widget=_date())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-sm"


class EvaluateForm(forms.Form):
    """How many interactions went."""

    evaluation = forms.ChoiceField(
        label=_("Evaluation"),
        choices=[("", _("Not evaluated")), *Evaluation.choices],
        required=False,
    )


class CommentForm(forms.Form):
    """A comment on one interaction or on many."""

    text = forms.CharField(
        label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ImportForm(forms.Form):
    """A file of interactions; of responses to a campaign with the template they are logged with."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"})
    )
    template = forms.ModelChoiceField(
        InteractionTemplate.objects.active(), label=_("Interaction template")
    )

    def __init__(self, *args: Any, campaign: Campaign | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if campaign is None:
            del self.fields["template"]


class CampaignForm(forms.ModelForm[Campaign]):
    """A campaign. Its number is drawn or typed when it is created, and stays."""

    class Meta:
        model = Campaign
        fields = ["number", "description", "status", "starts", "ends", "salesperson"]
        widgets = {"starts": _date(), "ends": _date()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].required = False
        salesperson: Any = self.fields["salesperson"]
        salesperson.queryset = self._salespeople()
        if self.instance.pk:
            del self.fields["number"]
        else:
            self._let_number_be_drawn()

    def clean_status(self) -> str:
        return str(self.cleaned_data["status"] or self.instance.status)

    def save(self, commit: bool = True) -> Campaign:
        """Save the campaign, with the next number of the series when none was typed (D21)."""
        if not self.instance.number:
            self.instance.number = Campaign.next_number()
        return super().save(commit)

    def _let_number_be_drawn(self) -> None:
        number = self.fields["number"]
        number.required = False
        number.help_text = _("Empty: the next number of the series.")

    def _salespeople(self) -> Any:
        """Who may be chosen, and who is chosen already."""
        active, present = Salesperson.objects.active(), self.instance.salesperson_id
        return active | Salesperson.objects.filter(pk=present) if present else active
