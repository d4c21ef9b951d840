"""A log of any length, and its pages."""

import datetime
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, Value, When
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.urls import reverse

from bench.data.asking import Pages, processor_clock
from contacts.models import Contact, Salesperson
from interactions.models import (
    Campaign,
    InteractionLogEntry,
    InteractionTemplate,
    LoggedSegment,
)

# So many days have interactions; each day is one logged segment.
DAYS = 200


def fill_log(count: int) -> int:
    """Fill the log to about `count` entries, spread over days, templates and salespeople."""
    contacts, missing = Contact.objects.count(), count - InteractionLogEntry.objects.count()
    salespeople, templates = (
        list(Salesperson.objects.all()),
        list(InteractionTemplate.objects.all()),
    )
    campaigns = list(Campaign.objects.all()) or [
        Campaign.objects.create(number="BENCH", description="Bench")
    ]
    passes = max(0, -(-missing // contacts))
    for turn in range(passes):
        for day in range(DAYS):
            index = turn * DAYS + day
            _post_day(
                index,
                day,
                template=templates[index % len(templates)],
                salesperson=salespeople[index % len(salespeople)],
                campaign=campaigns[0] if index % 10 == 0 else None,
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return InteractionLogEntry.objects.count()


def _post_day(index: int, day: int, **values: Any) -> None:
    logged = LoggedSegment.objects.create(number=f"DAY{index:05}", description="A day")
    campaign = values.pop("campaign")
    contacts = Contact.objects.annotate(turn=Mod(F("pk"), DAYS)).filter(turn=day).order_by()
    fields = {"campaign": campaign, "campaign_target": True} if campaign else {}
    count = InteractionLogEntry.objects.insert_from(
        contacts,
        logged_segment=logged,
        line=F("pk"),
        contact=F("pk"),
        company=F("company_id"),
        group=values["template"].group,
        date=datetime.date(2026, 11, 1) - datetime.timedelta(days=index),
        description="A letter",
        information_flow="outbound",
        initiated_by="us",
        correspondence_type=one_in(3, "email", "hard_copy"),
        evaluation=one_in(101, "positive", ""),
        attempt_failed=one_in(503, True, False),
        delivery_state=one_in(2103, "failed", one_in(3, "sent", "")),
        campaign_response=one_in(97, bool(campaign), False),
        **values,
        **fields,
    )
    logged.take_in(count)


def one_in(count: int, rare: Any, usual: Any) -> Case:
    """An expression: `rare` for one contact in so many, `usual` for the others."""
    rare, usual = (
        value if isinstance(value, Case | Value) else Value(value) for value in (rare, usual)
    )
    return Case(When(Exact(Mod("pk", Value(count)), Value(1)), then=rare), default=usual)


def pages(rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Yield the name of each page, the median of its seconds of processor time, and how many
    statements it asks."""
    # As they are without the step of deployment that renames them.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    asking, now = Pages(), processor_clock()
    asking.client.get(reverse("interactions:template_list"))  # What a process does once.
    for name, address in addresses().items():
        yield name, _asked(asking, address, rounds, now)


def addresses() -> dict[str, str]:
    """The pages by name."""
    log = reverse("interactions:list")
    template = InteractionTemplate.objects.order_by("pk")[0]
    campaign = InteractionLogEntry.objects.in_campaigns().latest("date", "id").campaign
    last = LoggedSegment.objects.order_by("-entries_count")[0]
    entry = InteractionLogEntry.objects.filter(company__isnull=False).latest("date", "id")
    salesperson = Salesperson.objects.earliest("pk").pk
    asked = {
        "page 100": "page=100",
        "last page that is counted": "page=200",
        "template": f"template={template.pk}",
        "template, 90 days": f"template={template.pk}&date_from=2026-08-01",
        "campaign": f"campaign={campaign.pk}",
        "salesperson": f"salesperson={salesperson}",
        "group": f"group={template.group_id}",
        "frequent evaluation": "evaluation=positive",
        "evaluation that nobody has": "evaluation=negative",
        "correspondence type": "correspondence_type=email",
        "canceled only": "canceled=yes",
        "canceled too": "canceled=all",
        "contact, rare name": "contact=zwickau",
        "contact, frequent name": "contact=s",
        "company, rare name": "company=zwickau",
        "company, frequent name": "company=s",
        "logged segment": f"logged_segment={last.number}",
        "responses": "response=yes",
        "attempt failed": "attempt_failed=yes",
        "delivery failed": "delivery=failed",
        "delivery sent": "delivery=sent",
        "rare evaluation of a salesperson": f"salesperson={salesperson}&evaluation=negative",
    }
    pages = {"log": log} | {f"log: {name}": f"{log}?{query}" for name, query in asked.items()}
    number = last.number
    of_90_days = f"{_of('statistics')}?date_from=2026-08-01"
    of_campaign = _of("campaign_statistics", campaign.number)
    of_template = template.get_absolute_url()
    return pages | {
        "contact's interactions": _of("for_contact", entry.contact.number),
        "company's interactions": _of("for_contact", entry.company.number),
        "an interaction": entry.get_absolute_url(),
        "logged segments": _of("logged_segment_list"),
        "a logged segment": last.get_absolute_url(),
        "a logged segment, page 50": f"{last.get_absolute_url()}?page=50",
        "statistics of a logged segment": _of("logged_segment_statistics", number),
        "template": of_template,
        "figures of the template, after the page": f"{of_template}?figures=on",
        "campaign's interactions": campaign.get_absolute_url(),
        "campaign's segments": _of("campaign_segments", campaign.number),
        "campaign's statistics": of_campaign,
        "figures of the campaign, after the page": f"{of_campaign}?figures=on",
        "statistics of 90 days": of_90_days,
        "figures of 90 days, after the page": f"{of_90_days}&figures=on",
        "statistics of everything": _of("statistics"),
        "figures of everything, after the page": f"{_of('statistics')}?figures=on",
    }


def _of(name: str, *arguments: Any) -> str:
    return reverse(f"interactions:{name}", args=arguments)


def _asked(asking: Pages, address: str, rounds: int, now: Callable[[], float]) -> list[float]:
    def get() -> float:
        start = now()
        answer = asking.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        return now() - start

    statements: list[str] = []

    def count(execute: Any, sql: str, *arguments: Any) -> Any:
        statements.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        seconds = [get()]
    seconds += [get() for _ in range(rounds - 1)]
    return [statistics.median(seconds), len(statements)]
