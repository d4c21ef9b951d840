"""The steps of recording an interaction with a single contact."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Field, Layout, Row
from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Salesperson
from contacts.widgets import PickContact

from .delivery.single import can_be_sent, why_not
from .following import find_contact, kind_of
from .forms import _date
from .models import (
    Campaign,
    Evaluation,
    InteractionKind,
    InteractionLogEntry,
    InteractionTemplate,
    KindTemplate,
)
from .via import reached_by

SUGGESTED = 5
# Of which day an interaction is that was begun on an earlier one.
TODAY, RECORDED = "today", "recorded"


class ContactField(forms.CharField):
    """One contact, picked, or by number or words of its name; several found are told to choose
    from."""

    widget = PickContact

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if exact := find_contact(text):
            return exact
        found = Contact.objects.suggestions(text, most=SUGGESTED + 1)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("No contact is found by that."))
        raise forms.ValidationError(
            gettext("Several contacts are found. Give the number: %(names)s"),
            params={"names": self._names(found)},
        )

    def _names(self, found: list[Contact]) -> str:
        names = "; ".join(f"{contact.number} {contact.name}" for contact in found[:SUGGESTED])
        return names + ("…" if len(found) > SUGGESTED else "")


def this_minute() -> datetime.datetime:
    """Now, rounded up to the minute, though not to tomorrow (R216)."""
    now = timezone.localtime()
    up = (now + datetime.timedelta(seconds=59, microseconds=999_999)).replace(
        second=0, microsecond=0
    )
    return up if up.date() == now.date() else now.replace(second=0, microsecond=0)


class WhatForm(forms.ModelForm[InteractionLogEntry]):
    """With whom, and what it was."""

    contact = ContactField(
        label=_("Contact"), help_text=_("Type part of a name and pick, or a number.")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=forms.RadioSelect)
    # Of which contact numbers and addresses are suggested.
    reached = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = InteractionLogEntry
        fields = [
            "template",
            "description",
            "salesperson",
            "date",
            "time",
            "correspondence_type",
            "contact_via",
            "language",
            "information_flow",
            "initiated_by",
        ]
        widgets = {
            "date": _date(),
            "time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "contact_via": forms.TextInput(attrs={"list": "contact-via"}),
        }

    def __init__(
        self,
        *args: Any,
        known: Contact | None = None,
        found: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        """`known` is whom it is with; `found` is whom the field of the contact names so far."""
        super().__init__(*args, **kwargs)
        self.known = known
        fields: dict[str, Any] = self.fields
        self._offer_kinds()
        fields["template"].queryset = InteractionTemplate.objects.active()
        fields["salesperson"].queryset = Salesperson.objects.active()
        for name in ("description", "language"):
            fields[name].required = False
        fields["description"].help_text = _("Empty: as the template says.")
        fields["language"].empty_label = _("The contact's")
        for name in ("correspondence_type", "information_flow", "initiated_by"):
            choices = [choice for choice in fields[name].choices if choice[0]]
            fields[name].choices = [("", _("As the template says")), *choices]
        fields["contact_via"].help_text = _("The phone number or e-mail address that was used.")
        self._suggest_ways(known or found)
        if known:
            del self.fields["contact"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _offer_kinds(self) -> None:
        """The kinds that have a template; the one of the entry's template is chosen."""
        field: Any = self.fields["kind"]
        kinds = KindTemplate.chosen()
        field.choices = [(kind, InteractionKind(kind).label) for kind in kinds]
        if self.instance.template_id:
            self.initial.setdefault("kind", kind_of(str(self.instance.template_id), kinds))

    def _suggest_ways(self, contact: Contact | None) -> None:
        self.reached_by = list(reached_by(contact).items()) if contact else []
        self.initial["reached"] = contact.number if contact else ""

    def _layout(self) -> Layout:
        return Layout(
            *([] if self.known else ["contact"]),
            Div(
                Field("kind", template="interactions/_record_kinds.html"),
                "template",
                Row(Column("salesperson"), Column("correspondence_type"), Column("contact_via")),
                HTML('{% include "interactions/_contact_via.html" %}'),
                "reached",
                css_id="follows",
                template="interactions/_record_follows.html",
            ),
            Row(Column("date"), Column("time")),
            "description",
            Row(Column("information_flow"), Column("initiated_by"), Column("language")),
        )

    def clean_date(self) -> Any:
        date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise forms.ValidationError(gettext("What happened cannot lie in the future."))
        return date

    def clean_time(self) -> Any:
        time, today = self.cleaned_data["time"], timezone.localdate()
        if time and self.cleaned_data.get("date") == today and time > this_minute().time():
            raise forms.ValidationError(gettext("What happened cannot lie in the future."))
        return time

    def values(self) -> dict[str, Any]:
        """What was said, the contact and the template apart."""
        left_out = ("contact", "template", "kind", "reached")
        return {name: self.cleaned_data[name] for name in self.fields if name not in left_out}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class FilesForm(forms.Form):
    """Files that came with it or went with it."""

    files = FilesField(label=_("Attach files"), required=False)  # type: ignore[assignment]


