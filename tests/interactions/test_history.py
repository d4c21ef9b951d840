"""The change history of interaction templates."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import TemplateFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_template_tells_what_was_changed(client, mette):
    client.force_login(mette)
    template = TemplateFactory.create(code="SPRING", unit_cost=Decimal("4.50"))
    template.unit_cost = Decimal("5.25")
    template.save()
    page = client.get(reverse("interactions:template_history", args=["SPRING"]))
    text = page.content.decode()
    assert "4.50" in text
    assert "5.25" in text
