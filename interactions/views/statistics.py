"""What interactions came to, by template, group, salesperson, campaign or logged segment."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from interactions.charts import charts_of, period_label
from interactions.forms import PeriodForm
from interactions.models import InteractionLogEntry
from interactions.results import GROUPED_BY, Row, course_of, results_by, results_of

from .later import comes_later

TITLES = {
    "template": _("Template"),
    "group": _("Group"),
    "salesperson": _("Salesperson"),
    "logged_segment": _("Logged segment"),
    "campaign": _("Campaign"),
}


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def statistics(request: HttpRequest) -> HttpResponse:
    """The figures and charts of a period, and a table by whatever is asked for."""
    by = request.GET.get("by", "")
    by = by if by in GROUPED_BY else "template"
    form = PeriodForm(request.GET or None)
    dates = form.cleaned_data if form.is_valid() else {}
    entries = InteractionLogEntry.objects.between(dates.get("date_from"), dates.get("date_to"))
    context = {
        "form": form,
        "by": by,
        "titles": TITLES,
        "dated": _address(dates),
    }
    if comes_later(request, entries):
        context["later"] = True
    else:
        context |= {"shown_by": [shown_by(entries, by)], **figures(entries)}
    return render(request, "interactions/statistics.html", context)


def figures(entries: Any) -> dict[str, Any]:
    """The results of entries and their course, for the templates that show them."""
    results = results_of(entries)
    course = course_of(entries, results)
    return {
        "results": results,
        "charts": charts_of(course),
        "course_rows": [(period_label(period, course.unit), period) for period in course.periods],
    }


def shown_by(entries: Any, by: str) -> dict[str, Any]:
    """A table of results: its title, and each row with its share of the largest in percent."""
    return {"by": by, "title": TITLES[by], "rows": with_shares(results_by(entries, by))}


def with_shares(rows: list[Row]) -> list[tuple[Row, int]]:
    most = max((row.results.interactions for row in rows), default=1)
    return [(row, max(1, 100 * row.results.interactions // most)) for row in rows]


def _address(dates: dict[str, Any]) -> str:
    given = {name: value.isoformat() for name, value in dates.items() if value}
    return f"&{urlencode(given)}" if given else ""
