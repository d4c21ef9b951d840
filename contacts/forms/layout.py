"""How the form of a contact is laid out: the usual fields first, the others unfold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Column, Div, Field, Row
from django.utils.html import format_html
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Group:
    """Fields under a heading; `more` are seldom needed."""

    heading: Any
    usual: tuple[str, ...]
    more: tuple[str, ...] = ()


WIDTHS = {
    "notes": "col-12",
    "name": "col-sm-6",
    "company": "col-sm-6",
    "address": "col-sm-6",
    "mailing_groups": "col-sm-6",
    "industry_groups": "col-sm-6",
    "home_page": "col-sm-6",
}


def lay_out(form: Any, groups: Iterable[Group]) -> list[Div]:
    """Return a card for each of `groups`, with those of its fields that `form` has."""
    return [card for group in groups if (card := _card(form, group))]


def _card(form: Any, group: Group) -> Div | None:
    usual = [name for name in group.usual if name in form.fields]
    more = [name for name in group.more if name in form.fields]
    if not usual and not more:
        return None
    heading = HTML(format_html('<h2 class="bar">{}</h2>', group.heading))
    unfolding = [_unfolding(form, more)] if more else []
    return Div(heading, _row(usual), *unfolding, css_class="card mb-3")


def _row(names: list[str]) -> Row:
    columns = [Column(Field(name), css_class=_width(name)) for name in names]
    return Row(*columns, css_class="fields")


def _width(name: str) -> str:
    return WIDTHS.get(name, "col-sm-6 col-lg-3")


def _unfolding(form: Any, names: list[str]) -> Div:
    """The fields that are seldom needed; open when one of them says something."""
    is_open = any(form[name].errors or form[name].value() for name in names)
    start = format_html(
        '<details class="more" {}><summary>{}</summary>', "open" if is_open else "", _("More")
    )
    return Div(HTML(start), _row(names), HTML("</details>"), css_class="unfolding")
