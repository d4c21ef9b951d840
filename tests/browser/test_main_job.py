"""The main job from end to end, as Mette does it in the browser."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact, Language, User
from interactions.models import InteractionTemplate
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models import Segment
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ContactFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SalutationFactory,
    SalutationFormulaFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    words_of,
)
from tests.worker import work

pytestmark = [pytest.mark.django_db(transaction=True)]

CSV = """number;name;type;city;country;email
;Sønderborg Møbler ApS;company;Sønderborg;DK;post@moebler.example
;Lampehuset & Søn I/S;company;Ribe;DK;lampe@huset.example
"""


@pytest.fixture
def spring(db) -> InteractionTemplate:
    template = TemplateFactory(code="SPRING", description="Spring catalogue")
    for code in ("en", "da"):
        language = Language.objects.get(code=code)
        TemplateDocumentFactory(template=template, language=language, subject="Spring 2027")
    return template


@pytest.fixture
def people(db) -> None:
    """Nordisk Lys with Anna and Jens, Björk & Sten with Karin, Krogh with Lise; most are VIP."""
    english = Language.objects.get(code="en")
    salutation = SalutationFactory(default_for="person")
    SalutationFormulaFactory(salutation=salutation, language=english)
    vip = MailingGroupFactory(code="VIP", description="VIP customers")
    staff = {
        ("Nordisk Lys A/S", "DK"): ["Anna Sørensen", "Jens Østergaard"],
        ("Björk & Sten AB", "SE"): ["Karin Lindqvist"],
        ("Krogh Arkitekter ApS", "DK"): ["Lise Krogh", "Poul Erik Madsen"],
    }
    for (name, country), names in staff.items():
        company = CompanyFactory(name=name, country=country)
        for person in names:
            first_name, surname = person.rsplit(" ", 1)
            contact = ContactFactory(
                first_name=first_name, surname=surname, company=company, country=country
            )
            contact.mailing_groups.add(vip)


@pytest.fixture
def mette_sells(mette: User, people, spring) -> User:
    """Mette is a salesperson, there is a campaign, and last autumn's segment is logged."""
    SalespersonFactory(code="MH", name="Mette Holm", user=mette)
    CampaignFactory(number="CP0001", description="Spring 2027")
    autumn = operations.create_segment("Autumn letter", by=mette, template=spring)
    operations.add_contacts(autumn, Criteria.from_query_string("country=SE"), by=mette)
    operations.log_segment(autumn, by=mette)
    return mette


def go(page: Page, room: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=room, exact=True).click()


def lines(page: Page) -> list[str]:
    """The names on the sheet."""
    return page.locator("table.lines td.who a").all_inner_texts()


def shows_step(page: Page, words: str) -> None:
    expect(page.locator(".steps li.now")).to_contain_text(words)


def test_the_main_job(mette_sells: User, sign_in, screenshot, page: Page, tmp_path: Path) -> None:
    sign_in(mette_sells)
    screenshot("start")
    _looks_after_contacts(page, screenshot, tmp_path)
    _fills_a_segment_in_four_ways(page, screenshot)
    _says_what_the_interaction_is(page, screenshot)
    _makes_one_letter_personal(page, screenshot, tmp_path)
    _downloads_all_letters(page)
    _logs(page, screenshot)
    _follows_up(page, screenshot)


def _looks_after_contacts(page: Page, screenshot, tmp_path: Path) -> None:
    go(page, "Contacts")
    page.locator("main").get_by_label("Search").fill("sorensen")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Anna Sørensen")).to_be_visible()
    expect(page.get_by_role("link", name="Lise Krogh")).to_have_count(0)
    screenshot("contacts")
    page.get_by_role("link", name="Anna Sørensen").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Phone", exact=True).fill("+45 86 12 34 56")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("+45 86 12 34 56")
    screenshot("contact")
    _creates_a_contact(page)
    _imports_contacts(page, screenshot, tmp_path)


def _creates_a_contact(page: Page) -> None:
    go(page, "Contacts")
    page.get_by_role("link", name="Create person").click()
    page.get_by_label("First name").fill("Ingrid")
    page.get_by_label("Surname").fill("Johansson")
    page.get_by_label("City").fill("Malmö")
    page.get_by_label("Country").select_option(label="Sweden")
    page.get_by_role("button", name=re.compile("Create|Save")).click()
    expect(page.get_by_role("heading", name="Ingrid Johansson")).to_be_visible()


