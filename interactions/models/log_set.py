from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db import connections, models
from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, CorrespondenceType
from contacts.privacy.known import told

from .campaign import Campaign
from .campaign_entry import CampaignEntry, campaign_entry_canceled, standing
from .delivery import DeliveredQuerySet
from .document import Document
from .entry_parts import EntryAttachment, EntryComment, EntryFields
from .log_walk import few_or_query, gathered, is_walking, walked_to, walking
from .logged_segment import LoggedSegment
from .template import InformationFlow, InteractionGroup, InteractionTemplate

MAX_KEY = models.BigIntegerField.MAX_BIGINT
CORRESPONDENCE_LABELS: dict[str, Any] = {
    "": _("no correspondence type"),
    **{member.value: member.label for member in CorrespondenceType},
}


@dataclass(frozen=True)
class Totals:
    """What a set of entries adds up to: cost in the house's currency, duration in minutes."""

    interactions: int
    contacts: int
    cost: Decimal
    duration: int
    last_date: Any = None


# What `Totals` holds.
SUMS: dict[str, Any] = {
    "interactions": Count("pk"),
    "contacts": Count("contact", distinct=True),
    "cost": Sum("cost", default=Decimal(0)),
    "duration": Sum("duration", default=0),
    "last_date": Max("date"),
}


def _of_type(correspondence_type: str) -> Q:
    return Q(correspondence_type=correspondence_type)


