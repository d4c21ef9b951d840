"""Filling a table from a query."""

import pytest
from django.db.models import F, Value
from django.db.models.functions import JSONObject

from contacts.models import Contact, MailingGroup
from interactions.models import EntryFields
from segments_app.models import SegmentLine
from tests.factories import ContactFactory, SegmentFactory

pytestmark = pytest.mark.django_db


def test_a_row_for_every_row_of_the_source_in_its_order():
    segment = SegmentFactory()
    names = ["Bo", "Anna", "Carl"]
    contacts = {name: ContactFactory(first_name=name, surname="") for name in names}
    source = Contact.objects.order_by("-name")
    count = SegmentLine.objects.insert_from(source, segment=segment, contact=F("pk"), added_step=1)
    assert count == 3
    written = list(SegmentLine.objects.order_by("pk").values_list("contact", flat=True))
    assert written == [contacts[name].pk for name in ("Carl", "Bo", "Anna")]


def test_a_source_of_nobody_writes_nothing():
    segment = SegmentFactory()
    for source in (Contact.objects.none(), Contact.objects.filter(pk__in=[])):
        columns = {"segment": segment, "contact": F("pk"), "added_step": 1}
        assert SegmentLine.objects.insert_from(source, **columns) == 0


def test_only_rows_of_one_kind_are_inserted_in_order_and_all_are_counted():
    segment = SegmentFactory()
    names = {"Bo": "DK", "Anna": "SE", "Carl": "DK", "Dora": "NO"}
    for name, country in names.items():
        ContactFactory(first_name=name, surname="", country=country)
    columns = {"segment": segment, "contact": F("pk"), "added_step": 1}
    for ours in (["Carl", "Bo"], []):
        source = Contact.objects.filter(country__in=["DK", "SE"] if ours else ["NO"])
        counts = SegmentLine.objects.insert_some(
            source.annotate(r_home=F("country")).order_by("-name"), "r_home", "DK", **columns
        )
        assert counts == ({"DK": 2, "SE": 1} if ours else {"NO": 1})
        lines = SegmentLine.objects.order_by("pk").values_list("contact__name", flat=True)
        assert list(lines) == ours
        SegmentLine.objects.all().delete()


def test_of_nobody_there_is_no_kind():
    nobody = Contact.objects.none().annotate(r_home=F("country"))
    columns = {"segment": SegmentFactory(), "contact": F("pk"), "added_step": 1}
    assert SegmentLine.objects.insert_some(nobody, "r_home", "DK", **columns) == {}


def test_columns_without_a_default_in_the_database_must_be_given():
    """Defaults of Python do not apply to INSERT ... SELECT."""
    with pytest.raises(TypeError, match="needs a value for added_step, contact"):
        SegmentLine.objects.insert_from(Contact.objects.all(), segment=SegmentFactory())


def test_a_key_that_does_not_number_itself_must_be_given():
    with pytest.raises(TypeError, match="needs a value for entry"):
        EntryFields.objects.insert_from(MailingGroup.objects.all(), fields=JSONObject(a=Value("b")))
