"""Anna and her company, as letters know them."""

import datetime
from typing import Any

from contacts.salutations import formula_key
from interactions.letters.shared import Shared
from interactions.letters.source import LetterSource

ANNA: dict[str, Any] = {
    "number": "CT000042",
    "type": "person",
    "name": "Anna Marie Sørensen",
    "name_2": "",
    "first_name": "Anna",
    "middle_name": "Marie",
    "surname": "Sørensen",
    "initials": "AMS",
    "job_title": "Indkøbschef",
    "company_name": "Havn & Co A/S",
    "address": "Havnegade 12",
    "address_2": "",
    "postal_code": "8000",
    "city": "Aarhus C",
    "region": "",
    "country": "DK",
    "phone": "86123456",
    "mobile": "",
    "email": "anna@havn.example",
    "home_page": "",
    "vat_number": "",
    "salutation": None,
}
HAVN = {
    **ANNA,
    "number": "CT000041",
    "type": "company",
    "name": "Havn & Co A/S",
    "first_name": "",
    "middle_name": "",
    "surname": "",
    "vat_number": "DK12345678",
}
TO_ANNA = LetterSource(
    contact=ANNA,
    comment="We have kept a table for you.\r\nSee you!",
    date=datetime.date(2026, 11, 22),
    description="Invitation",
    subject="You are invited",
    language="da",
    salesperson=7,
    campaign=3,
    document=None,
    own_letter=False,
)
TO_HAVN = TO_ANNA._replace(contact=HAVN, comment="")
FORMULAS = {
    formula_key(1, "en", "formal"): "Dear {first_name} {surname},",
    formula_key(1, "en", "informal"): "Hi {first_name},",
    formula_key(1, "da", "formal"): "Kære {first_name} {middle_name} {surname}",
    formula_key(2, "en", "formal"): "To whom it may concern at {name},",
    formula_key(5, "da", "formal"): "Højtærede {surname}",
}


def shared(**changes: Any) -> Shared:
    values: Shared = {
        "company": {
            "name": "Fjord A/S",
            "address": "Kystvejen 5",
            "address_2": "",
            "postal_code": "8000",
            "city": "Aarhus C",
            "country": "DK",
            "phone": "70123456",
            "email": "post@fjord.example",
            "home_page": "https://fjord.example",
            "vat_number": "DK87654321",
            "bank_name": "Havnebanken",
            "bank_account": "1234 0001234567",
            "iban": "DK5012340001234567",
            "swift": "HAVNDK22",
        },
        "segment": {"number": "SM00012", "description": "Customers in Aarhus"},
        "salespeople": {
            "7": {
                "code": "MK",
                "name": "Mette Kjær",
                "job_title": "Sælger",
                "phone": "30123456",
                "email": "mk@fjord.example",
            }
        },
        "campaigns": {
            "3": {
                "number": "CP0003",
                "description": "Autumn fair",
                "starts": "2026-10-01",
                "ends": "",
            }
        },
        "formulas": FORMULAS,
        "default_salutations": {"person": "1", "company": "2"},
        "default_language": "en",
    }
    return {**values, **changes}  # type: ignore[typeddict-item]
