"""What can be asked of a contact: the one definition, for pages, segments and commands."""

from .condition_set import Clause, ConditionSet, FieldGroup
from .contact_filter import ContactFilter

__all__ = ["Clause", "ConditionSet", "ContactFilter", "FieldGroup"]
