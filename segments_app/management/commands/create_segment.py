"""Create a segment and fill it, without a browser."""

from functools import partial
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from contacts.models import Salesperson
from interactions.models import Campaign, InteractionTemplate
from segments_app.management.lookup import find
from segments_app.management.steps import read_step
from segments_app.models import Segment
from segments_app.operations import create_segment, lines_count

CRITERIA = (
    "CRITERIA is the query string in the address of the web page for the same selection, options "
    "included."
)
# Option of the command line: what its value is called, and its explanation.
STEPS = {
    "add": (
        "CRITERIA",
        f"Add contacts. Example: --add 'country=DK&mailing_groups=VIP'. {CRITERIA}",
    ),
    "reduce": (
        "CRITERIA",
        "Take out the lines whose contact meets the criteria. Example: --reduce 'has_address=no'",
    ),
    "refine": (
        "CRITERIA",
        "Keep only the lines whose contact meets the criteria. Example: --refine "
        "'interactions=has&interaction_date=-90d..today'",
    ),
    "criteria": ("CODE", "Do the steps of saved criteria. Example: --criteria NORDIC"),
    "from-logged": (
        "NUMBER",
        "Add the contacts of a logged segment. Example: --from-logged SM00007",
    ),
}


class Command(JSONCommand):
    help = (
        "Create a segment and fill it: --add, --reduce, --refine, --criteria and --from-logged are "
        "done in the order in which they are given, each as often as you like. Prints the number "
        "of the segment. If any of it is refused, there is no segment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "description", help="What the segment is for. Example: 'Spring letter to VIP customers'"
        )
        parser.add_argument(
            "--template",
            required=True,
            metavar="CODE",
            help="The interaction template. Example: --template SPRING",
        )
        for option, (value, explanation) in STEPS.items():
            parser.add_argument(
                f"--{option}",
                dest="steps",
                action="append",
                type=partial(_step, option),
                metavar=value,
                help=explanation,
            )
        parser.add_argument(
            "--salesperson",
            metavar="CODE",
            help="Whom the letters come from; without it each contact's own salesperson. "
            "Example: --salesperson MH",
        )
        parser.add_argument(
            "--campaign",
            metavar="NUMBER",
            help="The campaign it belongs to. Example: --campaign CP0003",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        description = _described(options["description"])
        header = _header(options)
        steps = [read_step(kind, value) for kind, value in options["steps"] or ()]
        number = Segment.next_number()
        with transaction.atomic():
            segment = create_segment(description, by=None, number=number, **header)
            for step in steps:
                step(segment)
        return {"segment": segment.number, "lines": lines_count(segment)}

    def say(self, result: dict[str, Any]) -> str:
        return str(result["segment"])


def _step(option: str, value: str) -> tuple[str, str]:
    return option, value


def _described(text: str) -> str:
    text = text.strip()
    longest = Segment._meta.get_field("description").max_length or 0
    if not text:
        raise Refused(_("Give the segment a description."))
    if len(text) > longest:
        raise Refused(
            _("The description is longer than %(limit)s characters.") % {"limit": longest}
        )
    return text


def _header(options: dict[str, Any]) -> dict[str, Any]:
    templates = InteractionTemplate.objects.all()
    header = {"template": find(templates, options["template"], _("interaction template"))}
    if code := options["salesperson"]:
        header["salesperson"] = find(Salesperson.objects.all(), code, _("salesperson"))
    if number := options["campaign"]:
        campaigns = Campaign.objects.all()
        header["campaign"] = find(campaigns, number, _("campaign"), key="number")
    return header
