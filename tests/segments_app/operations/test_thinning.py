"""Samples, split segments, held out shares, one per household or company (D23)."""

import hashlib

import pytest
from django.utils import translation

from contacts.errors import Refused
from contacts.models import Contact
from segments_app.models import Segment
from segments_app.operations import (
    go_back,
    go_forward,
    hold_out,
    keep_one_per,
    keep_sample,
    replay,
    split,
)
from segments_app.sentences import spoken
from segments_app.thinning import Amount
from tests.factories import ContactFactory, OrganizationalLevelFactory, SegmentFactory

from ..conftest import add, on_sheet


@pytest.fixture
def crowd(segment, db) -> Segment:
    """A sheet of twenty persons."""
    Contact.objects.bulk_create(
        Contact(number=f"X{n:03d}", name=f"Person {n:02d}", country="NO") for n in range(20)
    )
    add(segment, "country=NO")
    return segment


def numbers(segment: Segment) -> set[str]:
    return set(segment.sheet().values_list("contact__number", flat=True))


def drawn(seed: str, count: int) -> set[str]:
    """Who is drawn, reckoned by hand: the same on every machine and database."""
    everyone = [f"X{n:03d}" for n in range(20)]
    return set(
        sorted(everyone, key=lambda n: hashlib.md5(f"{seed}:{n}".encode()).hexdigest())[:count]
    )


@pytest.mark.parametrize(
    ("amount", "left"), [(Amount(5), 5), (Amount(25, True), 5), (Amount(99), 20)]
)
def test_the_seed_alone_says_who_is_drawn(crowd, amount, left):
    step = keep_sample(crowd, amount, seed="spring", by=None)
    assert numbers(crowd) == drawn("spring", left)
    assert (step.action, step.removed, step.lines_after) == ("sample", 20 - left, left)


def test_another_seed_draws_others_and_it_can_be_undone(crowd, mette):
    step = keep_sample(crowd, Amount(5), seed="a", by=mette)
    assert spoken(step.sentences) == "Kept 5 random lines (seed a)"
    first = numbers(crowd)
    go_back(crowd, by=mette)
    assert len(numbers(crowd)) == 20
    keep_sample(crowd, Amount(5), seed="b", by=mette)
    assert numbers(crowd) == drawn("b", 5) != first
    go_forward(crowd, by=mette)


def test_a_contact_that_stands_twice_keeps_its_place(segment, cast):
    add(segment, "status=yes")
    add(segment, "status=yes", allow_existing=True)
    keep_sample(segment, Amount(7), seed="a", by=None)
    assert segment.sheet().count() == 7


class TestSplit:
    def test_the_first_part_stays_and_the_others_are_segments(self, crowd, mette):
        line = crowd.sheet().get(contact__number=max(drawn("s", 20) - drawn("s", 10)))
        line.comment = "Her own"
        line.save()
        step = split(crowd, [50, 30, 20], seed="s", by=mette)
        part_b, part_c = Segment.objects.exclude(pk=crowd.pk).order_by("number")
        assert numbers(crowd) == drawn("s", 10)
        assert numbers(part_b) == drawn("s", 16) - drawn("s", 10)
        assert len(numbers(part_c)) == 4
        assert (part_b.description, part_b.template) == ("Spring 2026 B", crowd.template)
        assert (part_b.current_step, part_b.steps.get().lines_after) == (1, 6)
        own = [each.comment for part in (part_b, part_c) for each in part.sheet() if each.comment]
        assert own == ["Her own"]
        assert spoken(step.sentences) == (
            f"Split 50/30/20: part A stays, the others are segments {part_b.number}, "
            f"{part_c.number} (seed s)"
        )
        assert spoken(part_c.steps.get().sentences) == "Part C of SM00901, 20 %"
        go_back(crowd, by=mette)
        assert len(numbers(crowd)) == 20

    def test_who_stands_twice_does_so_in_its_part(self, segment, cast):
        add(segment, "status=yes")
        add(segment, "status=yes", allow_existing=True)
        split(segment, [1, 1], seed="s", by=None)
        other = Segment.objects.exclude(pk=segment.pk).get()
        assert other.sheet().count() + segment.sheet().count() == 12
        assert other.current_step == 2

    @pytest.mark.parametrize("shares", [[100], [1, 0], [1, 99], [1] * 30])
    def test_what_makes_no_parts_changes_nothing(self, crowd, shares):
        with pytest.raises(Refused):
            split(crowd, shares, seed="s", by=None)
        assert (Segment.objects.count(), crowd.steps.count()) == (1, 1)

    def test_in_danish_the_numbers_are_danish(self, crowd):
        step = hold_out(crowd, 12.5, seed="s", apart=False, by=None)
        with translation.override("da"):
            assert "12,5" in spoken(step.sentences)


