"""The headings that conditions stand under."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Group:
    """Conditions that stand together in a form; `help_text` says what to know of all of them."""

    slug: str
    label: Text
    help_text: Text = ""

    def __str__(self) -> str:
        return str(self.label)


GROUPS = {
    group.slug: group
    for group in (
        Group("contact", _("Contact")),
        Group("address", _("Address")),
        Group("assignment", _("Language, salesperson and territory")),
        Group("reach", _("Reachable by letter, e-mail and phone")),
        Group("status", _("Status, dates and notes")),
        Group("groups", _("Mailing groups")),
        Group("industry", _("Industry groups"), _("Persons are found through their company.")),
        Group("responsibilities", _("Job responsibilities")),
        Group("relations", _("Business relations"), _("Persons are found through their company.")),
        Group("profile", _("Profile answers"), _("All this is true of one and the same answer.")),
        Group(
            "alternative",
            _("Alternative addresses"),
            _("All this is true of one and the same period of an address."),
        ),
        Group("consents", _("Consents"), _("All this is true of one and the same consent.")),
    )
}