def _imports_contacts(page: Page, screenshot, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(CSV, encoding="cp1252")
    go(page, "Contacts")
    page.get_by_role("link", name="Import").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Preview").click()
    work()
    expect(page.locator("main")).to_contain_text("Lampehuset & Søn I/S")
    screenshot("import")
    assert not Contact.objects.filter(city="Ribe").exists()
    page.get_by_role("button", name="Import 2 contacts").click()
    expect(page.locator("main")).to_contain_text("The contacts are being imported")
    work()
    expect(page.locator("main")).to_contain_text("All rows are imported.")
    assert Contact.objects.filter(city="Ribe").exists()


def _fills_a_segment_in_four_ways(page: Page, screenshot) -> None:
    go(page, "Segments")
    page.get_by_role("link", name="Create segment").first.click()
    page.get_by_label("Description").fill("Spring catalogue, VIP customers")
    page.get_by_role("button", name="Create segment").click()
    _adds_by_hand(page, "ingrid", "Ingrid Johansson")
    _adds_by_criteria(page, screenshot)
    _reuses_a_logged_segment(page)
    _saves_and_reuses_criteria(page)


def _adds_by_hand(page: Page, typed: str, name: str) -> None:
    page.get_by_label("Type a name to add by hand").press_sequentially(typed)
    expect(page.locator(".suggestions").get_by_role("button", name=name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text(f"Added {name}.")
    shows_step(page, f"Added {name} by hand")


def _adds_by_criteria(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Add", exact=True).click()
    _ticks(page, "In mailing group", "VIP customers")
    expect(page.get_by_role("button", name="Add 5 contacts")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?mailing_groups=VIP$"))
    screenshot("add")
    page.get_by_role("button", name="Add 5 contacts").click()
    shows_step(page, "in mailing group VIP customers")
    page.get_by_role("link", name="Reduce", exact=True).click()
    page.get_by_label("Search", exact=True).press_sequentially("madsen")
    page.get_by_role("button", name="Take out 1 line").click()
    shows_step(page, "Took out contacts")
    page.get_by_role("link", name="Refine", exact=True).click()
    _ticks(page, "Country", "Denmark")
    page.get_by_role("button", name="Take out 2 lines").click()
    shows_step(page, "country is Denmark")
    assert lines(page) == ["Lise Krogh", "Anna Sørensen", "Jens Østergaard"]
    page.get_by_role("button", name="Go back").click()
    expect(page.locator("td.who", has_text="Karin Lindqvist")).to_be_visible()
    expect(page.locator(".steps li.undone")).to_contain_text("Kept only")
    page.get_by_role("button", name="Go forward").click()
    expect(page.locator("td.who", has_text="Karin Lindqvist")).to_have_count(0)
    screenshot("steps")


def _ticks(page: Page, label: str, choice: str) -> None:
    field = page.locator(".asks .fields > div", has=page.get_by_text(label, exact=True))
    field.locator("summary").click()
    field.get_by_label(choice, exact=True).check()
    page.locator("h1").click()


def _reuses_a_logged_segment(page: Page) -> None:
    page.get_by_role("button", name="Reuse").click()
    page.locator("main").get_by_role("link", name="Logged segments", exact=True).click()
    anywhere = page.locator("details[aria-label='In any of']")
    anywhere.locator("summary").click()
    anywhere.get_by_label(re.compile("Autumn letter")).check()
    page.get_by_role("button", name=re.compile("Add . contact")).click()
    shows_step(page, "Reused logged segment")
    assert "Karin Lindqvist" in lines(page)


def _saves_and_reuses_criteria(page: Page) -> None:
    page.get_by_role("link", name="Save criteria").first.click()
    page.get_by_label("Code").fill("VIPDK")
    page.get_by_role("button", name="Save criteria").click()
    expect(page.locator("#messages")).to_contain_text("Saved as VIPDK.")
    worksheet = page.url
    go(page, "Segments")
    page.get_by_role("link", name="Create segment").first.click()
    page.get_by_label("Description").fill("The same again")
    page.get_by_role("button", name="Create segment").click()
    page.get_by_role("button", name="Reuse").click()
    page.get_by_role("link", name="Saved criteria", exact=True).last.click()
    page.get_by_role("link", name="Choose VIPDK").click()
    page.get_by_role("button", name="Reuse").click()
    expect(page.locator("#messages")).to_contain_text("4 steps were done (+7, −2).")
    again = lines(page)
    assert again[:3] == ["Lise Krogh", "Anna Sørensen", "Jens Østergaard"]
    assert "Karin Lindqvist" in again
    page.goto(worksheet)


def _says_what_the_interaction_is(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Interaction", exact=True).click()
    page.get_by_label("Interaction template").select_option(label="SPRING Spring catalogue")
    page.get_by_label("Campaign", exact=True).select_option(label="CP0001 Spring 2027")
    page.get_by_label("Salesperson").select_option(label="Mette Holm (MH)")
    page.get_by_label("Description").fill("Spring catalogue")
    page.get_by_label("Subject").fill("Spring is here")
    page.get_by_label("Date").fill("2027-03-12")
    page.get_by_label("Correspondence type").select_option(label="Hard copy")
    page.get_by_label("Unit cost").fill("9.50")
    page.get_by_label("Unit duration").fill("3")
    screenshot("header")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("lines follow.")
    expect(page.locator("td.num", has_text="9.50")).to_have_count(len(lines(page)))


def _makes_one_letter_personal(page: Page, screenshot, tmp_path: Path) -> None:
    page.get_by_role("link", name="Jens Østergaard").click()
    page.get_by_label("Cost").fill("12.50")
    page.get_by_label("Correspondence type").select_option(label="E-mail")
    page.get_by_label("Comment").fill("Thanks for the visit to Marks & Spencer <UK>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("label.own-dot")).to_have_count(2)
    page.get_by_role("button", name="Put correspondence type back").click()
    expect(page.locator("label.own-dot")).to_have_count(1)
    screenshot("line")
    _replaces_the_letter(page, tmp_path)
    page.get_by_role("link", name="Spring catalogue").click()
    expect(page.locator("tr", has_text="Jens Østergaard").locator("td.own")).to_have_text("12.50")
    expect(page.locator("tr", has_text="Jens Østergaard")).to_contain_text("comment")
    screenshot("worksheet")


def _replaces_the_letter(page: Page, tmp_path: Path) -> None:
    letter = _download(page, "Download the letter", tmp_path / "letter.docx")
    assert "Dear Jens Østergaard," in words_of(letter.read_bytes())
    assert "Thanks for the visit to Marks & Spencer <UK>" in words_of(letter.read_bytes())
    document = docx.Document(str(letter))
    document.add_paragraph("P.S. The blue lamp is back.")
    document.save(str(letter))
    page.locator("input[type=file]").set_input_files(letter)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("#letter")).to_contain_text("own letter")
    mine = _download(page, "Download the letter", tmp_path / "mine.docx")
    assert "P.S. The blue lamp is back." in words_of(mine.read_bytes())
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove the letter of its own").click()
    expect(page.locator("#letter")).to_contain_text("Merged from the template")
    again = _download(page, "Download the letter", tmp_path / "again.docx")
    assert "P.S." not in words_of(again.read_bytes())


def _downloads_all_letters(page: Page) -> None:
    page.get_by_role("link", name="Letters", exact=True).click()
    page.get_by_role("button", name="Make").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Fetch").click()
    page.get_by_role("link", name="Lines", exact=True).click()
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert len(archive.namelist()) == len(lines(page))
    assert any("Jens Østergaard" in name for name in archive.namelist())


def _logs(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Log…").click()
    expect(page.get_by_role("heading", name="Log 5 interactions")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Every line can be logged")
    screenshot("log")
    page.get_by_label("Create a follow-up segment").check()
    page.get_by_role("button", name="Log 5 interactions").click()
    expect(page.locator("#messages")).to_contain_text("Logged 5 interactions.")
    expect(page.locator("main")).to_contain_text("Jens Østergaard")
    screenshot("logged-segment")
    logged = page.locator("nav.crumb").inner_text().split("/")[-1].strip()
    go(page, "Segments")
    expect(page.get_by_role("link", name=f"Follow-up on segment {logged}")).to_be_visible()
    expect(page.locator("td.who", has_text="Spring catalogue")).to_have_count(0)
    go(page, "Logged segments")
    page.get_by_role("link", name="Spring catalogue").click()


def _follows_up(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Follow-up segment").click()
    page.get_by_label("Description").fill("Second letter")
    page.get_by_role("button", name="Create follow-up segment").click()
    expect(page.get_by_role("heading", name="Second letter")).to_be_visible()
    assert Segment.objects.get(description="Second letter").sheet().count() == 5
    page.get_by_role("link", name="Jens Østergaard").click()
    page.get_by_role("link", name="Contact", exact=True).click()
    page.locator("main").get_by_role("link", name="Interactions").click()
    expect(page.locator("main")).to_contain_text("Spring catalogue")
    screenshot("contact-interactions")


def _download(page: Page, link: str, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(to)
    return to
