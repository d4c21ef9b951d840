"""Contacts of logged segments, combined, and by what became of it (D17)."""

import pytest

from segments_app.criteria import CriteriaError
from segments_app.from_logged import FromLogged, Outcome
from tests.factories import EntryFactory, LoggedSegmentFactory


@pytest.fixture
def logged(cast, fair):
    """Winter went to Anna, Bo and Klaus; summer to Anna and Jens, whose entry was canceled.

    Anna answered winter's campaign, Bo's letter came back, Klaus was not there and not pleased.
    """
    winter = LoggedSegmentFactory(number="LS1", description="Winter")
    summer = LoggedSegmentFactory(number="LS2", description="Summer")
    asked = {"logged_segment": winter, "campaign": fair}
    EntryFactory(contact=cast.anna, **asked)
    EntryFactory(contact=cast.bo, delivery_state="failed", **asked)
    EntryFactory(contact=cast.klaus, attempt_failed=True, evaluation="negative", **asked)
    EntryFactory(contact=cast.anna, logged_segment=summer)
    EntryFactory(contact=cast.jens, logged_segment=summer, canceled=True)
    EntryFactory(contact=cast.anna, campaign=fair, campaign_response=True)
    EntryFactory(contact=cast.klaus, campaign=fair, campaign_response=True, canceled=True)
    return winter, summer


def names(asked: FromLogged) -> set[str]:
    return {c.name.split()[0].lower() for c in asked.criteria().contacts()}


def test_in_any_in_all_and_in_one_but_not_the_other(logged):
    winter, summer = logged
    assert names(FromLogged(any_of=[winter, summer])) == {"anna", "bo", "klaus"}
    assert names(FromLogged(all_of=[winter, summer])) == {"anna"}
    assert names(FromLogged(any_of=[winter], none_of=[summer])) == {"bo", "klaus"}


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.ANY, {"anna", "bo", "klaus"}),
        (Outcome.RESPONDED, {"anna"}),
        (Outcome.NOT_RESPONDED, {"bo", "klaus"}),
        (Outcome.DELIVERY_FAILED, {"bo"}),
        (Outcome.ATTEMPT_FAILED, {"klaus"}),
        (Outcome.EVALUATED, {"klaus"}),
    ],
)
def test_only_those_of_whom_it_is_true(logged, outcome, expected):
    assert names(FromLogged(any_of=[logged[0]], outcome=outcome)) == expected


def test_only_with_some_evaluations(logged):
    asked = FromLogged([logged[0]], outcome=Outcome.EVALUATED, evaluations=["positive"])
    assert names(asked) == set()
    asked = FromLogged([logged[0]], outcome=Outcome.EVALUATED, evaluations=["positive", "negative"])
    assert names(asked) == {"klaus"}


def test_it_is_said_in_a_sentence(logged):
    asked = FromLogged([logged[0]], none_of=[logged[1]], outcome=Outcome.NOT_RESPONDED)
    assert asked.criteria().sentence == (
        "in logged segment LS1 Winter, and not in logged segment LS2 Summer, "
        "and did not respond to logged segment LS1 Winter"
    )


@pytest.mark.parametrize("outcome", ["", "not_responded", "attempt_failed"])
def test_without_a_segment_to_come_from_nobody_is_meant(logged, outcome):
    """Everyone who is not in it, or has not responded, would be almost everyone."""
    with pytest.raises(CriteriaError, match="at least one logged segment"):
        FromLogged(none_of=[logged[0]], outcome=outcome).criteria()


def test_one_segment_alone_is_known(logged):
    assert FromLogged([logged[0]]).alone == logged[0]
    assert FromLogged(all_of=[logged[0]]).alone == logged[0]
    assert FromLogged(logged).alone is None
    assert FromLogged([logged[0]], outcome=Outcome.RESPONDED).alone is None
