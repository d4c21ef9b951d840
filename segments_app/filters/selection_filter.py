from contacts.filters import ContactFilter

from .contacted import OfContacting
from .interactions import OfInteractions
from .older import interaction_dates
from .segments import OfSegments


class SelectionFilter(ContactFilter, OfInteractions, OfContacting, OfSegments):
    """Conditions for segments: those of the contact, and what happened with it (R23, D3)."""

    besides = ContactFilter.besides | {
        "csrfmiddlewaretoken",
        "seen_step",
        "show",
        "allow_existing",
        "expand_companies",
        "related_companies",
        "ignore_exclusion",
        "entire_companies",
        "seen",
        "step",
        "at",
    }
    older = (*ContactFilter.older, interaction_dates)
