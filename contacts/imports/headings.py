"""Which column a heading of a file means."""

from collections.abc import Iterator, Mapping
from functools import cache

from django.conf import settings
from django.utils import translation

from .columns import heading_key
from .resource import ContactResource, import_columns

# The column of a file of refused rows that says why.
REASON = "reason"


@cache
def known_headings() -> Mapping[str, str]:
    """The name of each column by all the headings that it is known under, as `heading_key`s."""
    return {heading_key(heading): name for name, heading in headings()}


@cache
def exported_headings() -> frozenset[str]:
    """The headings of our own exports, in every language, as `heading_key`s."""
    keys: set[str] = set()
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            keys |= {heading_key(column.label) for column in ContactResource.fields.values()}
    return frozenset(keys)


def headings() -> Iterator[tuple[str, str]]:
    """Yield the name of each column with every heading of it, the weakest first."""
    yield from ((REASON, REASON), (REASON, "årsag"))
    for name, column in ContactResource.fields.items():
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                yield from ((name, label) for label in column.labels())
        yield from ((name, heading) for heading in column.headings)
    yield from ((name, name) for name in ContactResource.fields)


@cache
def import_headings() -> Mapping[str, str]:
    """The same for an import: "" for columns that are known, but follow from others."""
    ours = {*import_columns(), "company_name"}
    return {key: name if name in ours else "" for key, name in known_headings().items()}


def settle_names(names: list[str]) -> list[str]:
    """The name of a company says which one it is, unless the file has its number too."""
    instead = "" if "company" in names else "company"
    return [instead if name == "company_name" else name for name in names]
