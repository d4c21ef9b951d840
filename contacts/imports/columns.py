"""The columns of an import file: their names in English and Danish, and what their cells hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from contacts.folding import fold

# Cells that hold a word of a fixed list, in either language.
WORDS = {
    "type": {
        "company": "company",
        "virksomhed": "company",
        "firma": "company",
        "person": "person",
    },
    "correspondence_type": {
        "hard copy": "hard_copy",
        "papir": "hard_copy",
        "brev": "hard_copy",
        "e mail": "email",
        "email": "email",
    },
}
YES = frozenset({"yes", "ja", "true", "sand", "1", "x"})
NO = frozenset({"no", "nej", "false", "falsk", "0"})


@dataclass(frozen=True)
class Column:
    """A column that a file may have. `headings` are its names besides its own."""

    name: str
    headings: tuple[str, ...]


COLUMNS = (
    Column("number", ("contact number", "no", "nummer", "nr", "kontaktnummer")),
    Column("type", ("kontakttype",)),
    Column("name", ("navn", "fulde navn", "full name")),
    Column("first_name", ("fornavn",)),
    Column("middle_name", ("mellemnavn",)),
    Column("surname", ("last name", "family name", "efternavn")),
    Column("initials", ("initialer",)),
    Column("job_title", ("title", "stilling", "titel", "jobtitel")),
    Column("company", ("company name", "virksomhed", "firma", "virksomhedsnavn")),
    Column("address", ("street", "adresse", "vej")),
    Column("address_2", ("adresse 2",)),
    Column("postal_code", ("post code", "postcode", "zip", "zip code", "postnr", "postnummer")),
    Column("city", ("town", "by")),
    Column("region", ("state", "county", "område")),
    Column("country", ("country code", "land", "landekode")),
    Column("phone", ("telephone", "telefon", "tlf", "telefonnummer")),
    Column("mobile", ("mobile phone", "mobil", "mobiltelefon", "mobilnummer")),
    Column("email", ("e mail", "mail", "e mail address", "mailadresse", "e mailadresse")),
    Column("home_page", ("website", "homepage", "hjemmeside")),
    Column("vat_number", ("vat", "vat no", "cvr", "cvr nr", "cvr nummer", "momsnummer")),
    Column("language", ("language code", "sprog", "sprogkode")),
    Column("salesperson", ("salesperson code", "sælger", "sælgerkode")),
    Column("correspondence_type", ("korrespondancetype",)),
    Column("salutation", ("salutation code", "starthilsen", "starthilsenkode")),
    Column("mailing_groups", ("mailing group", "mailgrupper", "mailgruppe")),
    Column("industry_groups", ("industry group", "brancher", "branche")),
    Column("excluded", ("excluded from segments", "udelad fra målgruppe", "udeladt",
           "udeladt fra målgruppe")),
    Column("privacy_blocked", ("privacy", "spærret",
           "spærret pga. beskyttelse af personlige oplysninger")),
    Column("minor", ("mindreårig",)),
    Column("parental_consent", ("parental consent received", "forældresamtykke",
           "forældresamtykke modtaget")),
    Column("active", ("aktiv",)),
    Column("notes", ("note", "noter", "bemærkninger")),
    Column("external_id", ("id", "eksternt id", "ekstern id")),
)  # fmt: skip
# A file must have one of these, or nobody could tell whom its rows are about.
WHO = ("name", "first_name", "surname", "number", "external_id", "email")


def heading_key(text: str) -> str:
    """Return the spelling under which headings are compared: "E-mail " and "e_mail" are one."""
    return fold(text.replace("_", " ").replace("-", " ").replace(".", " "))


NAMES = {
    heading_key(heading): column.name
    for column in COLUMNS
    for heading in (column.name, *column.headings)
}


def nearest(heading: str, names: Mapping[str, str] = NAMES) -> str:
    """Return the known column whose name is nearest to an unknown heading, or ""."""
    near = get_close_matches(heading_key(heading), list(names), 1, 0.6)
    return names[near[0]] if near else ""
