"""What makes two addresses one household, in whatever case and with whatever spaces and points."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.functions import Concat, Lower

# SQLite knows the case of ASCII letters only.
LETTERS = ("ÆØÅÄÖÜ", "æøåäöü")
UNSAID = " .,"


class Plain(Func):
    """A text in small letters, without spaces, points and commas."""

    output_field = models.CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        pairs = [*zip(*LETTERS, strict=True), *((sign, "") for sign in UNSAID)]
        replaced = "REPLACE(" * len(pairs) + "%(expressions)s"
        # Quoted here, not as parameters: the same expression stands in a query more than once.
        replaced += "".join(f", '{old}', '{new}')" for old, new in pairs)
        return self.as_sql(compiler, connection, template=f"LOWER({replaced})", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        old, new = LETTERS
        template = f"LOWER(TRANSLATE(%(expressions)s, '{old}{UNSAID}', '{new}'))"
        return self.as_sql(compiler, connection, template=template, **context)


def household_keys(prefix: str = "") -> list[Any]:
    """Return expressions that together are equal for contacts of one household.

    Street, postal code and country; the city where there is no postal code. `prefix` is the path
    to the contact, such as "contact__". Ask it of those only who have an address.
    """
    place = Case(
        When(Q(**{f"{prefix}postal_code": ""}), then=Lower(f"{prefix}city")),
        default=Plain(F(f"{prefix}postal_code")),
    )
    street = Concat(F(f"{prefix}address"), F(f"{prefix}address_2"))
    return [Plain(street), place, F(f"{prefix}country")]


def household_of(address: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what is equal for addresses of one household, as `household_keys` of rows."""
    place = _plain(address["postal_code"]) if address["postal_code"] else address["city"].lower()
    return _plain(address["address"] + address["address_2"]), place, address["country"]


def _plain(text: str) -> str:
    return text.lower().translate(dict.fromkeys(map(ord, UNSAID)))
