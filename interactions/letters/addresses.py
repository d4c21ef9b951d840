"""Addresses as the post of each country wants them."""

from collections.abc import Iterator, Mapping

from contacts.countries import country_name
from contacts.salutations import greet

# How the lines with the city are written, by country. An empty part leaves no gap.
CITY_LINES: Mapping[str, tuple[str, ...]] = {
    "AU": ("{city} {region} {postal_code}",),
    "CA": ("{city} {region} {postal_code}",),
    "GB": ("{city}", "{region}", "{postal_code}"),
    "GG": ("{city}", "{postal_code}"),
    "IE": ("{city}", "{region}", "{postal_code}"),
    "IM": ("{city}", "{postal_code}"),
    "IN": ("{city} {postal_code}", "{region}"),
    "JE": ("{city}", "{postal_code}"),
    "JP": ("{city}", "{region} {postal_code}"),
    "NZ": ("{city} {postal_code}",),
    "SG": ("{city} {postal_code}",),
    "US": ("{city}, {region} {postal_code}",),
    "ZA": ("{city}", "{postal_code}"),
}
# Denmark, the other Nordic countries and most of the world.
USUAL_CITY_LINES = ("{postal_code} {city}",)


def address_block(party: Mapping[str, str], *, own_country: str, language: str) -> str:
    """Return name and address of `party` (a contact or our own company), a line each.

    A person's company comes before the name. The country stands last, in capitals and in
    `language`, when it is another than `own_country`. No line is blank.
    """
    lines = (" ".join(line.split()) for line in _lines(party, own_country, language))
    return "\n".join(line for line in lines if line)


def _lines(party: Mapping[str, str], own_country: str, language: str) -> Iterator[str]:
    company = party.get("company_name", "")
    if company != party["name"]:
        yield company
    yield party["name"]
    yield party["address"]
    yield party["address_2"]
    for text in CITY_LINES.get(party["country"], USUAL_CITY_LINES):
        yield greet(text, party).strip(" ,")
    if party["country"] and party["country"] != own_country:
        yield country_name(party["country"], language).upper()
