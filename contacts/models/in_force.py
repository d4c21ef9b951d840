"""Which alternative address of a contact is in force on a date, for any number of contacts (R15).

Of the periods that cover the date the one that began last wins. A person who shares the postal
address of the company (R17) follows the company's alternative address (R16).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, NullIf

from .address import AddressPeriod
from .defaults import ContactDefaults

# What makes two addresses the same (R17).
SAME_ADDRESS = ("address", "address_2", "postal_code", "city")
FIELDS = (
    "code",
    "company_name",
    *SAME_ADDRESS,
    "region",
    "country",
    "phone",
    "mobile",
    "email",
    "home_page",
)
# A date, or the name of an annotation or field of the rows that holds one.
Day = datetime.date | str


class Nested(Func):
    """JSON that stays JSON inside of other JSON: SQLite would quote it as a text."""

    template = "%(expressions)s"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **context)


@dataclass(frozen=True)
class Ways:
    """Whether anybody has an alternative address at all; whether persons follow their company's.

    Where nobody has one, nothing is asked. Several expressions of one query can share it.
    """

    any_periods: bool
    following: bool

    @classmethod
    def now(cls) -> "Ways":
        """In one query."""
        ours = ContactDefaults.objects.order_by("pk").values("inherit_address")[:1]
        periods: Any = AddressPeriod.objects.order_by()
        for following in periods.values_list(Subquery(ours), flat=True)[:1]:
            said = ContactDefaults().inherit_address if following is None else following
            return cls(any_periods=True, following=said)
        return cls(any_periods=False, following=False)


def any_periods() -> bool:
    """Whether anybody has an alternative address at all. Where nobody has, nothing is asked."""
    return AddressPeriod.objects.exists()


def address_in_force(date: Day, prefix: str = "") -> Any:
    """Return an expression: the alternative address in force on `date` as JSON, or null.

    `prefix` is the path from the row to the contact, such as "contact__" on a segment line. The
    JSON has the address's fields, and `own`: whether it is the contact's, not the company's.
    """
    ways = Ways.now()
    if not ways.any_periods:
        return Value(None, TextField())
    own = _of(prefix + "pk", date, own=1)
    company = _of(prefix + "company", date, own=0)
    return _own_or_company(prefix, own, company, JSONField(), ways)


def email_in_force(date: Day, prefix: str = "", ways: Ways | None = None) -> Any:
    """Return an expression: the e-mail address of the alternative address in force on `date`.

    Null where none is in force, or it has none; see `address_in_force`.
    """
    ways = ways or Ways.now()
    if not ways.any_periods:
        return Value(None, CharField())
    own, company = _email_of(prefix + "pk", date), _email_of(prefix + "company", date)
    return NullIf(_own_or_company(prefix, own, company, CharField(), ways), Value(""))


def has_address_in_force(date: Day, prefix: str = "", ways: Ways | None = None) -> Q:
    """Return the condition that an alternative address a letter can be posted to is in force."""
    ways = ways or Ways.now()
    if not ways.any_periods:
        return Q(Value(False))
    postable = ~Q(address__address="") & ~Q(address__city="")
    own = Exists(_periods(prefix + "pk", date).filter(postable))
    if not ways.following:
        return Q(own)
    company = Exists(_periods(prefix + "company", date).filter(postable))
    return Q(own) | (_shares_address(prefix) & Q(company))


def _own_or_company(prefix: str, own: Any, company: Any, kind: Any, ways: Ways) -> Any:
    """What the contact's own address says; of who shares the company's, what that one says."""
    if not ways.following:
        return own
    shared = Case(When(_shares_address(prefix), then=company), output_field=kind)
    return Coalesce(own, shared, output_field=kind)


def _of(contact: str, date: Day, *, own: int) -> Nested:
    fields = {name: F(f"address__{name}") for name in FIELDS}
    found = _periods(contact, date).order_by("-starts_on")
    return Nested(Subquery(found.values(json=JSONObject(own=Value(own), **fields))[:1]))


def _email_of(contact: str, date: Day) -> Subquery:
    found = _periods(contact, date).order_by("-starts_on")
    return Subquery(found.values("address__email")[:1], output_field=CharField())


def _periods(contact: str, date: Day) -> Any:
    day: Any = OuterRef(date) if isinstance(date, str) else date
    return AddressPeriod.objects.covering(day).filter(contact=OuterRef(contact))


def _shares_address(prefix: str) -> Q:
    """The contact is a person who has the address of the company."""
    same = {f"{prefix}{name}": F(f"{prefix}company__{name}") for name in SAME_ADDRESS}
    return Q(**{f"{prefix}type": "person"}, **same)
