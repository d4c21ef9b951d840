"""Every condition on contacts, its round trip, its sentence, and what it refuses."""

import pytest

from contacts.filters import ContactFilter
from contacts.models import Contact, ContactMailingGroup, Language
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SalutationFactory,
)


@pytest.fixture
def cast(db) -> dict[str, Contact]:
    """Nordisk Lys with Anna and Jens in Denmark; Weber alone in Germany; Karin without anything."""
    danish = Language.objects.get(code="da")
    vip = MailingGroupFactory.create(code="VIP", description="VIP")
    news = MailingGroupFactory.create(code="NEWS", description="Newsletter")
    retail = IndustryGroupFactory.create(code="RETAIL", description="Retail")
    nordisk = CompanyFactory.create(
        name="Nordisk Lys A/S", number="CT1", email="info@nordisk.example"
    )
    nordisk.industry_groups.add(retail)
    nordisk.mailing_groups.add(news)
    anna = ContactFactory.create(
        first_name="Anna",
        surname="Sørensen",
        number="CT2",
        company=nordisk,
        language=danish,
        salesperson=SalespersonFactory.create(code="MH", name="Mette Holm"),
        salutation=SalutationFactory.create(code="WOMEN", description="Women"),
        correspondence_type="email",
        email="anna@nordisk.example",
    )
    anna.mailing_groups.add(vip, news)
    jens = ContactFactory.create(
        first_name="Jens", surname="Østergaard", number="CT3", company=nordisk, excluded=True
    )
    weber = CompanyFactory.create(
        name="Weber GmbH", number="CT4", country="DE", city="Århus", postal_code="80331"
    )
    karin = ContactFactory.create(
        first_name="Karin",
        surname="Lindqvist",
        number="CT5",
        country="SE",
        city="",
        address="",
        postal_code="",
        privacy_blocked=True,
    )
    return {"nordisk": nordisk, "anna": anna, "jens": jens, "weber": weber, "karin": karin}


def names(criteria: str) -> set[str]:
    chosen = ContactFilter.from_query_string(criteria)
    assert chosen.is_valid(), chosen.problems()
    return {contact.name.split()[0].lower() for contact in chosen.qs}


EVERYONE = {"nordisk", "anna", "jens", "weber", "karin"}

CASES = [
    ("", EVERYONE),
    ("q=sorensen", {"anna"}),
    ("q=S%C3%98RENSEN", {"anna"}),
    ("q=nordisk+anna", {"anna"}),
    ("q=anna%40nordisk", {"anna"}),
    ("q=CT4", {"weber"}),
    ("type=company", {"nordisk", "weber"}),
    ("type=person", {"anna", "jens", "karin"}),
    ("company=CT1", {"nordisk", "anna", "jens"}),
    ("country=DE&country=SE", {"weber", "karin"}),
    ("country=", EVERYONE),
    ("city=aarhus", {"nordisk", "anna", "jens"}),
    ("city=%C3%A5rhus", {"weber"}),
    ("language=da", {"anna"}),
    ("salesperson=MH", {"anna"}),
    ("salutation=WOMEN", {"anna"}),
    ("correspondence_type=email", {"anna"}),
    ("correspondence_type=email&correspondence_type=hard_copy", {"anna"}),
    ("has_email=yes", {"nordisk", "anna"}),
    ("has_email=no", {"jens", "weber", "karin"}),
    ("has_address=yes", EVERYONE - {"karin"}),
    ("has_address=no", {"karin"}),
    ("excluded=yes", {"jens"}),
    ("excluded=no", EVERYONE - {"jens"}),
    ("status=yes", {"nordisk", "anna", "weber"}),
    ("status=no", {"jens", "karin"}),
    ("mailing_groups=VIP", {"anna"}),
    ("mailing_groups=VIP&mailing_groups=NEWS", {"anna", "nordisk"}),
    ("mailing_groups_not=VIP&mailing_groups_not=NEWS", {"jens", "weber", "karin"}),
    ("mailing_groups=NEWS&mailing_groups_not=VIP", {"nordisk"}),
    ("industry_groups=RETAIL", {"nordisk", "anna", "jens"}),
    ("industry_groups_not=RETAIL", {"weber", "karin"}),
]


@pytest.mark.parametrize(("criteria", "expected"), CASES)
def test_each_condition_finds_whom_it_names(cast, criteria, expected):
    assert names(criteria) == expected


