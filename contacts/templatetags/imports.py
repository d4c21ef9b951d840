"""What pages call the columns of an import and what becomes of its rows."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.imports.resource import import_columns

register = template.Library()
ACTS: dict[str, Promise] = {
    "created": _("created"),
    "updated": _("changed"),
    "unchanged": _("unchanged"),
    "refused": _("refused"),
}


@register.simple_tag
def act_label(act: str) -> str | Promise:
    """What becomes of a row, in a word."""
    return ACTS.get(act, act)


@register.simple_tag
def column_label(name: str) -> str:
    """What people call a column."""
    columns = import_columns()
    return columns[name].import_label if name in columns else name
