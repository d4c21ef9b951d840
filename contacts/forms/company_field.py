"""The company that a person works for, typed or picked."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from contacts.models import Contact
from contacts.widgets import PickCompany


class CompanyField(forms.CharField):
    """A company by number, by exact name, or as picked: "CT000012 Nordisk Lys A/S"."""

    widget = PickCompany

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Contact.objects.companies().filter(pk=value).first()
        return f"{value.number} {value.name}" if isinstance(value, Contact) else value

    def clean(self, value: Any) -> Contact | None:
        words = super().clean(value)
        if not words:
            return None
        companies = Contact.objects.companies()
        found = list(companies.numbered(words.split()[0])[:1] or companies.known_as([words])[:2])
        if not found:
            message = gettext("There is no company “%(value)s”. Type its number or exact name.")
            raise forms.ValidationError(message % {"value": words})
        if len(found) > 1:
            message = gettext("Several companies are called “%(value)s”. Type the number.")
            raise forms.ValidationError(message % {"value": words})
        return found[0]