def test_a_share_is_held_out_in_a_segment_of_its_own(crowd):
    step = hold_out(crowd, 10, seed="s", by=None)
    held = Segment.objects.exclude(pk=crowd.pk).get()
    assert (step.removed, numbers(held)) == (2, drawn("s", 20) - drawn("s", 18))
    assert held.description == "Spring 2026, held out"
    assert numbers(crowd).isdisjoint(numbers(held))


class TestOnePer:
    @pytest.fixture
    def sheet(self, segment, cast) -> Segment:
        """All of the cast live in three places, written in different ways."""
        cast.anna.address, cast.anna.address_2 = "HAVNEGADE 1,", ""
        cast.jens.address = "Havnegade  1."
        cast.anna.save()
        cast.jens.save()
        add(segment, "status=yes")
        return segment

    def test_one_line_for_each_household(self, sheet):
        step = keep_one_per(sheet, "household", by=None)
        assert on_sheet(sheet) == ["bo", "nordisk", "weber"]
        assert spoken(step.sentences) == "Kept one line for each household"
        go_back(sheet, by=None)
        assert len(on_sheet(sheet)) == 6

    def test_letters_beyond_ascii_have_no_case_either(self, segment, cast):
        for name, street in (("Eva", "Åboulevarden 3"), ("Ib", "ÅBOULEVARDEN 3")):
            ContactFactory(first_name=name, surname="Ås", address=street, country="NO")
        add(segment, "country=NO")
        keep_one_per(segment, "household", by=None)
        assert on_sheet(segment) == ["eva"]

    def test_who_has_no_address_or_company_stays(self, segment, cast):
        Contact.objects.filter(pk=cast.bo.pk).update(address="")
        ContactFactory(first_name="Ada", surname="Bo", address="", country="SE")
        add(segment, "country=SE")
        keep_one_per(segment, "household", by=None)
        keep_one_per(segment, "company", by=None)
        assert on_sheet(segment) == ["ada", "bo"]

    def test_one_for_each_company_the_newest(self, sheet, cast):
        keep_one_per(sheet, "company", "newest", by=None)
        assert on_sheet(sheet) == ["bo", "jens", "klaus"]

    def test_whoever_has_the_level(self, sheet, cast):
        director = OrganizationalLevelFactory(code="DIR", description="Director")
        cast.jens.organizational_level = director
        cast.jens.save()
        step = keep_one_per(sheet, "company", "level", level=director, by=None)
        assert on_sheet(sheet) == ["bo", "jens", "weber"]
        assert spoken(step.sentences) == "Kept one line for each company: Director"


@pytest.mark.parametrize(
    "act",
    [
        lambda s: keep_sample(s, Amount(3), seed="x", by=None),
        lambda s: split(s, [2, 1], seed="x", by=None),
        lambda s: hold_out(s, 50, seed="x", by=None),
        lambda s: keep_one_per(s, "company", "oldest", by=None),
    ],
)
def test_each_can_be_done_again_from_what_is_stored(segment, cast, act):
    add(segment, "status=yes")
    step = act(segment)
    other = SegmentFactory()
    add(other, "status=yes")
    segments = Segment.objects.count()
    again = replay(other, step, by=None)
    assert on_sheet(other) == on_sheet(segment)
    assert (again.action, again.criteria) == (step.action, step.criteria)
    assert Segment.objects.count() == segments, "no segment is made twice"
