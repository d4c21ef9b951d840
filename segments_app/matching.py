"""Which lines of two sheets belong together: a contact's first to its first, and so on."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from segments_app.models import SegmentLine
from segments_app.models.line import SegmentLineQuerySet


def without_partner(lines: SegmentLineQuerySet, others: SegmentLineQuerySet) -> SegmentLineQuerySet:
    """Those of `lines` to which no line of the same contact belongs among `others`.

    A contact with three lines here and two there has one without a partner, its last.
    """
    return _chosen(_ranked(lines, others, F("pk").asc()).filter(place__gt=F("times")))


def nth_newcomers(
    lines: SegmentLineQuerySet, others: SegmentLineQuerySet, nth: int
) -> SegmentLineQuerySet:
    """Of each contact the `nth` of those of `lines` that are `without_partner`, from 1."""
    return _chosen(_ranked(lines, others, F("pk").asc()).filter(place=F("times") + nth))


def as_many_as(lines: SegmentLineQuerySet, others: SegmentLineQuerySet) -> SegmentLineQuerySet:
    """For every line of `others` one of `lines` of the same contact, the last ones."""
    among = lines.filter(contact__in=others.order_by().values("contact"))
    return _chosen(_ranked(among, others, F("pk").desc()).filter(place__lte=F("times")))


def _ranked(lines: SegmentLineQuerySet, others: SegmentLineQuerySet, order: Any) -> Any:
    same: Any = others.filter(contact=OuterRef("contact")).order_by()
    times = same.values("contact").annotate(n_lines=Count("pk")).values("n_lines")
    return lines.order_by().annotate(
        place=Window(RowNumber(), partition_by=F("contact"), order_by=order),
        times=Coalesce(Subquery(times), Value(0), output_field=IntegerField()),
    )


def _chosen(ranked: Any) -> SegmentLineQuerySet:
    return SegmentLine.objects.filter(pk__in=ranked.values("pk")).in_line_order()
