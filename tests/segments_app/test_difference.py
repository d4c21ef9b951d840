"""What other steps would change is shown before, with why."""

from segments_app.criteria import Criteria
from segments_app.difference import difference
from segments_app.operations import add_by_hand, change_line, rebuild
from segments_app.plan import PlannedStep, plan_of
from segments_app.selection import RemoveOptions
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
