"""Which columns the table of lines has for a person, and what its headings lead to."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from segments_app.columns import COLUMNS, CONTACT, USUAL, Column, chosen
from segments_app.shown import PROBLEMS, Shown

# In the session of the person.
CHOSEN = "line_columns"


@permission_required("segments.view_segment", raise_exception=True)
@require_POST
def choose_columns(request: SignedInRequest, number: str) -> HttpResponse:
    """Let the table have these columns, in every segment, until the person signs out.

    The lines stay those that are shown, as the address says or the form that finds them.
    """
    if "usual" in request.POST:
        request.session.pop(CHOSEN, None)
    else:
        names = [column.name for column in chosen(request.POST.getlist("column"))]
        request.session[CHOSEN] = names
    response = redirect("segments:detail", number)
    asked = Shown.of(request.POST if request.htmx else request.GET).query_string
    response["Location"] += f"?{asked}" if asked else ""
    return response


def chosen_columns(request: HttpRequest) -> Sequence[Column]:
    """The columns that the person chose last."""
    return chosen(request.session.get(CHOSEN, USUAL))


def headings(columns: Sequence[Column], sort: str) -> dict[str, Any]:
    """The columns with what their headings sort by next; and which of all columns are chosen, and
    whether by hand."""
    names = {column.name for column in columns}
    return {
        "contact": _heading(CONTACT, sort),
        "shown": [_heading(column, sort) for column in columns],
        "all": [(column, name in names, name in USUAL) for name, column in COLUMNS.items()],
        "by_hand": names != set(USUAL),
    }


def _heading(column: Column, sort: str) -> dict[str, Any]:
    name = column.name
    return {
        "column": column,
        # Up, down, and back to the order of the lines.
        "next": {name: f"-{name}", f"-{name}": None}.get(sort, name),
        "aria": {name: "ascending", f"-{name}": "descending"}.get(sort, "none"),
    }


def problem_choices(shown: Shown) -> list[tuple[str, str, bool]]:
    """The problems that lines can be narrowed to: code, words, whether it is chosen."""
    words = {code: str(problem.label % {"count": 2}) for code, problem in PROBLEMS.items()}
    return [(code, capfirst(text), code == shown.problem) for code, text in words.items()]
