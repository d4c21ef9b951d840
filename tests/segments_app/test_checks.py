"""Every problem, found at once, counted, and the lines that have it (R142, R143, D12)."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from contacts.models import AddressPeriod, AlternativeAddress, Consent, Language, Salutation
from interactions.models import Bounce, Document, TemplateDocument
from segments_app import checks
from segments_app.checks import PROBLEMS, Check
from segments_app.errors import NoLetters
from segments_app.letters import lines_to_merge
from segments_app.logging_check import LoggingCheck
from tests.factories import (
    LineFactory,
    SalutationFactory,
    SalutationFormulaFactory,
    SegmentFactory,
    TemplateFactory,
    word_document,
)

pytestmark = pytest.mark.usefixtures("greetings")
BLOCKING = {
    "no_template",
    "no_salesperson",
    "no_date",
    "unselectable",
    "letter_forbidden",
    "email_forbidden",
    "no_document",
    "broken_document",
}


@pytest.fixture
def filled(segment, cast):
    """Anna and Bo, and nothing is wrong."""
    for contact in (cast.anna, cast.bo):
        LineFactory(segment=segment, contact=contact)
    segment.current_step = 1
    segment.save()
    return segment


def found(segment) -> dict[str, int]:
    return {found.problem.code: found.count for found in Check(segment).found}


def test_nothing_is_wrong(filled):
    check = Check(filled)
    assert (found(filled), check.lines_count, check.ready_count) == ({}, 2, 2)


def test_an_empty_segment_has_no_problems_and_no_lines(segment):
    check = Check(segment)
    assert (check.found, check.lines_count, check.blocked_count) == ([], 0, 0)
    assert list(check.totals()) == []


def test_which_problems_block():
    assert {code for code, problem in PROBLEMS.items() if problem.blocking} == BLOCKING


def test_every_problem_of_every_line_at_once(segment, cast, holm):
    """Not the first of the first line (R142): all of them, each with its lines."""
    segment.template = segment.salesperson = segment.date = None
    segment.save()
    LineFactory(segment=segment, contact=cast.anna)
    LineFactory(segment=segment, contact=cast.bo, salesperson=holm)
    assert found(segment_at_one(segment)) == {"no_template": 2, "no_salesperson": 1, "no_date": 2}
    check = Check(segment)
    assert [line.contact for line in check.lines_with("no_salesperson")] == [cast.anna]
    assert check.blocked_count == 2, "a line with three problems is one line"
    assert check.ready_count == 0


def segment_at_one(segment):
    segment.current_step = 1
    segment.save()
    return segment


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"privacy_blocked": True}, "unselectable"),
        ({"minor": True}, "unselectable"),
        ({"active": False}, "unselectable"),
        ({"minor": True, "privacy_blocked": True, "active": False}, "unselectable"),
        ({"excluded": True}, "excluded"),
    ],
)
def test_d1_contacts_who_may_not_be_written_to_any_more(filled, cast, flags, code):
    for flag, value in flags.items():
        setattr(cast.anna, flag, value)
    cast.anna.save()
    assert found(filled) == {code: 1}
    assert bool(Check(filled).blockers) == (code == "unselectable")
    assert [line.contact for line in Check(filled).lines_with(code)] == [cast.anna]


def test_a_template_without_a_document_in_the_lines_language(filled, cast, spring):
    spring.documents.filter(language="en").delete()
    cast.anna.language_id = "da"
    cast.anna.save()
    assert found(filled) == {"no_document": 1, "other_salutation": 1}
    assert [line.contact for line in Check(filled).blocked_lines()] == [cast.bo]


def test_a_template_that_writes_no_letters_lacks_no_document(filled):
    filled.template = TemplateFactory(code="CALL")
    filled.save()
    assert found(filled) == {}


def test_a_letter_of_its_own_needs_no_document_of_the_template(filled, cast, spring):
    spring.documents.all().delete()
    TemplateDocument.objects.create(
        template=spring,
        language_id="sv",
        document=Document.objects.store(word_document("Vår"), name="v.docx"),
    )
    own = Document.objects.store(word_document("Dear Anna"), name="anna.docx")
    filled.sheet().filter(contact=cast.anna).update(document=own)
    assert found(filled) == {"no_document": 1}


@pytest.mark.parametrize("how", ["unknown field", "no Word document", "lost"])
def test_a_document_that_cannot_be_merged(filled, spring, how, monkeypatch):
    monkeypatch.setattr(checks, "SOUND", set())
    data = word_document("{{ contact.nme }}") if how == "unknown field" else b"Dear all"
    document = Document.objects.store(data, name="broken.docx")
    if how == "lost":
        document.file.storage.delete(str(document.file.name))
    spring.documents.update(document=document)
    assert found(filled) == {"broken_document": 2}


def test_a_sound_document_is_read_once(filled, monkeypatch):
    monkeypatch.setattr(checks, "SOUND", set())
    assert Check(filled).found == []
    monkeypatch.setattr(Document, "read", None)  # Reading it again would fail.
    assert Check(filled).found == []


def test_a_sound_document_that_is_lost_is_noticed(filled, spring):
    assert Check(filled).found == []
    document = spring.documents.get(language="en").document
    document.file.storage.delete(str(document.file.name))
    assert found(filled) == {"broken_document": 2}


def test_r143_an_email_that_has_nowhere_to_go_is_counted_and_does_not_block(filled):
    filled.correspondence_type = "email"
    filled.ignore_contact_correspondence_type = True
    filled.save()
    assert found(filled) == {"no_email": 1}
    assert Check(filled).ready_count == 2


@pytest.mark.parametrize("missing", ["address", "city"])
def test_a_letter_on_paper_needs_an_address(filled, cast, missing):
    setattr(cast.anna, missing, "")
    cast.anna.save()
    assert found(filled) == {"no_address": 1}
    summer = AlternativeAddress.objects.create(
        contact=cast.anna, code="SUMMER", address="Strandvej 1", city="Helsingør"
    )
    period = AddressPeriod.objects.create(address=summer, starts_on=filled.date)
    assert found(filled) == {}
    period.starts_on += datetime.timedelta(days=1)
    period.save()
    assert found(filled) == {"no_address": 1}


class TestConsent:
    """Whom one may not write to by a channel is not written to by it, address or not."""

    def withdraw(self, contact, channel, given=False):
        Consent.objects.update_or_create(
            contact=contact, channel=channel, defaults={"given": given}
        )

    def test_a_contact_that_does_not_allow_letters(self, filled, cast):
        self.withdraw(cast.anna, "letter")
        self.withdraw(cast.bo, "email")
        assert found(filled) == {"letter_forbidden": 1}
        check = Check(filled)
        assert check.words == "1 contact does not allow letters"
        assert [line.contact for line in check.lines_with("letter_forbidden")] == [cast.anna]
        assert [line.contact for line in check.blocked_lines()] == [cast.anna]

    def test_it_is_the_correspondence_type_that_holds_for_the_line(self, filled, cast):
        self.withdraw(cast.anna, "email")
        assert found(filled) == {}
        filled.sheet().of_contacts([cast.anna]).update(correspondence_type="email")
        assert found(filled) == {"email_forbidden": 1}
        self.withdraw(cast.anna, "email", given=True)
        assert found(filled) == {}

    def test_where_consent_is_required_silence_is_a_no(self, filled, cast, settings):
        settings.CONSENT_REQUIRED = ["letter"]
        self.withdraw(cast.anna, "letter", given=True)
        assert found(filled) == {"letter_forbidden": 1}
        assert [line.contact for line in Check(filled).blocked_lines()] == [cast.bo]

    def test_no_letter_is_made_either(self, filled, cast):
        self.withdraw(cast.anna, "letter")
        with pytest.raises(NoLetters, match="does not allow letters"):
            lines_to_merge(filled)

    def test_the_others_get_theirs_when_they_alone_are_chosen(self, filled, cast):
        self.withdraw(cast.anna, "letter")
        bo = filled.sheet().of_contacts([cast.bo])
        assert [line.contact for line in lines_to_merge(filled, bo)] == [cast.bo]
        with pytest.raises(NoLetters, match="1 contact does not allow letters"):
            lines_to_merge(filled, filled.sheet().of_contacts([cast.anna]))
        assert not lines_to_merge(filled, filled.sheet().of_contacts([])).exists()


class TestSalutations:
    """D11: the contact's salutation, or its type's default, in the language or the default."""

    def test_none_at_all(self, filled, greetings):
        greetings["person"].formulas.all().delete()
        assert found(filled) == {"no_salutation": 2}

    def test_the_contacts_own_takes_the_place_of_the_default(self, filled, cast):
        women = SalutationFactory(code="WOMEN")
        cast.anna.salutation = women
        cast.anna.save()
        assert found(filled) == {"no_salutation": 1}, "it has no formula"
        SalutationFormulaFactory(salutation=women, language_id="da", language=None)
        assert found(filled) == {"no_salutation": 1}, "the letter is in English"
        cast.anna.language_id = "da"
        cast.anna.save()
        assert found(filled) == {}

    def test_the_default_language_stands_in_and_that_is_told(self, filled, cast, greetings):
        cast.anna.language_id = "da"
        cast.anna.save()
        assert found(filled) == {"other_salutation": 1}
        assert not Check(filled).blockers
        danish = SalutationFormulaFactory(
            salutation=greetings["person"], language_id="da", language=None, text="Kære {name}"
        )
        assert found(filled) == {}
        danish.delete()
        Language.objects.update(is_default=False)
        assert found(filled) == {"no_salutation": 1}

    def test_a_type_without_a_default(self, filled, cast):
        Salutation.objects.filter(default_for="company").update(default_for=None)
        LineFactory(segment=filled, contact=cast.nordisk)
        assert found(filled) == {"no_salutation": 1}

    def test_a_line_without_letter_greets_nobody(self, filled, greetings):
        greetings["person"].formulas.all().delete()
        filled.template = TemplateFactory(code="CALL")
        filled.save()
        assert found(filled) == {}


class TestBounces:
    """An address that an e-mail came back from is told before anything is sent to it."""

    @pytest.fixture
    def emails(self, filled, cast):
        filled.correspondence_type, filled.ignore_contact_correspondence_type = "email", True
        filled.save()
        for contact, address in ((cast.anna, "Anna@Nordisk.example"), (cast.bo, "bo@lind.example")):
            contact.email = address
            contact.save()
        return filled

    @staticmethod
    def bounce(address: str, **values: Any) -> Bounce:
        return Bounce.objects.create(
            address=address, message_id=address, **{"hard": True, **values}
        )

    def test_it_is_told_with_its_lines(self, emails, cast):
        self.bounce("anna@nordisk.example")
        self.bounce("bo@lind.example", hard=False)
        assert found(emails) == {"email_came_back": 1}
        lines = Check(emails).lines_with("email_came_back")
        assert [line.contact for line in lines] == [cast.anna]

    def test_until_a_person_says_that_it_is_right_or_the_line_names_another(self, emails, cast):
        bounce = self.bounce("anna@nordisk.example")
        anna = emails.sheet().filter(contact=cast.anna)
        anna.update(contact_via="anna@home.example")
        assert found(emails) == {}
        anna.update(contact_via="anna@nordisk.example")
        assert found(emails) == {"email_came_back": 1}
        bounce.used_again_at = timezone.now()
        bounce.save()
        assert found(emails) == {}

    def test_a_letter_on_paper_does_not_mind(self, emails, cast):
        self.bounce("anna@nordisk.example")
        emails.sheet().filter(contact=cast.anna).update(correspondence_type="hard_copy")
        assert found(emails) == {}

    def test_it_blocks_when_the_emails_are_to_be_sent(self, emails):
        self.bounce("anna@nordisk.example")
        assert LoggingCheck(emails).blocked_count == 0
        sending = LoggingCheck(emails, deliver=True)
        assert (sending.blocked_count, sending.emails_count()) == (1, 1)
        assert LoggingCheck(emails).emails_count() == 1


def test_lines_that_are_off_the_sheet_are_not_looked_at(filled, cast):
    filled.sheet().filter(contact=cast.anna).update(removed_step=2, date=None)
    filled.current_step = 2
    filled.save()
    assert Check(filled).lines_count == 1


def test_totals_by_type_and_language(filled, cast):
    cast.anna.language_id, cast.anna.correspondence_type = "da", "email"
    cast.anna.save()
    filled.sheet().filter(contact=cast.bo).update(cost=Decimal("2.50"))
    rows = [
        (row["logged_type"], row["r_language"], row["n_lines"], row["sum_cost"])
        for row in Check(filled).totals()
    ]
    assert rows == [("email", "da", 1, 8), ("hard_copy", "en", 1, Decimal("2.5"))]


def test_the_check_asks_as_much_of_many_lines_as_of_few(
    filled, cast, spring, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(segment) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert not Check(segment).blockers
        return len(captured)

    few = queries(filled)
    many = segment_at_one(SegmentFactory(template=spring, salesperson=filled.salesperson))
    for n in range(30):
        contact = LineFactory(segment=many).contact
        Consent.objects.create(contact=contact, channel="email", given=bool(n % 2))
    assert queries(many) == few
