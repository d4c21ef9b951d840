"""What can be asked of the interaction log."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.models import CorrespondenceType

from .models import DeliveryState, Evaluation, InteractionLogEntry, LoggedSegment
from .models.delivery import UNSETTLED
from .options import NAMED_BY, Choice, options

ANY = _("Any")
CANCELED = [("yes", _("Canceled only")), ("all", _("Canceled too"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
# An empty state cannot be asked for by an empty value.
NOT_SENT = "not_sent"
DELIVERY = [(state.value or NOT_SENT, state.label) for state in DeliveryState]


def _field(widget: type[forms.Widget], **attrs: str) -> forms.Widget:
    return widget(attrs={"class": "form-control form-control-sm", **attrs})


def _choice(choices: Any, label: Any, empty: Any = ANY, **options: Any) -> Any:
    widget = forms.Select(attrs={"class": "form-select form-select-sm"})
    return django_filters.ChoiceFilter(
        choices=choices, label=label, empty_label=empty, widget=widget, **options
    )


class InteractionLogEntryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The log, narrowed. Canceled entries are left out unless asked for."""

    contact = django_filters.CharFilter(
        method="by_contact", label=_("Contact"), widget=_field(forms.TextInput, type="search")
    )
    template = _choice((), _("Template"))
    date_from = django_filters.DateFilter(
        "date", "gte", label=_("From"), widget=_field(forms.DateInput, type="date")
    )
    date_to = django_filters.DateFilter(
        "date", "lte", label=_("To"), widget=_field(forms.DateInput, type="date")
    )
    canceled = _choice(CANCELED, _("Canceled"), _("Not canceled"), method="as_it_is")
    salesperson = _choice((), _("Salesperson"))
    campaign = _choice((), _("Campaign"))
    group = _choice((), _("Group"))
    correspondence_type = _choice(CorrespondenceType.choices, _("Correspondence type"))
    evaluation = _choice(Evaluation.choices, _("Evaluation"), method="by_evaluation")
    company = django_filters.CharFilter(
        method="by_company", label=_("Company"), widget=_field(forms.TextInput, type="search")
    )
    delivery = _choice(DELIVERY, _("Delivery"), method="by_delivery")
    attempt_failed = _choice(YES_NO, _("Attempt failed"), method="by_attempt")
    response = _choice(YES_NO, _("Is a response"), method="by_response")
    logged_segment = django_filters.CharFilter(
        method="by_segment",
        label=_("Logged segment"),
        widget=_field(forms.TextInput),
    )

    class Meta:
        model = InteractionLogEntry
        fields: list[str] = []

    # The fields that are always in sight; the others open with "More".
    FIRST = ("contact", "template", "date_from", "date_to", "canceled")

    @cached_property
    def options(self) -> dict[str, list[Choice]]:
        """What can be chosen of what is set up, asked for once it is shown or chosen."""
        return options()

    def get_form_class(self) -> Any:
        """The form, whose choices of what is set up are read when they are needed."""
        form_class = super().get_form_class()
        for name in NAMED_BY:
            form_class.base_fields[name].choices = self._choices(name)
        return form_class

    def _choices(self, name: str) -> Callable[[], list[Choice]]:
        # A function of its own: a form copies its fields, and with a method all that it is of.
        return lambda: self.options[name]

    # Whether a page of them is wanted, not all: found another way, but the same.
    for_page = False

    def filter_queryset(self, queryset: Any) -> Any:
        entries = super().filter_queryset(queryset)
        canceled = self.form.cleaned_data["canceled"]
        if canceled == "all":
            return entries.taken_place()
        if canceled == "yes":
            taken_place = entries.taken_place()
            return taken_place.shown_canceled() if self.for_page else taken_place.canceled()
        return entries.counting()

    def by_contact(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.about(value, for_page=self.for_page)

    def by_company(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.about_company(value, for_page=self.for_page)

    def by_evaluation(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.evaluated(value)

    def by_delivery(self, queryset: Any, _name: str, value: str) -> Any:
        found = queryset.in_state("" if value == NOT_SENT else value)
        return found.unsettled() if value in UNSETTLED else found

    def by_attempt(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(attempt_failed=value == "yes")

    def by_response(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(campaign_response=value == "yes")

    def by_segment(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.of_segments(LoggedSegment.objects.called(value))

    def as_it_is(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset

    @property
    def is_asking(self) -> bool:
        """Whether anything is asked: the empty page says so."""
        return any(self.form.cleaned_data.values()) if self.form.is_valid() else True

    @property
    def asks_more(self) -> bool:
        """Whether one of the fields under "More" is filled in."""
        return any(self.data.get(name) for name in self.filters if name not in self.FIRST)


def log_filter(request: HttpRequest, *, for_page: bool = False) -> InteractionLogEntryFilter:
    """The filter of the page, bound even when nothing is asked, so that its defaults hold.

    `for_page`: its entries are found the quickest way for a page of them.
    """
    entries = InteractionLogEntry.objects.newest_first().with_names()
    asked = InteractionLogEntryFilter(request.GET, queryset=entries, request=request)
    asked.for_page = for_page
    return asked
