"""What the letters of a segment share. Kept with the logged segment, so it survives JSON."""

import datetime
from typing import Any, NotRequired, TypedDict

from contacts.models import Language, Salesperson, Salutation, SalutationFormula
from interactions.models import Campaign, CompanyInformation, Signature

COMPANY_FIELDS = (
    "name",
    "address",
    "address_2",
    "postal_code",
    "city",
    "country",
    "phone",
    "email",
    "home_page",
    "vat_number",
    "bank_name",
    "bank_account",
    "iban",
    "swift",
)
SALESPERSON_FIELDS = ("code", "name", "job_title", "phone", "email")
CAMPAIGN_FIELDS = ("number", "description", "starts", "ends")

Values = dict[str, str]


class Shared(TypedDict):
    """Values by name. Keys that are ids are text; `country` is a code, dates are ISO 8601."""

    company: Values
    segment: Values
    salespeople: dict[str, Values]
    campaigns: dict[str, Values]
    # Text by `formula_key`, and the id of the salutation by type of contact.
    formulas: Values
    default_salutations: Values
    default_language: str
    # The id of the document that is our logo. What was kept before there were logos has none.
    logo: NotRequired[int | None]
    # The id of the document that is a salesperson's signature, by id of the salesperson.
    signatures: NotRequired[dict[str, int]]


def shared_fields(number: str, description: str) -> Shared:
    """Gather what the letters of segment `number` share. Seven queries, whatever its size."""
    company = CompanyInformation.ours()
    return Shared(
        company={name: getattr(company, name) for name in COMPANY_FIELDS},
        segment={"number": number, "description": description},
        salespeople=_by_id(Salesperson, SALESPERSON_FIELDS),
        campaigns=_by_id(Campaign, CAMPAIGN_FIELDS),
        formulas=SalutationFormula.objects.table(),
        default_salutations=_default_salutations(),
        default_language=_default_language(),
        logo=company.logo_id,
        signatures={str(key): document for key, document in Signature.objects.pairs()},
    )


def _by_id(model: Any, names: tuple[str, ...]) -> dict[str, Values]:
    rows = model.objects.order_by("pk").values("pk", *names)
    return {str(row.pop("pk")): _texts(row) for row in rows}


def _texts(row: dict[str, Any]) -> Values:
    """Dates as JSON keeps them; what is not known as the empty text."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value or ""
        for name, value in row.items()
    }


def _default_salutations() -> Values:
    return {str(kind): str(pk) for pk, kind in Salutation.objects.for_types()}


def _default_language() -> str:
    code = Language.objects.filter(is_default=True).values_list("code", flat=True).first()
    return code or "en"