class InteractionLogEntryQuerySet(DeliveredQuerySet[Any]):
    def counting(self) -> Self:
        """Entries that count: neither canceled nor postponed (D3, D20)."""
        return self.filter(standing(), canceled=False, postponed=False)

    def canceled(self) -> Self:
        """Entries canceled themselves, with their logged segment or campaign entry (D18)."""
        segments = LoggedSegment.objects.canceled().order_by().values("pk")
        with_others = Q(logged_segment__in=segments) | Q(campaign_entry_canceled())
        return self.filter(Q(canceled=True) | with_others)

    def shown_canceled(self) -> Self:
        """The same as `canceled()`, found by indexes for a page of them. Asks two small queries."""
        segments = LoggedSegment.objects.canceled()
        entries = CampaignEntry.objects.canceled().values_list("logged_segment", flat=True)
        of_entry = Q(logged_segment__in=few_or_query(entries)) & Q(campaign_entry_canceled())
        of_segment = Q(logged_segment__in=few_or_query(segments.values_list("pk", flat=True)))
        return self.filter(Q(canceled=True) | of_segment | of_entry)

    def canceled_alone(self) -> Self:
        """Entries canceled themselves, whatever they belong to is."""
        return self.filter(canceled=True)

    def not_canceled_alone(self) -> Self:
        return self.filter(canceled=False)

    def standing(self) -> Self:
        """Entries whose logged segment and campaign entry are not canceled."""
        return self.filter(standing())

    def taken_place(self) -> Self:
        """Entries of the log as people read it: all but the postponed (R190)."""
        return self.filter(postponed=False)

    def postponed(self) -> Self:
        """Interactions that somebody began to record and put off."""
        return self.filter(postponed=True)

    def standing_alone(self) -> Self:
        """Entries that count unless their logged segment is canceled (R185)."""
        return self.filter(canceled=False, postponed=False)

    def responses(self) -> Self:
        """Entries that answer their campaign (R225)."""
        return self.filter(campaign_response=True)

    def targets(self) -> Self:
        """Entries that were to make their contact answer the campaign."""
        return self.filter(campaign_target=True)

    def responded(self) -> Self:
        """Entries whose contact answered: the campaign; or, without one, us, at all, later."""
        return self.filter(self.answered())

    def not_responded(self) -> Self:
        """Entries that no answer has come to."""
        return self.filter(~self.answered(), campaign_response=False)

    def answered(self) -> Q:
        """The condition that an answer has come to an entry."""
        entries: Any = self.model._default_manager
        theirs = entries.counting().filter(contact=OuterRef("contact"))
        to_campaign = theirs.filter(campaign=OuterRef("campaign"), campaign_response=True)
        to_us = theirs.filter(information_flow=InformationFlow.INBOUND, date__gte=OuterRef("date"))
        no_campaign = Q(campaign=None) & Q(Exists(to_us.exclude(pk=OuterRef("pk"))))
        return Q(Exists(to_campaign)) | no_campaign

    def responding_to(self, segments: Iterable[LoggedSegment]) -> Self:
        """Entries that count and are marked as responses, of the campaigns of logged segments."""
        entries: Any = self.model._default_manager
        asked = entries.counting().filter(logged_segment__in=segments)
        campaigns = asked.order_by().exclude(campaign=None).values("campaign")
        return self.counting().filter(campaign_response=True, campaign__in=campaigns)

    def evaluated(self, evaluation: str) -> Self:
        """Entries with an evaluation. That it is none of those without one names their index."""
        return self.filter(evaluation=evaluation).exclude(evaluation="")

    def attempts_failed(self) -> Self:
        return self.filter(attempt_failed=True)

    def ticked(self, keys: Iterable[str]) -> Self:
        """Entries by their keys, as a form sends them; what is no key finds nothing."""
        whole = [int(key) for key in keys if key.isdecimal()]
        return self.filter(
            pk__in=[key for key in whole if key <= models.BigIntegerField.MAX_BIGINT]
        )

    def plain(self) -> Self:
        """The same entries without order, names and joins: for changing them."""
        entries: Any = self.model._default_manager
        same: Self = entries.filter(pk__in=self.order_by().values("pk"))
        return same

    def their_contacts(self) -> Any:
        """The contacts of these entries, each once."""
        keys = self.exclude(contact=None).order_by().values("contact")
        return Contact.objects.filter(pk__in=keys)

    def with_document(self) -> Self:
        """Entries that have a letter."""
        return self.filter(document__isnull=False)

    def between(self, first: Any, last: Any) -> Self:
        """Entries from a day to a day; None for open."""
        entries = self.filter(date__gte=first) if first else self.all()
        return entries.filter(date__lte=last) if last else entries

    def newest_first(self) -> Self:
        return self.that_hold().order_by("-date", "-id")

    def that_hold(self) -> Self:
        """The same, told of the highest key: nothing above it holds yet.

        While a segment is logged its interactions are the newest of all. PostgreSQL would look at
        each of them before it finds one that others may see; with the key the index passes them.
        SQLite does not see them.
        """
        if connections[self.db].vendor != "postgresql":
            return self.all()
        segments = LoggedSegment.objects.order_by(F("highest_entry").desc(nulls_first=True))
        highest = Coalesce("highest_entry", Value(MAX_KEY), output_field=models.BigIntegerField())
        alone = self.model.objects.filter(logged_segment=None).order_by("-pk").values("pk")
        return self.filter(
            pk__lte=Greatest(Subquery(segments.values(key=highest)[:1]), Subquery(alone[:1]))
        )

    def in_timeline(self) -> Self:
        """The newest first; within a day by their time, those without one last (R199).

        Sorts the interactions of a day: for those of one contact or company.
        """
        return self.order_by("-date", F("time").desc(nulls_last=True), "-id")

    def in_line_order(self) -> Self:
        """Entries of a logged segment in the order of its lines; those sent again are the last."""
        return self.order_by(F("line").asc(nulls_last=True), "id")

    def with_names(self) -> Self:
        """Fetch what a list of entries names, in the same query."""
        named = self.select_related(
            "contact", "company", "template", "salesperson", "user", "logged_segment"
        ).defer("logged_segment__snapshot")
        canceled = ExpressionWrapper(campaign_entry_canceled(), models.BooleanField())
        return named.annotate(in_canceled_entry=canceled)

    def with_everything(self) -> Self:
        """Fetch what an entry's own page shows, in the same query."""
        return self.with_names().select_related(
            "contact",
            "company",
            "template",
            "salesperson",
            "user",
            "logged_segment",
            "group",
            "campaign",
            "language",
            "document",
        )

    def about(self, text: str, *, for_page: bool = False) -> Self:
        """Entries with the contacts that `text` finds, and with their companies.

        `for_page`: found the quickest way for a page, newest first, not for all of them.
        """
        return self._with("contact", Contact.objects.search(text), for_page)

    def about_company(self, text: str, *, for_page: bool = False) -> Self:
        """Entries with the companies that `text` finds, and with everyone in them."""
        return self._with("company", Contact.objects.companies().search(text), for_page)

    def _with(self, path: str, contacts: Any, for_page: bool) -> Self:
        if for_page and (quickest := contacts.quickest()).way.walks:
            walked: Self = walking(self, path, quickest)
            return walked
        keys = few_or_query(contacts.values_list("pk", flat=True))
        return self.filter(**{f"{path}__in": keys})

    def count_to(self, most: int) -> int:
        return walked_to(self, most) if is_walking(self) else super().count_to(most)

    def known_to_be_few(self) -> Self:
        few: Self = gathered(self) if is_walking(self) else super().known_to_be_few()
        return few

    def with_keys(self, keys: Collection[Any]) -> Self:
        """By their keys alone: whatever else was asked is true of them."""
        entries: Any = self.model._default_manager
        found: Self = entries.with_names().filter(pk__in=keys).order_by(*self.query.order_by)
        return found

    def totals(self) -> Totals:
        """Add up: interactions, distinct contacts, cost and duration. Narrow first (D20)."""
        return Totals(**self.order_by().aggregate(**SUMS))

    def totals_by_type(self) -> tuple[Totals, list[tuple[str, int]]]:
        """`totals()`, and (label, interactions) for each correspondence type there is, most
        first: all in one query."""
        types = {name or "none": name for name in CORRESPONDENCE_LABELS}
        counts = {f"n_{key}": Count("pk", filter=_of_type(name)) for key, name in types.items()}
        sums = self.order_by().aggregate(**SUMS, **counts)
        found = {name: sums.pop(f"n_{key}") for key, name in types.items()}
        labels = [(str(CORRESPONDENCE_LABELS[name]), n) for name, n in found.items() if n]
        return Totals(**sums), sorted(labels, key=lambda row: (-row[1], row[0]))

    def alone(self, entry: models.Model) -> Self:
        """A queryset of the one entry."""
        return self.filter(pk=entry.pk)

    def of_segment(self, segment: LoggedSegment | OuterRef) -> Self:
        return self.filter(logged_segment=segment)

    def of_segments(self, segments: models.QuerySet[LoggedSegment]) -> Self:
        return self.filter(logged_segment__in=segments.order_by().values("pk"))

    def of_group(self, group: InteractionGroup) -> Self:
        return self.filter(group=group)

    def of_campaign(self, campaign: Campaign | OuterRef) -> Self:
        return self.filter(campaign=campaign)

    def of_campaign_entry(self, entry: CampaignEntry) -> Self:
        return self.filter(campaign=entry.campaign_id, logged_segment=entry.logged_segment_id)

    def of_template(self, template: InteractionTemplate) -> Self:
        return self.filter(template=template)

    def known_of_contact(self) -> Iterator[dict[str, Any]]:
        """What is known of a contact through these entries: the facts, and what the letter said."""
        entries = self.with_everything().select_related("merge_fields").order_by("date", "pk")
        for entry in entries.iterator():
            said = getattr(entry, "merge_fields", None)
            yield told(entry) | ({gettext("Letter"): said.fields} if said else {})

    def erase_contact(self, contact: Contact) -> None:
        """Forget who these entries were with, and their letters; what they cost stays."""
        LoggedSegment.objects.filter(entries__in=self).forget(contact.name)
        EntryComment.objects.filter(entry__in=self).delete()
        EntryAttachment.objects.filter(entry__in=self).remove()
        EntryFields.objects.filter(entry__in=self).delete()
        own = list(self.filter(own_letter=True).values_list("document", flat=True))
        self.update(
            subject="",
            contact_via="",
            document=None,
            own_letter=False,
            delivery_address="",
            delivery_reason="",
        )
        Document.objects.filter(pk__in=own).delete_unused()

    def with_contact_alone(self, contact: Contact) -> Self:
        """Entries of the contact itself; of a company without those of its persons."""
        return self.filter(contact=contact)

    def in_campaigns(self) -> Self:
        return self.filter(campaign__isnull=False)

    def for_contact(self, contact: Contact) -> Self:
        """Entries of the contact; for a company those of its persons too."""
        if contact.is_company:
            return self.filter(company=contact)
        return self.filter(contact=contact)
