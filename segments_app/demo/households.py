"""Households: a company with its persons, or a person alone, as contacts not yet saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from contacts.models import Contact
from segments_app.demo import phones, places
from segments_app.demo.companies import Company, domain_part, draw_company
from segments_app.demo.people import Name, draw_job_title, draw_name
from segments_app.demo.places import Place

SEED = "Nordlys"
# Of a hundred households so many are companies; the others are persons of their own.
COMPANIES = 64
# Weights of 1, 2 ... 6 persons in a company.
SIZES = (34, 26, 18, 11, 7, 4)
# Mailing group -> its share of companies, of persons in companies, of persons alone.
MAILING_SHARES = {
    "CATALOG": (0.45, 0.20, 0.30),
    "EVENTS": (0.02, 0.16, 0.06),
    "FAIR": (0.04, 0.14, 0.02),
    "NEWS": (0.05, 0.42, 0.60),
    "PRICES": (0.30, 0.10, 0.00),
    "PRESS": (0.00, 0.02, 0.02),
    "VIP": (0.02, 0.08, 0.03),
    "XMAS": (0.35, 0.24, 0.05),
}
SALUTATIONS = {"woman": "WOMEN", "man": "MEN"}
PRIVATE_DOMAINS = ("post.example", "mail.example", "familien.example", "webmail.example")
NOTES = (
    "Prefers to be called in the morning.",
    "Met at the light fair; interested in dimmable pendants.",
    "Wants invoices by e-mail.",
    "Is planning a renovation next year.",
    "Asked for samples of the Fjord glass.",
)


@dataclass
class Member:
    """A contact, and what can only be saved once the contact is."""

    contact: Contact
    mailing_groups: list[str] = field(default_factory=list)
    industry: str = ""
    salutation: str = ""


def draw_household(position: int, most: int) -> list[Member]:
    """Return the household whose first contact is the demo's contact number `position`.

    The same position gives the same household, whatever came before. At most `most` contacts.
    """
    rng = Random(f"{SEED} {position}")  # noqa: S311
    country = places.draw_country(rng)
    place = places.draw_place(rng, country)
    if most > 1 and rng.randrange(100) < COMPANIES:
        return _company_with_persons(rng, place, most - 1)
    return [_person_alone(rng, place, position)]


def _company_with_persons(rng: Random, place: Place, most: int) -> list[Member]:
    company = draw_company(rng, place)
    count = min(rng.choices(range(1, len(SIZES) + 1), SIZES)[0], most)
    head = _company(rng, place, company)
    return [head, *(_person_in(rng, head.contact, company) for _ in range(count))]


def _company(rng: Random, place: Place, company: Company) -> Member:
    contact = Contact(
        type=Contact.Type.COMPANY,
        name=company.name,
        phone=phones.draw_landline(rng, place.country),
        email=f"{'kontakt' if place.country == 'DK' else 'info'}@{company.domain}",
        home_page=f"https://www.{company.domain}",
        vat_number=company.vat_number,
        **_address(rng, place),
    )
    _leave_things_out(rng, contact)
    return Member(contact, _mailing_groups(rng, 0), company.industry, "COMPANY")


def _person_in(rng: Random, employer: Contact, company: Company) -> Member:
    name = draw_name(rng, employer.country)
    contact = Contact(
        company=employer,
        job_title=draw_job_title(rng, employer.country, name.gender),
        phone=employer.phone if rng.random() < 0.6 else "",
        mobile=phones.draw_mobile(rng, employer.country) if rng.random() < 0.7 else "",
        email=f"{_mail_name(name, employer.country)}@{company.domain}",
        **_name_fields(name),
        **{part: getattr(employer, part) for part in ADDRESS_PARTS},
    )
    _leave_things_out(rng, contact)
    return Member(contact, _mailing_groups(rng, 1), salutation=_salutation(rng, name))


def _person_alone(rng: Random, place: Place, position: int) -> Member:
    name = draw_name(rng, place.country)
    # The position keeps two persons of one name apart.
    mail_name = f"{_mail_name(name, place.country)}{position % 1000}"
    contact = Contact(
        phone=phones.draw_landline(rng, place.country) if rng.random() < 0.2 else "",
        mobile=phones.draw_mobile(rng, place.country),
        email=f"{mail_name}@{rng.choice(PRIVATE_DOMAINS)}",
        minor=rng.random() < 0.02,
        **_name_fields(name),
        **_address(rng, place),
    )
    contact.parental_consent = contact.minor and rng.random() < 0.4
    _leave_things_out(rng, contact)
    return Member(contact, _mailing_groups(rng, 2), salutation=_salutation(rng, name))


ADDRESS_PARTS = ("address", "address_2", "postal_code", "city", "region", "country", "language_id")


def _address(rng: Random, place: Place) -> dict[str, str]:
    return {
        "address": places.draw_street(rng, place.country),
        "address_2": places.draw_floor(rng, place.country),
        "postal_code": place.postal_code,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "language_id": places.LANGUAGES[place.country],
    }


def _name_fields(name: Name) -> dict[str, str]:
    return {
        "type": Contact.Type.PERSON,
        "first_name": name.first,
        "middle_name": name.middle,
        "surname": name.surname,
        "initials": name.initials,
    }


def _mail_name(name: Name, country: str) -> str:
    return f"{domain_part(name.first, country)}.{domain_part(name.surname, country)}"


def _salutation(rng: Random, name: Name) -> str:
    """Most are greeted as women or men; some as persons; of a few nobody has said."""
    kinds = (SALUTATIONS[name.gender], "UNISEX", "")
    return rng.choices(kinds, (88, 4, 8))[0]


def _mailing_groups(rng: Random, kind: int) -> list[str]:
    return [group for group, shares in MAILING_SHARES.items() if rng.random() < shares[kind]]


def _leave_things_out(rng: Random, contact: Contact) -> None:
    """Real lists have gaps, and people who may not be written to."""
    contact.correspondence_type = rng.choices(("", "hard_copy", "email"), (60, 15, 25))[0]
    if rng.random() < 0.10:
        contact.email = ""
    if rng.random() < 0.03:
        _forget(contact, ("address", "address_2", "postal_code", "city", "region"))
    if rng.random() < 0.04:
        contact.language_id = None
    contact.excluded = rng.random() < 0.020
    contact.privacy_blocked = rng.random() < 0.008
    contact.active = rng.random() > 0.025
    contact.notes = rng.choice(NOTES) if rng.random() < 0.03 else ""


def _forget(contact: Contact, fields: Sequence[str]) -> None:
    for name in fields:
        setattr(contact, name, "")
