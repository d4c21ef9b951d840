"""What the marketing staff have done: segments that were logged, and segments in work."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ADD, REDUCE, REFINE, BACK = "add", "reduce", "refine", "back"
# In a touch: the file name under which the line has a letter of its own.
OWN_LETTER = "own letter"
PICK_COMPANY, PICK_PERSONS = "pick company", "pick persons"

Step = tuple[str, str]
Day = Callable[[datetime.date], datetime.date]


def ago(days: int) -> Day:
    """So many days before today."""
    return lambda today: today - datetime.timedelta(days=days)


def december(day: int, *, years_ago: int) -> Day:
    """A day in December of this year or an earlier one."""
    return lambda today: datetime.date(today.year - years_ago, 12, day)


@dataclass(frozen=True)
class Plan:
    """One segment: who made it when, with which steps, and what became of it.

    A step is an action with its criteria; for picks by hand, who to pick from, and `BACK` undoes
    the step before it. `header` holds fields of the segment as they are stored; its date is
    `dated`, or the day of the work. The description may name `{year}` and `{last_year}`.
    """

    description: str
    done: Day
    by: str
    steps: tuple[Step, ...]
    template: str = ""
    campaign: str = ""
    salesperson: str = ""
    header: Mapping[str, object] = field(default_factory=dict)
    dated: Day | None = None
    is_logged: bool = False
    # One in so many contacts answered.
    answers: int = 0
    # Code and description under which the criteria are saved.
    saved_as: tuple[str, str] = ("", "")
    # What single lines have of their own: the language of the contact, then fields of the line.
    touches: tuple[Mapping[str, object], ...] = ()


LOGGED = (
    Plan(
        "Christmas greeting {last_year}",
        december(4, years_ago=1),
        "maria",
        ((ADD, "mailing_groups=XMAS"), (REFINE, "has_address=yes")),
        template="CHRISTMAS",
        is_logged=True,
    ),
    Plan(
        "Welcome, new customers in Sweden",
        ago(172),
        "mette",
        ((ADD, "country=SE&type=person&mailing_groups=FAIR"), (REFINE, "has_address=yes")),
        template="WELCOME",
        is_logged=True,
    ),
    Plan(
        "Invitation to the light fair",
        ago(104),
        "jonas",
        (
            (ADD, "mailing_groups=FAIR&mailing_groups=EVENTS&type=person"),
            (REFINE, "has_address=yes"),
            (REDUCE, "mailing_groups=PRESS"),
        ),
        template="EVENT",
        campaign="Light fair in Copenhagen",
        header={"subject": "See our new lamps at the light fair", "campaign_target": True},
        is_logged=True,
        answers=6,
    ),
    Plan(
        "After the light fair",
        ago(66),
        "jonas",
        ((ADD, "interaction_template=EVENT&interaction_evaluation=positive"),),
        template="FOLLOWUP",
        campaign="Light fair in Copenhagen",
        header={"campaign_response": True},
        is_logged=True,
        answers=3,
    ),
    Plan(
        "New prices, shops and builders",
        ago(38),
        "mette",
        (
            (ADD, "industry_groups=RETAIL&industry_groups=BUILD&type=company"),
            (REFINE, "mailing_groups=PRICES"),
            (REFINE, "has_address=yes"),
        ),
        template="PRICE",
        header={"unit_cost": "4.50"},
        is_logged=True,
        answers=25,
    ),
)
COMMENT_DA = (
    "Tak for sidst! Prøven på det grønne glas, som du spurgte til, ligger i kuverten. "
    "Jeg ringer i næste uge for at høre, hvad du synes."
)
COMMENT_SV = "Tack för besöket i Højbjerg! Provbiten av det gröna glaset ligger i kuvertet."
COMMENT_DE = (
    "Vielen Dank für Ihren Besuch am Messestand. Das Glasmuster, nach dem Sie gefragt haben, "
    "liegt diesem Schreiben bei."
)
IN_WORK = (
    Plan(
        "Christmas greeting {year}",
        ago(9),
        "maria",
        (
            (ADD, "mailing_groups=XMAS&country=DK&country=SE"),
            (REDUCE, "industry_groups=PUBLIC"),
        ),
        template="CHRISTMAS",
        campaign="Christmas greeting",
        dated=december(4, years_ago=0),
        touches=({"language": "da", "comment": "Tak for jeres store hjælp med hotelprojektet!"},),
    ),
    Plan(
        "New prices, Germany",
        ago(6),
        "jonas",
        ((ADD, "country=DE&mailing_groups=PRICES"), (REFINE, "may_be_emailed=yes")),
        template="PRICE",
        salesperson="TB",
        header={"correspondence_type": "email", "unit_cost": "2.50"},
    ),
    Plan(
        "Press, autumn lamps",
        ago(4),
        "mette",
        ((ADD, "mailing_groups=PRESS"),),
    ),
    Plan(
        "Open showroom, architects in Jutland",
        ago(3),
        "jonas",
        (
            (ADD, "industry_groups=ARCH&country=DK&type=person"),
            (REFINE, "postal_code=6000..9999"),
            (REFINE, "may_be_written_to=yes"),
            (REDUCE, "interaction_template=EVENT&interaction_date=-150d..today"),
            (
                PICK_COMPANY,
                "industry_groups=HOTEL&country=DK&city=Aarhus*&may_be_written_to=yes",
            ),
        ),
        template="EVENT",
        campaign="Open showroom in Højbjerg",
        salesperson="JF",
        # On paper to everyone: nothing stands in the way of these letters.
        header={
            "campaign_target": True,
            "correspondence_type": "hard_copy",
            "ignore_contact_correspondence_type": True,
        },
        saved_as=("ARCH-JUTLAND", "Architects in Jutland, not invited lately"),
        touches=(
            {"language": "da", "comment": "Vi har reserveret en plads til dig ved værkstedsturen."},
            {"language": "da", "cost": "0.00"},
        ),
    ),
    Plan(
        "Spring catalogue, VIP customers",
        ago(1),
        "mette",
        (
            (ADD, "mailing_groups=VIP&country=DK&country=SE&country=DE&country=GB"),
            (REDUCE, "interaction_template=PRICE&interaction_date=-60d..today"),
            (PICK_PERSONS, "country=DK&mailing_groups=CATALOG&mailing_groups_not=VIP"),
            (REFINE, "correspondence_type=hard_copy"),
            (BACK, ""),
        ),
        template="SPRING",
        campaign="Spring catalogue",
        header={"campaign_target": True},
        saved_as=("VIP", "VIP customers without a recent price letter"),
        touches=(
            {"language": "da", "comment": COMMENT_DA, "description": "Catalogue and glass sample"},
            {"language": "sv", "comment": COMMENT_SV},
            {"language": "de", "comment": COMMENT_DE, "cost": "52.50", "duration": 10},
            {"language": "en", "correspondence_type": "email"},
            {"language": "da", OWN_LETTER: "Catalogue, with a drawing.docx"},
        ),
    ),
)
PLANS = (*LOGGED, *IN_WORK)
