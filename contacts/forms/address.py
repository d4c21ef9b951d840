"""The form of an alternative address, with the periods in which it is in force."""

from typing import Any, ClassVar, cast

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from contacts.models import AddressPeriod, AlternativeAddress, Contact, ContactDefaults
from contacts.phones import clean_phone
from contacts.texts import clean_postal_code, one_line

FIELDS = (
    "code",
    "company_name",
    "address",
    "address_2",
    "postal_code",
    "city",
    "region",
    "country",
    "phone",
    "mobile",
    "email",
    "home_page",
)
MORE = ("phone", "mobile", "email", "home_page")
# An address has so many periods at most.
MOST_PERIODS = 100
DATE = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class AddressForm(forms.ModelForm[AlternativeAddress]):
    """An address of `contact` beside the usual one."""

    class Meta:
        model = AlternativeAddress
        fields = FIELDS

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.contact = contact
        if not self.instance.pk:
            self.initial["country"] = contact.country
        self.fields["code"].help_text = _("A short name, such as SUMMER")
        self.fields["company_name"].help_text = _("On the envelope; empty for a private address")
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in FIELDS if name not in MORE]

    def more(self) -> list[forms.BoundField]:
        """The fields that are seldom needed."""
        return [self[name] for name in MORE]

    def more_is_open(self) -> bool:
        return any(self[name].errors or self[name].value() for name in MORE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in cleaned.items():
            cleaned[name] = one_line(value) if isinstance(value, str) else value
        cleaned["postal_code"] = clean_postal_code(cleaned.get("postal_code", ""))
        country = cleaned.get("country") or ContactDefaults.ours().country
        for name in ("phone", "mobile"):
            try:
                cleaned[name] = clean_phone(cleaned.get(name, ""), country)
            except forms.ValidationError as error:
                self.add_error(name, error)
        if not any(cleaned.get(name) for name in FIELDS if name not in ("code", "country")):
            self.add_error(None, _("Say at least what is different at this address."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The contact is no field, but with it a code stands once."""
        excluded = cast("Any", super())._get_validation_exclusions()
        return set(excluded) - {"contact"}


class PeriodFormSet(BaseInlineFormSet[AddressPeriod, AlternativeAddress, Any]):
    """The periods of one address. No two addresses of a contact come into force on one day."""

    default_error_messages: ClassVar = {
        "too_many_forms": _("An address has at most %(num)d periods."),
    }

    def clean(self) -> None:
        super().clean()
        others = AddressPeriod.objects.of_others(self.instance).select_related("address")
        taken = {period.starts_on: period.address.code for period in others}
        for form in self.forms:
            starts = getattr(form, "cleaned_data", {}).get("starts_on")
            if not starts or form.cleaned_data.get("DELETE"):
                continue
            if starts in taken:
                message = _("From this day %(code)s is in force. Choose another day.")
                form.add_error("starts_on", message % {"code": taken[starts]})
            taken[starts] = self.instance.code


Periods = inlineformset_factory(
    AlternativeAddress,
    AddressPeriod,
    formset=PeriodFormSet,
    fields=("starts_on", "ends_on"),
    widgets={"starts_on": DATE, "ends_on": DATE},
    extra=2,
    max_num=MOST_PERIODS,
    absolute_max=MOST_PERIODS,
    validate_max=True,
)
