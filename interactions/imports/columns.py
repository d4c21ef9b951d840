"""The columns of a file of interactions: their names in English and Danish."""

from collections.abc import Mapping
from functools import cache

from contacts.imports.columns import heading_key
from contacts.imports.headings import known_headings

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
# What lists of contacts say of them besides: left out, for the contact is known.
OF_CONTACT = {
    *("name", "name_2", "first_name", "middle_name", "surname", "job_title"),
    *("company", "company_name", "address", "address_2", "postal_code", "city", "region"),
    *("country", "phone", "mobile"),
}
OUR_NAMES = {
    heading_key(heading): name
    for name, headings in COLUMNS.items()
    for heading in (name, *headings)
}


@cache
def import_names() -> Mapping[str, str]:
    """The columns by `heading_key`; "" for those that are left out."""
    known = known_headings().items()
    return {key: "" for key, name in known if name in OF_CONTACT} | OUR_NAMES
