"""What can be asked of a contact: the one definition, for pages, segments and commands."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, Self

import django_filters
from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.conditions import (
    GROUPS,
    AnyObject,
    AnyOf,
    Condition,
    InAnyGroup,
    OneCompany,
    OneOf,
    Text,
    YesNo,
)
from contacts.countries import country_choices
from contacts.models import (
    Contact,
    ContactIndustryGroup,
    ContactMailingGroup,
    CorrespondenceType,
    IndustryGroup,
    Language,
    MailingGroup,
    Salesperson,
    Salutation,
)
from contacts.ordering import LAST


class ConditionsForm(forms.Form):
    """Refuses what it does not know, so that a slip of the pen never selects everyone."""

    besides: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def clean(self) -> dict[str, Any]:
        for name in sorted(set(self.data) - set(self.fields) - self.besides):
            self.add_error(None, self._unknown(name))
        for name in self.fields:
            self._refuse_two(name)
        self._refuse_backward_range()
        return self.cleaned_data

    def _unknown(self, name: str) -> str:
        near = get_close_matches(name, list(self.fields), 1)
        if near:
            message = gettext("There is no condition “%(name)s”. Did you mean “%(near)s”?")
            return message % {"name": name, "near": near[0]}
        return gettext("There is no condition “%(name)s”.") % {"name": name}

    def _refuse_two(self, name: str) -> None:
        several = getattr(self.fields[name].widget, "allow_multiple_selected", False)
        if several or not isinstance(self.data, MultiValueDict):
            return
        if len({value for value in self.data.getlist(name) if value}) > 1:
            self.add_error(name, gettext("Only one value can be given here."))

    def _refuse_backward_range(self) -> None:
        first = self.cleaned_data.get("postal_code_from")
        last = self.cleaned_data.get("postal_code_to")
        if first and last and first.upper() > last.upper() + LAST:
            message = gettext("%(last)s comes before %(first)s.")
            self.add_error("postal_code_to", message % {"first": first, "last": last})


class ContactFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Conditions on contacts. The names are those of the query string, and stable.

    Ask `is_valid()` first: `qs` of invalid conditions is nobody, and `problems()` says why.
    """

    # What else may stand in the query string.
    besides = frozenset({"page", "sort"})

    q = Condition(
        label=_("Search"),
        clause=_("found by “%(value)s”"),
        by="search",
        max_length=200,
        widget=forms.TextInput({"placeholder": _("Name, company, city, number or e-mail")}),
    )
    type = OneOf(
        label=_("Type"),
        choices=Contact.Type.choices,
        clauses={"company": _("is a company"), "person": _("is a person")},
    )
    company = OneCompany(
        label=_("Company"),
        clause=_("belongs to %(value)s"),
        help_text=_("The number of a company"),
    )
    country = AnyOf(
        label=_("Country"),
        choices=country_choices,
        clause=_("country is %(value)s"),
        group=GROUPS["address"],
    )
    city = Condition(
        label=_("City"),
        clause=_("city begins with %(value)s"),
        by="in_city",
        group=GROUPS["address"],
        max_length=80,
    )
    postal_code_from = Condition(
        label=_("Postal code from"),
        clause=_("postal code from %(value)s"),
        by="from_postal_code",
        group=GROUPS["address"],
        max_length=20,
    )
    postal_code_to = Condition(
        label=_("Postal code to"),
        clause=_("postal code to %(value)s"),
        by="to_postal_code",
        group=GROUPS["address"],
        max_length=20,
    )
    has_address = YesNo(
        label=_("Has a postal address"),
        yes=_("has a postal address"),
        no=_("has no postal address"),
        by="having_address",
        group=GROUPS["address"],
    )
    language = AnyObject(
        label=_("Language"), queryset=Language.objects.all(), clause=_("language is %(value)s")
    )
    salesperson = AnyObject(
        label=_("Salesperson"),
        queryset=Salesperson.objects.all(),
        clause=_("salesperson is %(value)s"),
    )
    correspondence_type = AnyOf(
        label=_("Correspondence type"),
        choices=CorrespondenceType.choices,
        clause=_("correspondence type is %(value)s"),
    )
    salutation = AnyObject(
        label=_("Salutation"),
        queryset=Salutation.objects.all(),
        clause=_("salutation is %(value)s"),
    )
    has_email = YesNo(
        label=_("Has an e-mail address"),
        yes=_("has an e-mail address"),
        no=_("has no e-mail address"),
        by="having_email",
    )
    excluded = YesNo(
        label=_("Excluded from segments"),
        yes=_("is excluded from segments"),
        no=_("is not excluded from segments"),
        by="excluded",
    )
    status = YesNo(
        label=_("May be selected"),
        yes=_("may be selected"),
        no=_("may not be selected"),
        by="by_status",
        help_text=_("Not excluded, not privacy blocked, no minor without consent, active"),
    )
    mailing_groups = InAnyGroup(
        label=_("In mailing group"),
        queryset=MailingGroup.objects.all(),
        through=ContactMailingGroup,
        clause=_("in mailing group %(value)s"),
    )
    mailing_groups_not = InAnyGroup(
        label=_("Not in mailing group"),
        queryset=MailingGroup.objects.all(),
        through=ContactMailingGroup,
        negated=True,
        clause=_("not in mailing group %(value)s"),
    )
    industry_groups = InAnyGroup(
        label=_("In industry group"),
        queryset=IndustryGroup.objects.all(),
        through=ContactIndustryGroup,
        key="company",
        clause=_("in industry group %(value)s"),
        help_text=_("Persons are found through their company"),
    )
    industry_groups_not = InAnyGroup(
        label=_("Not in industry group"),
        queryset=IndustryGroup.objects.all(),
        through=ContactIndustryGroup,
        key="company",
        negated=True,
        clause=_("not in industry group %(value)s"),
    )

    class Meta:
        model = Contact
        form = ConditionsForm
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and not isinstance(data, MultiValueDict):
            data = MultiValueDict(
                {name: [value] if isinstance(value, str) else value for name, value in data.items()}
            )
        super().__init__(data, *args, **kwargs)

    @classmethod
    def from_query_string(cls, criteria: str, **kwargs: Any) -> Self:
        """Read conditions as a page shows them in its address: "country=DK&country=SE"."""
        return cls(QueryDict(criteria.removeprefix("?"), encoding="utf-8"), **kwargs)

    def get_form_class(self) -> Any:
        form = super().get_form_class()
        form.besides = self.besides
        return form

    @property
    def qs(self) -> Any:
        """The contacts that meet all conditions; nobody while a condition is wrong."""
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    def chosen(self) -> dict[str, Any]:
        """Return the cleaned values of the conditions that are set, by name."""
        if not self.is_valid():
            return {}
        values = {name: self.form.cleaned_data.get(name) for name in self.filters}
        return {name: value for name, value in values.items() if value not in (None, "", [], ())}

    def parameters(self) -> dict[str, list[str]]:
        """Return the conditions that are set as plain texts; the class reads them back."""
        return {name: self.filters[name].texts(value) for name, value in self.chosen().items()}

    def query_string(self) -> str:
        """Return the conditions that are set as they stand in an address."""
        return urlencode(self.parameters(), doseq=True)

    def sentence(self) -> str:
        """Return the conditions in words, "" if none is set.

        "country is Denmark or Sweden, and not in industry group Retail"
        """
        clauses = [self.filters[name].say(value) for name, value in self.chosen().items()]
        return str(_(", and ")).join(clauses)

    def problems(self) -> list[str]:
        """Return what is wrong, each with the name of its condition."""
        return [
            str(error) if name == "__all__" else f"{self.form.fields[name].label}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]

    def field_groups(self, besides: Collection[str] = ()) -> dict[Text, list[BoundField]]:
        """Return the fields of the form, but `besides`, under the headings they stand under."""
        groups: dict[Text, list[BoundField]] = {}
        for name, condition in self.filters.items():
            if name not in besides:
                groups.setdefault(condition.group, []).append(self.form[name])
        return groups
