"""What can be asked of a contact in a segment: the contact's conditions, and what happened."""

from .selection_filter import SelectionFilter

__all__ = ["SelectionFilter"]
