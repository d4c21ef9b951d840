from random import Random

import pytest

from segments_app.demo.companies import INDUSTRIES, domain_part, draw_company_name
from segments_app.demo.places import Place
from segments_app.demo.tables import rows


@pytest.mark.parametrize(
    ("name", "country", "domain"),
    [
        ("Hotel Åkanden", "DK", "hotel-aakanden"),
        ("Sjöbergs Möbler", "SE", "sjobergs-mobler"),
        ("Gasthof Weiß & Söhne", "DE", "gasthof-weiss-soehne"),
        ("O'Brien & Daughters", "GB", "o-brien-daughters"),
    ],
)
def test_a_domain_is_spelled_as_in_its_country(name, country, domain):
    assert domain_part(name, country) == domain


def test_every_country_has_companies_of_every_industry():
    for country in ("DK", "SE", "DE", "GB"):
        for industry in INDUSTRIES:
            assert rows("company_names", country=country, industry=industry)


def test_a_name_ending_in_s_gets_no_second_one():
    place = Place("DK", "8000", "Aarhus C", "Region Midtjylland")
    names = {draw_company_name(Random(n), place, "HOTEL") for n in range(2000)}
    assert any(name.startswith("Friis' ") for name in names)
    assert not any(name.startswith("Friiss") for name in names)
