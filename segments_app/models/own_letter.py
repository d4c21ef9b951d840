"""A letter of one's own, and whether what it was made from has changed since.

`SegmentLine.letter_base` keeps, as text, the document that would have been merged and the fields of
the contact, as they were when the letter was uploaded or found to be right still. It also keeps
which fields the letter has that nobody filled.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from contacts.models import Contact
from interactions.letters.source import CONTACT_FIELDS

# Name in `letter_base` -> where it stands on a resolved line now.
BASE = {"document": "r_merged_document"} | {name: f"contact__{name}" for name in CONTACT_FIELDS}
KEYS = ("document", "salutation")
TEXT = models.TextField()
UNFILLED = "unfilled"
# Lines whose letter of its own has fields that nobody filled.
HAS_UNFILLED = Q(document__isnull=False, letter_base__has_key=UNFILLED)


def _now(name: str, path: str) -> Any:
    if name not in KEYS:
        return F(path)
    return Coalesce(Cast(F(path), TEXT), Value(""), output_field=TEXT)


def _changed(name: str, path: str) -> Q:
    """A name that was not kept then counts as unchanged."""
    return ~Q(Exact(_now(name, path), KT(f"letter_base__{name}")))


# On resolved lines: there is a letter of its own, and something has changed.
OUTDATED = Q(document__isnull=False, letter_base__isnull=False) & reduce(
    or_, (_changed(name, path) for name, path in BASE.items())
)


def letter_base(lines: Any) -> dict[str, str]:
    """Return what a letter of its own is made from now, for the only line of `lines`."""
    row = lines.resolved().values_list(*BASE.values()).first()
    values = row or ("",) * len(BASE)
    return {name: _text(value) for name, value in zip(BASE, values, strict=True)}


def unfilled(line: Any) -> list[str]:
    """Return the fields in the letter of `line` that nobody filled, as they stand there."""
    said: str = (line.letter_base or {}).get(UNFILLED, "")
    return said.splitlines()


def changes(line: Any) -> list[tuple[str, str, str]]:
    """What has changed since the letter of `line` was made: field, then, now; texts for people.

    `line` is resolved, with its contact.
    """
    base = line.letter_base or {}
    now = {"document": line.r_merged_document} | {
        name: getattr(line.contact, _attname(name)) for name in CONTACT_FIELDS
    }
    changed = [name for name in BASE if name in base and base[name] != _text(now[name])]
    return [_in_words(name, base[name], _text(now[name])) for name in changed]


def _in_words(name: str, then: str, now: str) -> tuple[str, str, str]:
    """Keys say nothing to people."""
    if name == "document":
        return str(_("the template's Word document")), "", ""
    field: Any = Contact._meta.get_field(name)
    return str(field.verbose_name), *(("", "") if name in KEYS else (then, now))


def _attname(name: str) -> str:
    return Contact._meta.get_field(name).attname  # type: ignore[union-attr]


def _text(value: object) -> str:
    return "" if value is None else str(value)
