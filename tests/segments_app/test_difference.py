"""What other steps would change is shown before, with why."""

from segments_app.criteria import Criteria
from segments_app.difference import difference, difference_page
from segments_app.operations import add_by_hand, change_line, rebuild
from segments_app.plan import PlannedStep, plan_of
from segments_app.selection import AddOptions, RemoveOptions
from tests.factories import ContactFactory

from .conftest import add, line_of


def whys(found):
    return {why.words: why.count for why in found}


def test_who_comes_and_goes_and_why(segment, cast):
    add(segment, "country=DK")
    add(segment, "country=DE")
    add_by_hand(segment, [cast.bo], by=None)
    change_line(line_of(segment, cast.klaus), by=None, comment="Hi")
    ContactFactory(first_name="Ny", surname="Mand", country="DK")
    cast.jens.privacy_blocked = True
    cast.jens.save()
    first, _second, picked = plan_of(segment)
    found = difference(segment, [first, picked])
    assert (found.come.count, found.gone.count, found.lines_after) == (1, 3, 4)
    assert found.gone.own == "1 changed by hand"
    assert whys(found.come_why) == {"Added contacts: country is Denmark": 1}
    assert whys(found.gone_why) == {"no step adds it any more": 2, "now privacy blocked": 1}
    assert [sampled.line.contact.name for sampled in found.coming] == ["Ny Mand"]
    assert found.steps == [(3, 0, 1), (1, 0, 0)]
    step = rebuild(segment, [first, picked], by=None)
    assert (step.added, step.removed, step.lines_after) == (1, 3, 4)


def test_a_step_that_takes_out_is_named(segment, cast):
    add(segment, "country=DK")

    out = PlannedStep.of_criteria("reduce", Criteria.from_query_string("q=anna"), RemoveOptions())
    found = difference(segment, [*plan_of(segment), out])
    (why,) = found.gone_why
    assert (why.words.startswith("Took out contacts"), why.count) == (True, 1)


def test_the_options_of_a_step_are_told(segment, cast):
    options = AddOptions(expand_companies=True)
    step = PlannedStep.of_criteria("add", Criteria.from_query_string("q=anna"), options)
    found = difference(segment, [step])
    (why,) = found.come_why
    assert why.words.endswith(" · Entire companies: the company and everyone in it")


def test_a_page_of_those_who_come_and_of_those_who_go(segment, cast):
    add(segment, "country=DK")
    danes = plan_of(segment)
    germans = PlannedStep.of_criteria("add", Criteria.from_query_string("country=DE"), AddOptions())
    gone = difference_page(segment, [germans], "gone", 1)
    assert gone.paginator.count == 3
    assert gone[0].why == ["no step adds it any more"]
    come = difference_page(segment, [*danes, germans], "come", None)
    assert [sampled.contact for sampled in come] == [cast.weber, cast.klaus]
