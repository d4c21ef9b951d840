"""Companies: names made of surnames, words and towns, with a domain and a VAT number."""

import re
from dataclasses import dataclass
from random import Random

from segments_app.demo.people import draw_first_name, draw_surname
from segments_app.demo.places import Place
from segments_app.demo.tables import column

# Industry group -> its description and its share of the companies.
INDUSTRIES = {
    "ARCH": ("Architects and interior designers", 16),
    "BUILD": ("Builders and electricians", 16),
    "CARE": ("Health and care", 8),
    "EDU": ("Schools and day care", 8),
    "HOTEL": ("Hotels and restaurants", 12),
    "INDUSTRY": ("Industry and transport", 12),
    "OFFICE": ("Offices and consultants", 14),
    "PUBLIC": ("Public buildings and housing", 5),
    "RETAIL": ("Furniture and lighting shops", 14),
}
# Legal forms, which no domain has.
LEGAL = re.compile(r"\b(A/S|ApS|AB|GmbH|Co\. KG|KG|eG|LLP|Ltd|PartGmbB|Advokatpartnerselskab)\b")
LATIN = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"}
SWEDISH = LATIN | {"å": "a", "ä": "a", "ö": "o"}


@dataclass(frozen=True)
class Company:
    name: str
    industry: str
    domain: str
    vat_number: str


def draw_company(rng: Random, place: Place) -> Company:
    """Draw a company in `place`."""
    weights = [share for _description, share in INDUSTRIES.values()]
    industry = rng.choices(tuple(INDUSTRIES), weights)[0]
    name = draw_company_name(rng, place, industry)
    domain = f"{domain_part(LEGAL.sub('', name), place.country)}.example"
    return Company(name, industry, domain, _vat_number(rng, place.country))


def draw_company_name(rng: Random, place: Place, industry: str) -> str:
    """Draw a name that says what the company does."""
    country = place.country
    pattern = rng.choice(column("company_names", "pattern", country=country, industry=industry))
    surname = draw_surname(rng, country)
    return pattern.format(
        surname=surname,
        genitive=_genitive(surname, country),
        surname2=draw_surname(rng, country),
        first=draw_first_name(rng, country),
        city=place.town,
        word=rng.choice(column("words", "word", country=country)),
    )


def _genitive(surname: str, country: str) -> str:
    if country == "GB":
        return f"{surname}'s"
    if not surname.endswith("s"):
        return f"{surname}s"
    return surname if country == "SE" else f"{surname}'"


def domain_part(text: str, country: str) -> str:
    """Return `text` in the letters of a domain: "Hotel Åkanden" -> "hotel-aakanden"."""
    letters = str.maketrans(SWEDISH if country == "SE" else LATIN)
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(letters)).strip("-")


def _vat_number(rng: Random, country: str) -> str:
    numbers = {
        "DK": f"DK{rng.randint(10_000_000, 43_999_999)}",
        "SE": f"SE556{rng.randint(1_000_000, 9_999_999)}01",
        "DE": f"DE{rng.randint(110_000_000, 339_999_999)}",
        "GB": f"GB{rng.randint(110_000_000, 399_999_999)}",
    }
    return numbers[country]
