"""What a preview tells beside its count: the first, why they match, where they are (D2)."""

from segments_app.criteria import Criteria
from segments_app.models import Segment
from segments_app.preview import ActionPreview, preview_of, touched
from segments_app.selection import AddOptions, RemoveOptions

from .conftest import add


def preview(action: str, query: str, segment: Segment, **options: bool) -> ActionPreview:
    criteria = Criteria.from_query_string(query)
    kind = AddOptions if action == "add" else RemoveOptions
    return preview_of(action, criteria.contacts(), segment, kind(**options), criteria)


def whys(shown: ActionPreview) -> dict[str, list[str]]:
    return {sampled.contact.name.split()[0]: sampled.why for sampled in shown.sample}


def test_each_of_the_first_says_why_it_matched(segment, cast):
    shown = preview("add", "mailing_groups=VIP&country=SE&country=DK", segment)
    assert whys(shown) == {
        "Bo": ["country is Sweden", "in mailing group VIP customers"],
        "Anna": ["country is Denmark", "in mailing group VIP customers"],
    }


def test_a_colleague_came_through_somebody(segment, cast):
    shown = preview("add", "mailing_groups=VIP&country=DK", segment, expand_companies=True)
    assert whys(shown)["Jens"] == ["through Anna Sørensen"]


def test_reduce_says_why_they_match_and_refine_why_not(segment, cast):
    add(segment, "country=DK")
    assert whys(preview("reduce", "mailing_groups=VIP", segment)) == {
        "Anna": ["in mailing group VIP customers"]
    }
    assert whys(preview("refine", "mailing_groups=VIP", segment)) == {
        "Nordisk": ["not in mailing group VIP customers"],
        "Jens": ["not in mailing group VIP customers"],
    }


def test_where_they_are_and_how_they_are_reached(segment, cast):
    shown = preview("add", "status=yes", segment)
    assert shown.countries == [("Denmark", 3), ("Germany", 2), ("Sweden", 1)]
    assert (shown.count, shown.with_address, shown.with_email) == (6, 6, 1)
    add(segment, "status=yes")
    shown = preview("reduce", "status=yes", segment)
    assert shown.countries == [("Denmark", 3), ("Germany", 2), ("Sweden", 1)]
    assert (shown.count, shown.with_address, shown.with_email) == (6, 6, 1)


def test_each_reason_opens_its_contacts(segment, cast):
    cast.bo.excluded = True
    cast.bo.save()
    add(segment, "q=anna")
    contacts = Criteria.from_query_string("mailing_groups=VIP").contacts()
    for status, expected in (("excluded", cast.bo), ("present", cast.anna)):
        listed = touched("add", contacts, segment, AddOptions(), status)
        assert list(listed) == [expected]
    assert not touched("add", contacts, segment, AddOptions(), "added")
    assert list(touched("reduce", contacts, segment, RemoveOptions(), "gone")) == [cast.anna]