class ResultForm(forms.ModelForm[InteractionLogEntry]):
    """Which campaign it belongs to, how it went, and when, if it was begun on an earlier day."""

    when = forms.ChoiceField(label=_("Date"), widget=forms.RadioSelect)
    successful = forms.BooleanField(
        label=_("It was successful"),
        required=False,
        help_text=_("What was tried and failed is logged, and not sent."),
    )
    deliver = forms.BooleanField(label=_("Send the e-mail now"), required=False)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = InteractionLogEntry
        fields = [
            "campaign",
            "campaign_target",
            "campaign_response",
            "evaluation",
            "cost",
            "duration",
        ]

    def __init__(self, *args: Any, may_send: bool = False, **kwargs: Any) -> None:
        """With `may_send` the person may have the interaction's e-mail sent, if it is one."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self._offer_today()
        self._offer_sending(may_send=may_send)
        fields["campaign"].queryset = Campaign.objects.all()
        fields["campaign"].empty_label = _("None")
        fields["evaluation"].choices = [("", _("Not evaluated")), *Evaluation.choices]
        fields["campaign_response"].help_text = _("It answers the campaign.")
        self.initial["successful"] = not self.instance.attempt_failed
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *(name for name in ("when",) if name in fields),
            "campaign",
            Row(Column("campaign_target"), Column("campaign_response")),
            Row(Column("evaluation"), Column("cost"), Column("duration")),
            "successful",
            *(name for name in ("deliver",) if name in fields),
            "comment",
        )

    def _offer_today(self) -> None:
        """What goes out today is dated today (R219c); what has happened keeps its day."""
        if self.instance.date >= timezone.localdate():
            del self.fields["when"]
            return
        recorded = gettext("%(date)s, as recorded") % {
            "date": formats.date_format(self.instance.date, "SHORT_DATE_FORMAT")
        }
        self.fields["when"].choices = [(TODAY, gettext("Today")), (RECORDED, recorded)]  # type: ignore[attr-defined]
        self.initial["when"] = TODAY if self.instance.goes_out else RECORDED

    def moved(self) -> dict[str, Any]:
        """The day and time that the interaction gets when it is logged, if these are others."""
        if self.cleaned_data.get("when") != TODAY:
            return {}
        now = this_minute()
        return {"date": now.date(), "time": now.time() if self.instance.time else None}

    def _offer_sending(self, *, may_send: bool) -> None:
        """Ask whether to send, where there is an e-mail; what is in the way stands there too."""
        if not (may_send and can_be_sent(self.instance)):
            del self.fields["deliver"]
            return
        self.in_the_way = why_not(self.instance)
        self.initial["deliver"] = not self.in_the_way
        if self.in_the_way:
            self.fields["deliver"].help_text = self.in_the_way
        elif self.instance.contact_via:
            to = {"address": self.instance.contact_via}
            self.fields["deliver"].help_text = gettext("To %(address)s, in the background.") % to

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("campaign"):
            for name in ("campaign_target", "campaign_response"):
                if cleaned.get(name):
                    self.add_error(name, _("Choose the campaign first."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was said, as fields of the entry; `comment` beside them."""
        values = {"deliver": False, **self.cleaned_data}
        values.pop("when", None)
        values["attempt_failed"] = not values.pop("successful")
        return values
