from typing import Any


class OfContact:
    """A row that belongs to a contact, and tells the change history to which."""

    contact_id: int

    def get_additional_data(self) -> dict[str, Any]:
        """Return what django-auditlog keeps beside a change."""
        return {"contact": self.contact_id}
