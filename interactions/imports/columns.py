"""The columns of a file of interactions: their names in English and Danish."""

from collections.abc import Mapping
from functools import cache

from contacts.imports.columns import heading_key
from contacts.imports.headings import exported_headings

# Name -> headings besides its own.
COLUMNS: dict[str, tuple[str, ...]] = {
    "contact": (
        *("number", "contact number", "contact no"),
        *("nummer", "kontakt", "kontaktnummer"),
    ),
    "template": ("template code", "interaction template", "skabelon", "interaktionsskabelon"),
    "date": ("dato",),
    "time": ("time of interaction", "tid", "klokkeslæt", "interaktionstidspunkt"),
    "description": ("beskrivelse",),
    "salesperson": ("salesperson code", "sælger", "sælgerkode"),
    "cost": ("kostpris",),
    "duration": ("minutes", "varighed", "minutter"),
    "evaluation": ("vurdering",),
    "subject": ("emne",),
    "campaign": ("campaign number", "kampagne", "kampagnenummer"),
    "correspondence_type": ("korrespondancetype",),
    "contact_via": ("via", "kontakt via", "kontaktet via"),
    "information_flow": ("informationsstrøm",),
    "initiated_by": ("indledt af",),
    "email": ("e-mail", "mail", "email address", "e-mailadresse"),
    "campaign_target": ("target", "mål", "kampagnemål"),
    "campaign_response": ("response", "reaktion", "kampagnereaktion"),
    "attempt_failed": ("forsøg mislykkedes",),
}
# What a row must say, and what says whom it is about: one of these.
NEEDED = ("template", "date")
WHO = ("contact", "email")
OUR_NAMES = {
    heading_key(heading): name
    for name, headings in COLUMNS.items()
    for heading in (name, *headings)
}


@cache
def import_names() -> Mapping[str, str]:
    """The columns by `heading_key`; "" for what exports say of contacts besides: it is known."""
    return dict.fromkeys(exported_headings(), "") | OUR_NAMES
