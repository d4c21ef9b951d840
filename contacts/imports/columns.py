"""Words that files use: how headings are compared, and the fixed lists of cells."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from contacts.folding import fold

# Words for a choice besides its own names.
WORDS = {
    "type": {"virksomhed": "company", "firma": "company"},
    "correspondence_type": {"papir": "hard_copy", "brev": "hard_copy", "email": "email"},
}
# What files call the columns, besides their names and what our pages call them.
ALSO: Mapping[str, tuple[str, ...]] = {
    "number": ("contact number", "nummer", "kontaktnummer"),
    "type": ("kontakttype",),
    "name": ("full name", "navn", "fulde navn"),
    "name_2": ("navn 2",),
    "first_name": ("fornavn",),
    "middle_name": ("mellemnavn",),
    "surname": ("last name", "family name", "efternavn"),
    "initials": ("initialer",),
    "job_title": ("title", "stilling", "titel", "jobtitel"),
    "organizational_level": ("organizational level code", "kompetenceniveau"),
    "company": ("virksomhed", "firma", "virksomhedsnummer", "virksomhed nr"),
    "company_name": ("virksomhedsnavn", "firmanavn"),
    "address": ("street", "street address", "adresse", "postadresse", "vej", "vejnavn", "gade"),
    "address_2": ("adresse 2",),
    "postal_code": ("post code", "postcode", "zip", "zip code", "postnummer", "post nr"),
    "city": ("town", "by", "bynavn", "postdistrikt"),
    "region": ("state", "county", "område"),
    "country": (
        *("country code", "country region", "country region code"),
        *("land", "landekode", "land område", "lande områdekode"),
    ),
    "phone": ("telephone", "telephone no", "phone no", "telefon", "telefonnummer", "tlf", "tlf nr"),
    "mobile": (
        *("mobile no", "mobile phone no", "cell phone"),
        *("mobil", "mobilnummer", "mobil nr", "mobiltelefon", "mobiltelefonnummer"),
    ),
    "email": (
        *("mail", "email address", "e-mail address"),
        *("mailadresse", "e-mailadresse", "emailadresse", "e-post"),
    ),
    "home_page": ("website", "web site", "homepage", "hjemmeside"),
    "vat_number": (
        *("vat", "vat registration number", "registration number"),
        *("cvr", "cvr-nummer", "cvrnr", "cvr/se-nr", "momsnummer"),
    ),
    "external_id": ("id", "external number", "eksternt id", "ekstern id"),
    "language": ("language code", "sprog", "sprogkode"),
    "salesperson": ("salesperson code", "sælger", "sælgerkode"),
    "territory": ("territory code", "distrikt", "distriktskode"),
    "correspondence_type": ("preferred correspondence type", "korrespondancetype"),
    "salutation": ("salutation code", "starthilsen", "starthilsenkode"),
    "mailing_groups": (
        *("mailing group code", "mailgruppe", "mailgrupper", "mailgruppekode"),
        *("postgruppe", "postgrupper"),
    ),
    "industry_groups": (
        *("industry group code", "branche", "brancher", "branchekode"),
        *("branchegruppe", "branchegrupper"),
    ),
    "job_responsibilities": (
        "job responsibility code",
        "ansvarsområde",
        "ansvarsområder",
        "jobansvar",
    ),
    "business_relations": (
        *("business relation code", "forretningsforhold"),
        *("forretningsrelation", "forretningsrelationer"),
    ),
    "profile_answers": ("answers", "profilsvar", "svar"),
    "excluded": (
        *("exclude from segment", "exclude from segments", "excluded from segment"),
        *("udeladt", "udeladt fra målgruppe", "udelad fra målgruppe"),
    ),
    "privacy_blocked": ("privacy", "spærret", "spærret pga. beskyttelse af personlige oplysninger"),
    "minor": ("mindreårig",),
    "parental_consent": ("parental consent", "forældresamtykke", "forældresamtykke modtaget"),
    "active": ("aktiv",),
    "consent_letter": ("samtykke brev",),
    "consent_letter_date": ("samtykke brev dato",),
    "consent_letter_source": ("samtykke brev kilde",),
    "consent_email": ("samtykke e-mail",),
    "consent_email_date": ("samtykke e-mail dato",),
    "consent_email_source": ("samtykke e-mail kilde",),
    "consent_phone": ("samtykke telefon",),
    "consent_phone_date": ("samtykke telefon dato",),
    "consent_phone_source": ("samtykke telefon kilde",),
    "notes": (
        *("note", "comment", "comments"),
        *("noter", "bemærkning", "bemærkninger", "kommentar", "kommentarer"),
    ),
    "unselectable": ("må ikke vælges",),
}
YES = frozenset({"yes", "ja", "true", "sand", "1", "x"})
NO = frozenset({"no", "nej", "false", "falsk", "0"})
SIGNS = re.compile(r"[-_./:]")
# "Mailing group(s)", "Fornavn(e)".
PLURAL = re.compile(r"\((?:s|e|r|er)\)", re.IGNORECASE)
# "Phone no.", "Postnr."
SHORT = ((re.compile(r"\bno\b"), "number"), (re.compile(r"nr\b"), "nummer"))


def heading_key(text: str) -> str:
    """Return the spelling under which headings are compared: "E-mail " and "e_mail" are one."""
    key = fold(SIGNS.sub(" ", PLURAL.sub("", text)))
    for short, whole in SHORT:
        key = short.sub(whole, key)
    return key


def nearest(heading: str, names: Mapping[str, str]) -> str:
    """Return the known column whose name is nearest to an unknown heading, or ""."""
    near = get_close_matches(heading_key(heading), list(names), 1, 0.6)
    return names[near[0]] if near else ""
