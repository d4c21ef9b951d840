"""Phone numbers, written as people in each country do.

Swedish, German and British numbers are from ranges kept free for fiction.
"""

from random import Random

LANDLINES = {
    "DK": (
        "+45 33",
        "+45 39",
        "+45 44",
        "+45 55",
        "+45 63",
        "+45 66",
        "+45 75",
        "+45 86",
        "+45 98",
    ),
    "SE": ("+46 31 390 06", "+46 40 628 04", "+46 8 465 004"),
    "DE": ("+49 30 23125", "+49 69 90009", "+49 40 66969", "+49 221 4710", "+49 89 99998"),
    "GB": ("+44 20 7946 0", "+44 121 496 0", "+44 131 496 0", "+44 161 496 0", "+44 1632 960"),
}
MOBILES = {
    "DK": ("+45 20", "+45 22", "+45 26", "+45 30", "+45 40", "+45 51", "+45 60", "+45 61"),
    "SE": ("+46 70 174 06",),
    "DE": ("+49 171 39200",),
    "GB": ("+44 7700 900",),
}
# How many digits follow, in groups.
LANDLINE_DIGITS = {"DK": (2, 2, 2), "SE": (2,), "DE": (3,), "GB": (3,)}
MOBILE_DIGITS = {"DK": (2, 2, 2), "SE": (2,), "DE": (2,), "GB": (3,)}


def draw_landline(rng: Random, country: str) -> str:
    """Draw the number of a telephone on a desk."""
    return _draw(rng, country, LANDLINES[country], LANDLINE_DIGITS[country])


def draw_mobile(rng: Random, country: str) -> str:
    """Draw the number of a mobile phone."""
    return _draw(rng, country, MOBILES[country], MOBILE_DIGITS[country])


def _draw(rng: Random, country: str, prefixes: tuple[str, ...], groups: tuple[int, ...]) -> str:
    digits = [f"{rng.randrange(10**size):0{size}d}" for size in groups]
    glue = " " if country == "DK" else ""
    return rng.choice(prefixes) + glue + " ".join(digits)
