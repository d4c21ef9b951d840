"""Places: postal codes and cities that exist, with a street and a number that sound right."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from segments_app.demo.tables import Row, column, rows

# Country -> its share of the contacts, and the language people there are written to.
SHARES = {"DK": 50, "SE": 20, "DE": 20, "GB": 10}
LANGUAGES = {"DK": "da", "SE": "sv", "DE": "de", "GB": "en"}
# Danish postal districts and their letters: "Aarhus C" is a part of Aarhus.
DISTRICTS = {"C", "K", "V", "N", "S", "Ø", "M", "J", "F", "NV", "NØ", "SV", "SØ", "Sj", "Øst"}
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class Place:
    country: str
    postal_code: str
    city: str
    region: str

    @property
    def town(self) -> str:
        """The city without the letters of its postal district: "Aarhus C" -> "Aarhus"."""
        name, _, district = self.city.rpartition(" ")
        return name if name and district in DISTRICTS else self.city


def draw_country(rng: Random) -> str:
    """Draw a country by its share."""
    return rng.choices(tuple(SHARES), cum_weights=_shares())[0]


def draw_place(rng: Random, country: str) -> Place:
    """Draw a place in `country`, cities more often than villages."""
    row = rng.choices(rows("postal_codes", country=country), cum_weights=_weights(country))[0]
    # British post has no use for "England", and would find it in the address.
    region = "" if country == "GB" else row["region"]
    return Place(country, _postal_code(rng, row), row["city"], region)


def draw_street(rng: Random, country: str) -> str:
    """Draw a street with a number, written as people in `country` do."""
    street = rng.choice(column("streets", "street", country=country))
    number = int(rng.triangular(1, 160, 8))
    if country == "GB":
        return f"{number} {street}"
    letter = rng.choice("ABCD") if rng.random() < 0.12 else ""
    return f"{street} {number}{letter.lower() if country == 'DE' else letter}"


def draw_floor(rng: Random, country: str) -> str:
    """Draw the second line of an address: a floor or a unit, most often nothing."""
    if rng.random() > 0.12:
        return ""
    number = rng.randint(1, 5)
    words = {
        "DK": f"{number}. sal",
        "SE": f"Våning {number}",
        "DE": f"{number}. OG",
        "GB": f"Unit {number}",
    }
    return words[country]


def _postal_code(rng: Random, row: Row) -> str:
    if row["country"] != "GB":
        return row["postal_code"]
    inward = "".join(rng.choices(INWARD_LETTERS, k=2))
    return f"{row['postal_code']} {rng.randint(1, 9)}{inward}"


@cache
def _shares() -> tuple[int, ...]:
    return tuple(accumulate(SHARES.values()))


@cache
def _weights(country: str) -> tuple[int, ...]:
    return tuple(accumulate(int(row["weight"]) for row in rows("postal_codes", country=country)))
