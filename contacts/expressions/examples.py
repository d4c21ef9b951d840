"""Examples of the language, for the page that explains it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .expression import Expression, parse
from .kind import Kind

TITLES: dict[Kind, Promise] = {
    Kind.TEXT: _("Texts"),
    Kind.CODE: _("Codes: numbers of contacts, postal codes, groups"),
    Kind.NUMBER: _("Numbers"),
    Kind.DATE: _("Dates"),
}
TEXTS = {
    Kind.TEXT: (
        *("Berlin", "@berlin", "Ber*", "*A/S", "*lys*", "Hans?n", "A*|B*", "<>Berlin"),
        *("(A*|B*)&<>*s", "A..C", "''", "<>''", "'Smith & Sons'"),
    ),
    Kind.CODE: ("8000", "8000|8200|9*", "1000..2999", "9000..", "<>DK*"),
    Kind.NUMBER: ("5", "10..20", ">=2.5", ">=5&<10", "<>0"),
    Kind.DATE: (
        *("2026-08-31", "2026-08-01..2026-08-31", "2026-08-01..", "today", "-90d..today"),
        *("<-1y", "today..+2w", "this month", "last quarter|this quarter", "''"),
    ),
}


def examples() -> Iterator[tuple[Promise, list[Expression]]]:
    """Return the examples of each kind, with its title."""
    for kind, texts in TEXTS.items():
        yield TITLES[kind], [parse(kind, text) for text in texts]
