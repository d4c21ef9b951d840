"""Progress: how far the demo has come, so that a second run goes on or has nothing to do.

Kept as number series of their own: the demo's contacts are numbered, and so are its segments.
"""

from contacts.models import NumberSeries

CONTACTS = "demo"
SEGMENTS = "demo_segments"


def has_begun() -> bool:
    """Whether the demo's company, people and templates have been made."""
    return NumberSeries.objects.filter(pk=CONTACTS).exists()


def begin() -> None:
    """Remember that they have been made. Call it in the transaction that makes them."""
    for code in (CONTACTS, SEGMENTS):
        NumberSeries.objects.get_or_create(pk=code, defaults={"prefix": "DEMO", "width": 7})


def reached(code: str) -> int:
    """Return how many contacts, or segments, have been made."""
    return NumberSeries.objects.get(pk=code).last


def reach(code: str, count: int) -> None:
    """Remember that `count` have been made. Call it in the transaction that makes them."""
    NumberSeries.objects.filter(pk=code).update(last=count)
