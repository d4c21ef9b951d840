"""Addresses as the post of each country wants them, for pages and letters alike."""

from collections.abc import Mapping
from typing import Any

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
# What an alternative address replaces: the place as a whole, the rest where it says something.
PLACE = ("address", "address_2", "postal_code", "city", "region")
REACHED_BY = ("phone", "mobile", "email", "home_page")

Party = Mapping[str, Any]


def address_block(party: Party, *, own_country: str, language: str) -> str:
    """Return name and address of `party` (a contact or our own company), a line each.

    A person's company comes before the name: the one of the address, if that is an alternative
    one. The country stands last, in capitals and in `language`, when it is another than
    `own_country`. No line is blank.
    """
    return "\n".join(_filled([*_names(party), *_lines(party, own_country, language)]))


def address_lines(party: Party, *, own_country: str, language: str) -> list[str]:
    """Return the lines of `address_block` below the names."""
    return _filled(_lines(party, own_country, language))


def with_alternative(contact: Party, alternative: Party | None) -> Party:
    """Return the contact with the alternative address that is in force, if one is (R14, R16).

    The place is taken whole, so that two are never mixed; how to be reached, only what is filled
    in. `alternative` is what `address_in_force` found; where it is the contact's own, the company
    on the envelope is the one that it names, if any.
    """
    if not alternative:
        return contact
    reached = {name: alternative[name] for name in REACHED_BY if alternative.get(name)}
    return {**contact, **_place(contact, alternative), **reached}


def _place(contact: Party, alternative: Party) -> Party:
    place = {name: alternative.get(name) or "" for name in PLACE}
    if not any(place.values()):
        return {}
    usual = "" if alternative.get("own") else contact["company_name"]
    country = alternative.get("country") or contact["country"]
    company = alternative.get("company_name") or usual
    return {**place, "country": country, "address_company": company}


def _names(party: Party) -> list[str]:
    name, company = party["name"], party.get("address_company", party.get("company_name", ""))
    return [company if company != name else "", name, party.get("name_2", "")]


def _lines(party: Party, own_country: str, language: str) -> list[str]:
    country = party["country"]
    city = (greet(text, party).strip(" ,") for text in CITY_LINES.get(country, USUAL_CITY_LINES))
    abroad = country_name(country, language).upper() if country and country != own_country else ""
    return [party["address"], party["address_2"], *city, abroad]


def _filled(lines: list[str]) -> list[str]:
    return [line for text in lines if text and (line := " ".join(text.split()))]
