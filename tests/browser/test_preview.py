"""The preview of letters, drawn by a real browser."""

import io
import re

import docx
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.models import User
from segments_app import operations
from tests.factories import (
    CompanyFactory,
    SalespersonFactory,
    SegmentFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    word_document,
)
from tests.factories import ContactFactory as Person

pytestmark = [pytest.mark.django_db(transaction=True)]


def typewritten() -> bytes:
    """A template whose default style says how text looks."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Courier New"
    document.add_paragraph("To {{ contact.name }}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def letters(mette: User):
    """Letters to Nordisk Lys and to Anna, who has one of her own."""
    template = TemplateFactory()
    made = TemplateDocumentFactory(template=template)
    segment = SegmentFactory(template=template, salesperson=SalespersonFactory())
    operations.put_document(segment, made, typewritten(), "to.docx", by=mette)
    operations.add_by_hand(segment, [CompanyFactory(name="Nordisk Lys A/S")], by=mette)
    anna = Person(first_name="Anna", surname="Sørensen")
    operations.add_by_hand(segment, [anna], by=mette)
    line = segment.sheet().get(contact=anna)
    operations.put_letter(line, word_document("Dear Anna, it was good"), "anna.docx", by=mette)
    return segment


def test_mette_steps_through_the_letters(letters, mette, sign_in, screenshot, page: Page):
    heard: list[str] = []
    sign_in(mette)
    page.on("console", lambda it: heard.extend([it.text] if it.type == "error" else []))
    page.on("pageerror", lambda error: heard.append(str(error)))
    base = page.url.split("/", 3)
    page.goto("/".join(base[:3]) + reverse("segments:preview", args=[letters.number]))
    letter = page.frame_locator("[data-letter-frame]")
    expect(letter.locator("section")).to_contain_text("To Nordisk Lys A/S")
    expect(letter.locator("section p span").first).to_have_css(
        "font-family", '"Courier New", monospace'
    )
    screenshot("preview")
    page.keyboard.press("ArrowRight")
    expect(letter.locator("section")).to_contain_text("Dear Anna, it was good")
    expect(page.locator("#stepper")).to_contain_text("2 of 2")
    expect(page).to_have_url(re.compile(r"/lines/\d+/preview/"))
    letter.locator("section").click()
    page.keyboard.press("ArrowLeft")
    expect(letter.locator("section")).to_contain_text("To Nordisk Lys A/S")
    assert heard == []
