"""Log with problems, mend one, keep the other back, and follow up who did not answer."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from interactions.models import InteractionLogEntry
from segments_app import operations
from segments_app.criteria import Criteria
from segments_app.models import Segment
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    ContactFactory,
    EntryFactory,
    SalespersonFactory,
    TemplateDocumentFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invitation(mette) -> Segment:
    """An invitation of the fair to Anna, Bo and Carl; Bo and Carl have problems."""
    company = CompanyFactory(name="Nordisk Lys A/S", city="Odense")
    for first_name in ("Anna", "Bo", "Carl"):
        ContactFactory(first_name=first_name, surname="Lind", company=company, city="Aarhus C")
    segment = operations.create_segment(
        "Invitation",
        by=mette,
        template=TemplateDocumentFactory().template,
        salesperson=SalespersonFactory(name="Mette Holm"),
        campaign=CampaignFactory(number="CP0001", description="Fair"),
        campaign_target=True,
    )
    operations.add_contacts(segment, Criteria.from_query_string("city=Aarhus C"), by=mette)
    line = segment.sheet().get(contact__first_name="Bo")
    line.contact.active = False
    line.contact.save()
    carl = segment.sheet().get(contact__first_name="Carl")
    carl.contact.privacy_blocked = True
    carl.contact.save()
    return segment


def test_log_mend_keep_back_and_follow_up(invitation, sign_in, mette, live_server, screenshot):
    page = sign_in(mette)
    page.goto(f"{live_server.url}/segments/{invitation.number}/log/")
    expect(page.get_by_text("2 contacts may not be written to")).to_be_visible()
    expect(page.get_by_text("2 contacts were blocked or excluded since")).to_be_visible()
    button = page.get_by_role("button", name="Log 1 interaction")
    expect(button).to_be_disabled()
    screenshot("log-with-problems")

    # Bo is mended; Carl is kept back.
    bo = invitation.sheet().get(contact__first_name="Bo").contact
    bo.active = True
    bo.save()
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_text("1 contact may not be written to")).to_be_visible()
    page.get_by_text("Log the others and keep this 1 line").click()
    button = page.get_by_role("button", name="Log 2 interactions")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Logged 2 interactions.")).to_be_visible()
    kept = Segment.objects.get()
    expect(page.get_by_text("1 line with problems was kept back in segment")).to_be_visible()
    expect(page.get_by_role("link", name=f"{kept.number} Invitation")).to_be_visible()

    # Anna answers the campaign; the others are followed up.
    entry = InteractionLogEntry.objects.get(contact__first_name="Anna")
    EntryFactory(
        contact=entry.contact,
        campaign=entry.campaign,
        campaign_response=True,
        date=timezone.localdate(),
    )
    page.goto(f"{live_server.url}/interactions/campaigns/CP0001/statistics/")
    expect(page.locator(".figures")).to_contain_text("50.0%")
    screenshot("campaign-statistics")
    page.get_by_role("link", name="Follow up who has not responded").click()
    expect(page.locator("#id_whom option:checked")).to_have_text("Who has not responded yet (1)")
    page.get_by_role("button", name="Create follow-up segment").click()
    expect(page.locator("#main")).to_contain_text("Bo Lind")
    expect(page.locator("#main")).not_to_contain_text("Anna Lind")
