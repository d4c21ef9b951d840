"""Conditions on interactions of earlier versions, as they are asked today."""

from contacts.filters.older import Data, add, into_range


def interaction_dates(data: Data) -> None:
    """`interaction_from`, `interaction_to` and `interaction_days` are one `interaction_date`."""
    into_range(data, "interaction_from", "interaction_to", "interaction_date")
    days = data.get("interaction_days", "").strip()
    data.pop("interaction_days", None)
    if days:
        add(data, "interaction_date", f"-{days}d..today")
