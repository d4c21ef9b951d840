"""The form that a consent is recorded on."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Consent

GIVEN, WITHDRAWN, NOTHING = "given", "withdrawn", "nothing"
GIVEN_AS = {GIVEN: True, WITHDRAWN: False, NOTHING: None}


class ConsentForm(forms.Form):
    """What the contact says now. The date is today until another one is given."""

    said = forms.ChoiceField(
        label=_("The consent is"),
        choices=[
            (GIVEN, _("given")),
            (WITHDRAWN, _("withdrawn")),
            (NOTHING, _("neither: nothing was said")),
        ],
        widget=forms.RadioSelect,
    )
    date = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("When the contact said so."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=Consent._meta.get_field("source").help_text,
    )

    def __init__(self, consent: Consent | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"date": timezone.localdate()}
        if consent:
            self.initial["said"] = GIVEN if consent.given else WITHDRAWN
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field("said"),
            Row(
                Column(Field("date"), css_class="col-sm-4"),
                Column(Field("source"), css_class="col-sm-8"),
                css_class="fields",
            ),
        )

    def clean_date(self) -> datetime.date:
        date: datetime.date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise forms.ValidationError(_("The date is in the future."))
        return date

    @property
    def given(self) -> bool | None:
        """Yes, no, or None for nothing said."""
        return GIVEN_AS[self.cleaned_data["said"]]
