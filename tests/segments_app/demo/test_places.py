import re
from random import Random

import pytest

from segments_app.demo.places import Place, draw_place
from segments_app.demo.tables import rows

SHAPES = {
    "DK": r"\d{4}",
    "SE": r"\d{3} \d{2}",
    "DE": r"\d{5}",
    "GB": r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}",
}


@pytest.mark.parametrize(
    ("city", "town"),
    [
        ("Aarhus C", "Aarhus"),
        ("København NV", "København"),
        ("Skive", "Skive"),
        ("Bad Orb", "Bad Orb"),
    ],
)
def test_a_town_has_no_postal_district(city, town):
    assert Place("DK", "8000", city, "").town == town


@pytest.mark.parametrize("country", SHAPES)
def test_postal_codes_have_the_shape_of_their_country(country):
    places = [draw_place(Random(n), country) for n in range(200)]
    assert all(re.fullmatch(SHAPES[country], place.postal_code) for place in places)
    assert len({place.city for place in places}) > 50


def test_places_come_from_the_table():
    known = {(row["postal_code"], row["city"]) for row in rows("postal_codes", country="DK")}
    drawn = [draw_place(Random(n), "DK") for n in range(200)]
    assert all((place.postal_code, place.city) in known for place in drawn)
