"""Forms for a contact: one for companies, one for persons."""

from copy import copy
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.inheritance import heritage, inherit, take_over, taken_over_sentence
from contacts.members import drop_misfits
from contacts.minors import protect_minor
from contacts.models import Contact, ContactDefaults, NumberSeries, Salesperson, User
from contacts.numbers import number_problem
from contacts.phones import clean_phone
from contacts.texts import clean_postal_code, clean_vat_number, one_line
from contacts.widgets import Several

from .company_field import CompanyField
from .layout import Group, lay_out
from .only_changes import TellsOverlaps

NOTHING = "–"
NAME_PARTS = ("first_name", "middle_name", "surname")
PHONES = ("phone", "mobile")
# Groups are chosen when a contact is created; later they have pages of their own.
GROUPS = ("mailing_groups", "industry_groups")
WIDGETS = {
    "mailing_groups": Several(none=_("None")),
    "industry_groups": Several(none=_("None")),
    "notes": forms.Textarea({"rows": 4}),
}
LAYOUT = (
    Group(_("Address"), ("address", "address_2", "postal_code", "city", "region", "country")),
    Group(_("Phone and e-mail"), ("phone", "mobile", "email"), ("email_2", "home_page")),
    Group(
        _("How we write"),
        ("salesperson", "language", "correspondence_type", "salutation", "territory", *GROUPS),
    ),
    Group(
        _("Segments and privacy"),
        ("active", "excluded", "privacy_blocked", "minor", "parental_consent"),
    ),
    Group(_("Other"), ("notes",), ("number", "vat_number", "external_id")),
)
COMMON = tuple(
    name
    for group in LAYOUT
    for name in (*group.usual, *group.more)
    if name not in ("number", "minor", "parental_consent", "industry_groups")
)


class ContactForm(TellsOverlaps, forms.ModelForm[Contact]):
    """What companies and persons have in common. The type is the form's, not a field.

    `notes` is what saving did beside: sentences for people. A contact that exists must be locked.
    """

    type: str
    first_group: Group

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        required=False,
        help_text=_("Empty: the next number of the series"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.notes: list[str] = []
        self.before = copy(self.instance) if self.instance.pk else None
        same_type = self.instance.type == self.type
        self.instance.type = self.type
        if self.before:
            self._drop("number", *GROUPS)
            if same_type:
                self.remember_shown()
        salesperson = cast("forms.ModelChoiceField[Salesperson]", self.fields["salesperson"])
        salesperson.queryset = self._salespeople()
        for field in self.fields.values():
            _dress(field)

    @property
    def helper(self) -> FormHelper:
        """The layout: what was refused is unfolded."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*lay_out(self, (self.first_group, *LAYOUT)))
        return helper

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _salespeople(self) -> QuerySet[Salesperson]:
        """Those who may be put on contacts, and the one who is on this one (R58)."""
        active = Salesperson.objects.active()
        return active | Salesperson.objects.filter(pk=self.instance.salesperson_id)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if number and (problem := number_problem(number)):
            raise forms.ValidationError(problem)
        if number and Contact.objects.numbered(number).exists():
            raise forms.ValidationError(_("This number is used already."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = " ".join(filter(None, (cleaned.get(part) for part in NAME_PARTS)))
        if len(name) > 150:
            self.add_error(None, _("The name is longer than 150 characters."))
        self._normalise()
        self.refuse_overlaps()
        self.forget_unchanged()
        return cleaned

    def _normalise(self) -> None:
        """Take stray white space away; phones and VAT number as their country writes them."""
        cleaned = self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str) and name != "notes":
                cleaned[name] = one_line(value)
        cleaned["postal_code"] = clean_postal_code(cleaned.get("postal_code", ""))
        country = cleaned.get("country") or ""
        own_country = country or ContactDefaults.ours().country
        for name in PHONES:
            self._clean_with(clean_phone, name, own_country)
        self._clean_with(clean_vat_number, "vat_number", country)

    def _clean_with(self, clean: Any, name: str, country: str) -> None:
        """Let `clean` look at a field that the person changed: what stands there may be older."""
        if not self.cleaned_data.get(name) or name not in self.changed_data:
            return
        try:
            self.cleaned_data[name] = clean(self.cleaned_data[name], country)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.notes += protect_minor(self.instance, self.before)
        except forms.ValidationError as error:
            self.add_error(None, error)

    def save(self, commit: bool = True) -> Contact:
        """Save the contact, with the next number if none was typed, and what follows from it."""
        if not self.instance.pk:
            self.instance.number = self.cleaned_data["number"] or self._draw()
        with transaction.atomic():
            return self._save()

    def _save(self) -> Contact:
        contact = super().save()
        if self.before and self.before.type != self.type:
            self.notes += drop_misfits(contact)
        return contact

    def _draw(self) -> str:
        taken = Contact.objects.numbered
        return NumberSeries.objects.draw("contacts", taken=lambda number: taken(number).exists())


def _dress(field: forms.Field) -> None:
    """Name the lists that unfold, and let an empty choice look empty."""
    if isinstance(field.widget, Several):
        field.widget.attrs["title"] = field.label or ""
    elif isinstance(field, forms.ModelChoiceField):
        field.empty_label = NOTHING
    elif isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [(value, label if value else NOTHING) for value, label in choices]


class CompanyForm(ContactForm):
    """A company. It has one name, and industry groups."""

    type = Contact.Type.COMPANY
    first_group = Group(_("Company"), ("name",), ("name_2",))

    class Meta:
        model = Contact
        fields = ("name", "name_2", *COMMON, "industry_groups")
        widgets = WIDGETS

    def _save(self) -> Contact:
        """Save, and pass on what changed to the persons (R13)."""
        before = heritage([self.instance.pk]) if self.before else {}
        company = super()._save()
        passed_on = inherit(before, by=self.by)
        self.notes += [inherited.sentence for inherited in passed_on if inherited.persons]
        return company


class PersonForm(ContactForm):
    """A person. The name is made of its parts; the company is the employer."""

    type = Contact.Type.PERSON
    first_group = Group(
        _("Person"),
        (*NAME_PARTS, "job_title", "company"),
        ("initials", "name_2", "organizational_level"),
    )

    company = CompanyField(
        label=_("Company"),
        required=False,
        help_text=_("Type part of the name and pick, or type the number"),
    )

    class Meta:
        model = Contact
        fields = (
            *NAME_PARTS,
            "initials",
            "name_2",
            "job_title",
            "organizational_level",
            "company",
            *COMMON,
            "minor",
            "parental_consent",
        )
        widgets = WIDGETS

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(part) for part in NAME_PARTS) and not self.errors:
            self.add_error("first_name", _("A person needs a name."))
        return super().clean()

    def _save(self) -> Contact:
        """Save, with what the person takes over from a company that is new (R12)."""
        old = self.before.company if self.before else None
        defaults = {} if self.before else self.initial
        taken = take_over(self.instance, old, keep=self.changed_data, unset=defaults)
        if taken:
            self.notes.append(taken_over_sentence(self.instance, taken))
        return super()._save()


FORMS: dict[str, type[ContactForm]] = {form.type: form for form in (CompanyForm, PersonForm)}
