"""What stands beside a page is counted only as long as somebody waits for it."""

import pytest
from django.urls import reverse

from segments_app.errors import TookTooLong

pytestmark = pytest.mark.django_db


def nobody_waits(*_asked: object) -> None:
    raise TookTooLong(0)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("facts", "segment.QuickCheck"),
        ("found_problems", "segment.found_shared"),
        ("own_values", "header._own_values"),
    ],
)
def test_what_nobody_waits_for_is_not_told(staff, segment, monkeypatch, name, counts):
    url = reverse(f"segments:{name}", args=[segment.number])
    assert staff.get(url).status_code == 200
    monkeypatch.setattr(f"segments_app.views.{counts}", nobody_waits)
    assert staff.get(url).status_code == 204