@pytest.mark.parametrize("criteria", [criteria for criteria, _ in CASES])
def test_conditions_survive_the_query_string(cast, criteria):
    asked = ContactFilter.from_query_string(criteria)
    again = ContactFilter.from_query_string(asked.query_string())
    stored = ContactFilter(asked.parameters())
    assert again.parameters() == stored.parameters() == asked.parameters()
    assert set(again.qs) == set(stored.qs) == set(asked.qs)


def test_every_condition_is_tried_here_and_says_itself(cast):
    tried = {part.split("=")[0] for criteria, _ in CASES for part in criteria.split("&") if part}
    tried |= {"postal_code_from", "postal_code_to"}
    assert tried == set(ContactFilter.base_filters)
    for criteria, _ in CASES:
        asked = ContactFilter.from_query_string(criteria)
        assert bool(asked.sentence()) == bool(asked.parameters())


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # As text: country tells Danish codes from German ones.
        ("8", "8999", ["8000", "80331", "8999"]),
        ("8000", "8000", ["8000"]),
        ("8", "8", ["8000", "80331", "8999"]),
        ("9", "", ["9000", "EC1A 1BB"]),
        ("", "411", ["1000", "411 04"]),
        ("ec1a", "ec1a", ["EC1A 1BB"]),
    ],
)
def test_postal_codes_are_a_range_of_texts_without_blanks(db, first, last, expected):
    for code in ["", "1000", "411 04", "8000", "80331", "8999", "9000", "EC1A 1BB"]:
        ContactFactory.create(postal_code=code)
    asked = ContactFilter({"postal_code_from": first, "postal_code_to": last})
    assert sorted(asked.qs.values_list("postal_code", flat=True)) == expected


def test_has_and_has_not_divide_the_contacts_between_them(cast):
    lone = ContactFactory.create(first_name="Lone", company=None)
    for group in ("mailing_groups=VIP", "mailing_groups=NEWS", "industry_groups=RETAIL"):
        with_it = set(ContactFilter.from_query_string(group).qs)
        without = set(ContactFilter.from_query_string(group.replace("=", "_not=")).qs)
        assert with_it | without == {*cast.values(), lone}
        assert not with_it & without


def test_a_contact_in_two_asked_groups_is_found_once(cast):
    asked = ContactFilter.from_query_string("mailing_groups=VIP&mailing_groups=NEWS")
    assert asked.qs.count() == 2
    assert ContactMailingGroup.objects.count() == 3


def test_the_sentence_speaks_as_people_do(cast):
    asked = ContactFilter.from_query_string(
        "country=DK&country=SE&mailing_groups=VIP&industry_groups_not=RETAIL&has_email=no"
    )
    assert asked.sentence() == (
        "country is Denmark or Sweden, and has no e-mail address, and in mailing group VIP, "
        "and not in industry group Retail"
    )
    assert ContactFilter({}).sentence() == ""


@pytest.mark.parametrize(
    ("criteria", "problem"),
    [
        ("country=XX", "Country: “XX” is not known."),
        ("mailing_groups=NOPE", "In mailing group: “NOPE” is not known."),
        ("mailing_groups=%00", "In mailing group: “\0” is not known."),
        ("salesperson=MH&salesperson=QQ", "Salesperson: “QQ” is not known."),
        ("company=CT2", "Company: “CT2” is not known."),
        ("company=%00", "Company: Null characters are not allowed."),
        ("type=robot", "Type: “robot” is not known."),
        ("has_email=perhaps", "Has an e-mail address: “perhaps” is not known."),
        ("q=%00", "Search: Null characters are not allowed."),
        ("contry=DK", "There is no condition “contry”. Did you mean “country”?"),
        ("zzzz=1", "There is no condition “zzzz”."),
        ("city=Aarhus&city=Odense", "City: Only one value can be given here."),
        ("postal_code_from=9000&postal_code_to=8000", "Postal code to: 8000 comes before 9000."),
    ],
)
def test_wrong_conditions_are_refused_by_name_and_find_nobody(cast, criteria, problem):
    asked = ContactFilter.from_query_string(criteria)
    assert not asked.is_valid()
    assert asked.problems() == [problem]
    assert not asked.qs.exists()
    assert asked.parameters() == {}


def test_search_folds_letters_the_same_on_every_database(cast):
    assert names("q=ostergaard") == names("q=ØSTERGAARD") == {"jens"}
