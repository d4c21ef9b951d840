"""Addresses as the post of each country wants them."""

import pytest

from contacts.addresses import address_block

HERE = {"own_country": "DK", "language": "da"}


def party(**values: str) -> dict[str, str]:
    empty = dict.fromkeys(
        [
            "name",
            "company_name",
            "address",
            "address_2",
            "postal_code",
            "city",
            "region",
            "country",
        ],
        "",
    )
    return {**empty, **values}


@pytest.mark.parametrize(
    ("country", "values", "lines"),
    [
        ("DK", {"postal_code": "8000", "city": "Aarhus C"}, ["8000 Aarhus C"]),
        ("SE", {"postal_code": "211 20", "city": "Malmö"}, ["211 20 Malmö", "SVERIGE"]),
        ("NO", {"postal_code": "0150", "city": "Oslo"}, ["0150 Oslo", "NORGE"]),
        ("DE", {"postal_code": "20095", "city": "Hamburg"}, ["20095 Hamburg", "TYSKLAND"]),
        (
            "GB",
            {"postal_code": "SW1A 1AA", "city": "London"},
            ["London", "SW1A 1AA", "STORBRITANNIEN"],
        ),
        (
            "US",
            {"postal_code": "62701", "city": "Springfield", "region": "IL"},
            ["Springfield, IL 62701", "USA"],
        ),
        ("US", {"postal_code": "62701", "city": "", "region": ""}, ["62701", "USA"]),
        ("XX", {"postal_code": "1", "city": "Y"}, ["1 Y", "XX"]),
    ],
)
def test_each_country_writes_its_city_its_own_way(country, values, lines):
    block = address_block(party(name="Bo", country=country, **values), **HERE)

    assert block.split("\n") == ["Bo", *lines]


def test_a_persons_company_comes_first_and_a_companys_name_once():
    anna = party(name="Anna", company_name="Havn A/S", address="Havnegade 1", address_2=" ")
    havn = party(name="Havn A/S", company_name="Havn A/S")

    assert address_block(anna, **HERE) == "Havn A/S\nAnna\nHavnegade 1"
    assert address_block(havn, **HERE) == "Havn A/S"


def test_the_country_is_in_the_language_of_the_letter():
    sven = party(name="Sven", city="Malmö", country="SE")

    assert address_block(sven, own_country="DK", language="de") == "Sven\nMalmö\nSCHWEDEN"
    assert address_block(sven, own_country="SE", language="de") == "Sven\nMalmö"
