"""An export opens right in a spreadsheet, and imported again it changes nothing."""

import io
import json
from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.exports import KINDS, export_rows, ordered
from contacts.imports import Options, import_contacts
from contacts.imports.cells import escaped, unescaped
from contacts.imports.columns import heading_key
from contacts.imports.headings import headings, known_headings
from contacts.imports.resource import all_columns
from contacts.models import Consent, Contact, JobResponsibility
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    MailingGroupFactory,
    SalespersonFactory,
)

pytestmark = pytest.mark.django_db
ALL = ordered(all_columns())


def exported(kind: str = "semicolon", names=ALL, language: str = "en") -> bytes:
    rows = export_rows(Contact.objects.order_by("name", "id"), names, language)
    return b"".join(KINDS[kind].stream(rows))


@pytest.fixture
def cast():
    """A company and a person with everything that can be known of them, some of it nasty."""
    salesperson = SalespersonFactory.create(code="MH")
    lys = CompanyFactory.create(
        number="C1", name="=Lys A/S", postal_code="0800", phone="+45 33 12 34 56", notes="-1\n@x"
    )
    lys.industry_groups.add(IndustryGroupFactory.create(code="RETAIL"))
    anna = ContactFactory.create(
        number="P1",
        first_name="Anna",
        surname="Sørensen",
        company=lys,
        salesperson=salesperson,
        correspondence_type="email",
        external_id="'+45",
        notes='Likes tea;\r\n"green"',
        privacy_blocked=True,
    )
    anna.mailing_groups.add(*(MailingGroupFactory.create(code=code) for code in ("VIP", "NEWS")))
    buys = JobResponsibility.objects.create(code="BUY", description="Purchasing")
    anna.job_responsibilities.add(buys)
    Consent.objects.create(
        contact=anna, channel="email", given=False, date=date(2026, 3, 1), source="call"
    )


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", ["leave", "clear"])
def test_an_exported_file_imported_again_changes_nothing(cast, kind, language, empty):
    data = exported(kind, language=language)
    result = import_contacts(io.BytesIO(data), options=Options(empty=empty))
    assert (result.refused, result.created, result.updated, result.unchanged) == ([], 0, 0, 2)


def test_a_csv_file_opens_right_and_runs_nothing(cast):
    data = exported(names=ordered(["name", "postal_code", "phone", "notes"]))
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0] == "Number;Name;Postal code;Phone;Notes;May not be selected"
    assert "C1;'=Lys A/S;0800;'+45 33 12 34 56;\"'-1" in text
    assert "privacy blocked" in text


def test_all_cells_of_a_workbook_are_text(cast):
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert {cells["=Lys A/S"], cells["0800"], cells["+45 33 12 34 56"]} == {"s"}


def test_who_may_not_be_selected_is_marked_whatever_is_chosen(cast):
    rows = list(export_rows(Contact.objects.order_by("name"), ordered(["name"]), "en"))
    assert rows[0] == ["Number", "Name", "May not be selected"]
    assert ["P1", "Anna Sørensen", "privacy blocked"] in rows


TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]), min_size=1, max_size=40)


@given(text=st.text(max_size=20))
def test_what_is_escaped_is_no_formula_and_comes_back(text: str):
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescaped(escaped(text)) == text


@given(text=TEXTS, kind=st.sampled_from(list(KINDS)))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_survives_export_and_import(db, text: str, kind: str):
    Contact.objects.all().delete()
    CompanyFactory.create(number="C1", name=text, address=text, external_id=text)
    result = import_contacts(io.BytesIO(exported(kind)), options=Options(empty="clear"))
    assert (result.refused, result.unchanged) == ([], 1)


def test_no_heading_means_two_columns():
    keys: dict[str, set[str]] = {}
    for name, heading in headings():
        keys.setdefault(heading_key(heading), set()).add(name)
    assert {key: names for key, names in keys.items() if len(names) > 1} == {}
    with translation.override("da"):
        for name, column in all_columns().items():
            assert known_headings()[heading_key(column.label)] == name


def test_many_contacts_take_few_queries(cast, django_assert_max_num_queries):
    for n in range(30):
        ContactFactory.create(number=f"X{n}")
    with django_assert_max_num_queries(20):
        exported()


def test_the_page_exports_what_the_list_shows_and_remembers_the_columns(cast, client, rasmus):
    client.force_login(rasmus)
    url = reverse("contacts:export") + "?type=company"
    assert "<strong>1 contact:</strong>" in client.get(url).text
    response = client.post(url, {"kind": "comma", "columns": ["name", "city"]})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["C1,'=Lys A/S,Aarhus C,"]
    assert client.session["export"] == {"kind": "comma", "columns": ["name", "city"]}
    assert client.get(url).text.count(" checked") == 2
    assert response["Content-Type"] == "text/csv"


def test_the_ticked_alone_are_exported(cast, client, rasmus):
    client.force_login(rasmus)
    bo = ContactFactory.create(number="P2", first_name="Bo", surname="Holm")
    url = reverse("contacts:export") + "?contact=P1&contact=P2"
    assert "<strong>2 contacts</strong> that were ticked" in client.get(url).text
    response = client.post(url, {"kind": "comma", "columns": ["name"]})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["Number", "P1", bo.number]
    listed = client.get(reverse("contacts:list")).text
    assert f'name="contact" value="{bo.number}"' in " ".join(listed.split())


def test_an_unknown_condition_exports_nobody(client, rasmus):
    client.force_login(rasmus)
    assert client.post(reverse("contacts:export") + "?contry=DK").status_code == 302


def test_the_command_writes_whom_the_criteria_find(cast, tmp_path):
    out = StringIO()
    path = tmp_path / "companies.csv"
    call_command(
        *("export_contacts", "--filter", "type=company", "--output", str(path)),
        *("--columns", "name,city", "--json"),
        stdout=out,
    )
    assert json.loads(out.getvalue()) == {"contacts": 1, "output": str(path)}
    assert path.read_text("utf-8-sig").splitlines()[1] == "C1;'=Lys A/S;Aarhus C;"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--filter", "contry=DK"], "contry"),
        (["--columns", "nam"], "Did you mean “name”?"),
        (["--output", "x.doc"], "must end with"),
        (["--output", "/nowhere/x.csv"], "cannot be written"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(options, reason, tmp_path):
    with pytest.raises(CommandError, match=reason):
        call_command("export_contacts", "--output", str(tmp_path / "x.csv"), *options)
