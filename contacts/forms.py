"""Forms for a contact: one for companies, one for persons."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Field, Layout, Row
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, NumberSeries, Salesperson
from contacts.numbers import number_problem
from contacts.widgets import PickCompany, Several

WHERE = (
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
HOW = ("language", "salesperson", "correspondence_type", "salutation", "mailing_groups")
FLAGS = ("excluded", "privacy_blocked", "active")


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


class ContactForm(forms.ModelForm[Contact]):
    """What companies and persons have in common. The type is the form's, not a field."""

    type: str
    first_groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        required=False,
        help_text=_("Empty: the next number of the series"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.type = self.type
        if self.instance.pk:
            del self.fields["number"]
        salesperson = cast("forms.ModelChoiceField[Salesperson]", self.fields["salesperson"])
        salesperson.queryset = self._salespeople()
        for field in self.fields.values():
            _dress(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(self._group(*group) for group in self._groups()))

    def _salespeople(self) -> QuerySet[Salesperson]:
        """Those who may be put on contacts, and the one who is on this one (R58)."""
        return Salesperson.objects.filter(Q(blocked=False) | Q(pk=self.instance.salesperson_id))

    def _groups(self) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        return (
            *self.first_groups,
            (_("Address"), WHERE),
            (
                _("How we write"),
                tuple(name for name in (*HOW, "industry_groups") if self._has(name)),
            ),
            (_("Segments and privacy"), (*FLAGS, *self._minor())),
            (_("Other"), ("vat_number", "external_id", "number", "notes")),
        )

    def _has(self, name: str) -> bool:
        return name in self.fields

    def _minor(self) -> tuple[str, ...]:
        return tuple(name for name in ("minor", "parental_consent") if self._has(name))

    def _group(self, heading: Any, names: tuple[str, ...]) -> Div:
        columns = [Column(Field(name), css_class=_width(name)) for name in names if self._has(name)]
        heading_html = HTML(f'<h2 class="bar">{heading}</h2>')
        return Div(heading_html, Row(*columns, css_class="fields"), css_class="card mb-3")

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
        return cleaned

    def save(self, commit: bool = True) -> Contact:
        """Save the contact, with the next number if none was typed."""
        if not self.instance.pk:
            self.instance.number = self.cleaned_data["number"] or self._draw()
        return super().save(commit)

    def _draw(self) -> str:
        taken = Contact.objects.numbered
        return NumberSeries.objects.draw("contacts", taken=lambda number: taken(number).exists())


NOTHING = "–"
NAME_PARTS = ("first_name", "middle_name", "surname")
COMMON = (*WHERE, *HOW, *FLAGS, "vat_number", "external_id", "notes")
WIDGETS = {
    "mailing_groups": Several(none=_("None")),
    "industry_groups": Several(none=_("None")),
    "notes": forms.Textarea({"rows": 4}),
}
WIDE = {"notes", "address", "mailing_groups", "industry_groups", "company", "name"}


def _dress(field: forms.Field) -> None:
    """Name the lists that unfold, and let an empty choice look empty."""
    if isinstance(field.widget, Several):
        field.widget.attrs["title"] = field.label or ""
    elif isinstance(field, forms.ModelChoiceField):
        field.empty_label = NOTHING
    elif isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [(value, label if value else NOTHING) for value, label in choices]


def _width(name: str) -> str:
    if name == "notes":
        return "col-12"
    return "col-sm-6" if name in WIDE else "col-sm-6 col-lg-3"


class CompanyForm(ContactForm):
    """A company. It has one name, and industry groups."""

    type = Contact.Type.COMPANY
    first_groups = ((_("Company"), ("name",)),)

    class Meta:
        model = Contact
        fields = ("name", *COMMON, "industry_groups")
        widgets = WIDGETS


class PersonForm(ContactForm):
    """A person. The name is made of its parts; the company is the employer."""

    type = Contact.Type.PERSON
    first_groups = ((_("Person"), (*NAME_PARTS, "initials", "job_title", "company")),)

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
            "job_title",
            "company",
            *COMMON,
            "minor",
            "parental_consent",
        )
        widgets = WIDGETS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(part) for part in NAME_PARTS) and not self.errors:
            self.add_error("first_name", _("A person needs a name."))
        return cleaned


FORMS: dict[str, type[ContactForm]] = {form.type: form for form in (CompanyForm, PersonForm)}


class ImportForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_IMPORT_SIZE:
            message = gettext("The file is larger than %(limit)s. Divide it into several files.")
            limit = filesizeformat(settings.MAX_IMPORT_SIZE)
            raise forms.ValidationError(message % {"limit": limit})
        return file
