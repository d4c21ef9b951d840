"""Many lines at once: let them say something of their own, or put them back to the header."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.models import User
from segments_app.models import OVERRIDES, LineBefore, LineEdit, Segment, SegmentLine
from segments_app.models.line import EDITED, NOTHING, owns
from segments_app.models.resolution import value_field
from segments_app.moves import shown as shown_count
from segments_app.sentences import in_every_language, of_undone
from segments_app.shown import Shown
from segments_app.values import Values

from .locking import Kind, locked, note_change


@dataclass(frozen=True)
class Changes:
    """What lines are to say. A field without a value (`NOTHING`, null) is put back to the header.

    With `keep_own` a line that says something for a field already keeps it.
    """

    values: dict[str, Any]
    keep_own: bool = False

    @property
    def differs(self) -> Q:
        """The condition for a line to be changed by this."""
        return reduce(or_, (self._differs(name) for name in self.values), Q(pk__in=[]))

    @property
    def owned(self) -> Q:
        """The condition for a line to say something itself for any of the fields."""
        return reduce(or_, map(owns, self.values), Q(pk__in=[]))

    @property
    def puts_all_back(self) -> bool:
        """Whether lines take every value of the header again."""
        return self.values == dict.fromkeys(OVERRIDES)

    def columns(self) -> dict[str, Any]:
        """What the fields are set to, as `update` takes it."""
        return {name: self._column(name, value) for name, value in self.values.items()}

    def _differs(self, name: str) -> Q:
        if is_nothing(name, self.values[name]):
            return owns(name)
        return ~owns(name) if self.keep_own else ~Q(**{name: self.values[name]})

    def _column(self, name: str, value: Any) -> Any:
        if not self.keep_own or is_nothing(name, value):
            return value
        kind = value_field(SegmentLine._meta.get_field(name))
        new = Value(getattr(value, "pk", value), output_field=kind)
        return Case(When(owns(name), then=F(name)), default=new, output_field=kind)


@dataclass(frozen=True)
class ChangePreview:
    """Of `lines`, how many change; how many of those lose a value of their own; how many others
    keep theirs; the rest is so already."""

    lines: int = 0
    changed: int = 0
    replaced: int = 0
    kept: int = 0

    @property
    def same(self) -> int:
        return self.lines - self.changed - self.kept


@dataclass(frozen=True)
class Undone:
    """How many lines say again what they said; how many were changed since and stay."""

    lines: int
    left: int
    sentences: dict[str, str] = field(default_factory=dict)


def is_nothing(name: str, value: Any) -> bool:
    """Whether a line that says `value` says nothing for the field."""
    return bool(value == NOTHING.get(name))


def preview_lines(segment: Segment, shown: Shown, changes: Changes) -> ChangePreview:
    """Count what `change_lines` would do, in one pass over the lines."""
    lines: Any = shown.lines(segment).order_by()
    kept = changes.owned & ~changes.differs if changes.keep_own else Q(pk__in=[])
    counts = lines.aggregate(
        n_lines=Count("pk"),
        n_changed=Count("pk", filter=changes.differs),
        n_replaced=Count("pk", filter=changes.differs & changes.owned),
        n_kept=Count("pk", filter=kept),
    )
    return ChangePreview(**{name.removeprefix("n_"): n for name, n in counts.items()})


def change_lines(
    segment: Segment, shown: Shown, changes: Changes, *, by: User | None, told: int | None = None
) -> LineEdit:
    """Let the lines that are shown say `changes`, with one UPDATE; it can be undone.

    Raises `Refused` when nothing would change, or when it would change another number of lines
    than the one that the person was `told`.
    """
    with locked(segment):
        LineEdit.objects.of_segment(segment).delete()
        edit = LineEdit.objects.create(segment=segment, fields=list(changes.values), created_by=by)
        _keep_before(edit, shown, changes)
        lines = shown.lines(segment).order_by().filter(changes.differs)
        edit.count = lines.update(last_edit=edit.pk, **changes.columns())
        _refuse_surprise(edit.count, told)
        edit.sentences = in_every_language(lambda: _sentence(changes, edit.count))
        edit.save(update_fields=["count", "sentences"])
        note_change(segment, Kind.LINES, edit.sentences, by=by)
        return edit


def undo_change(segment: Segment, key: int, *, by: User | None) -> Undone:
    """Let the lines of the last change say again what they said before it.

    Lines that were changed since stay. Raises `Refused` when it is not the last change any more.
    """
    with locked(segment):
        edit = LineEdit.objects.of_segment(segment).filter(pk=key).first()
        if edit is None:
            raise Refused(_("The lines were changed again since. Nothing was undone."))
        lines = SegmentLine.objects.filter(segment=segment, last_edit=edit.pk)
        count = lines.update(last_edit=None, **_before(edit))
        undone = Undone(count, edit.count - count, edit.sentences)
        note_change(segment, Kind.LINES, of_undone(edit.sentences), by=by)
        edit.delete()
        return undone


def _keep_before(edit: LineEdit, shown: Shown, changes: Changes) -> None:
    """Store what lines say in the fields that change. More lines than will change do no harm:
    finding out which would cost as much as the change, and might find others."""
    lines = edit.segment.sheet().filter(changes.owned)
    if shown.ticked:
        lines = lines.ticked(shown.ticked)
    LineBefore.objects.insert_from(
        lines, edit=edit, line=F("pk"), **{name: F(name) for name in changes.values}
    )


def _before(edit: LineEdit) -> dict[str, Any]:
    """What the fields were, as `update` takes it."""
    fields = [name for name in edit.fields if name in EDITED]
    if not edit.before.exists():
        return {name: NOTHING.get(name) for name in fields}
    return {name: _said(edit, name) for name in fields}


def _said(edit: LineEdit, name: str) -> Any:
    kind = value_field(SegmentLine._meta.get_field(name))
    said = Subquery(edit.before.filter(line=OuterRef("pk")).values(name)[:1], output_field=kind)
    if name in OVERRIDES:
        return said
    return Coalesce(said, Value(NOTHING[name], output_field=kind), output_field=kind)


def _refuse_surprise(count: int, told: int | None) -> None:
    if not count:
        raise Refused(_("Every line is so already. Nothing was changed."))
    if told not in (None, count):
        message = ngettext(
            "Meanwhile it would change %(count)s line. Nothing was changed: look again.",
            "Meanwhile it would change %(count)s lines. Nothing was changed: look again.",
            count,
        )
        raise Refused(message % {"count": shown_count(count)})


def _sentence(changes: Changes, count: int) -> str:
    if changes.puts_all_back:
        back = ngettext(
            "Put %(count)s line back to the header",
            "Put %(count)s lines back to the header",
            count,
        )
        return back % {"count": shown_count(count)}
    said = ngettext("Changed %(count)s line: %(what)s", "Changed %(count)s lines: %(what)s", count)
    return said % {"count": shown_count(count), "what": "; ".join(described(changes))}


def described(changes: Changes) -> list[str]:
    """What is done to each field, in words."""
    say: Callable[[str, Any], str] = Values().text
    return [
        _("%(field)s put back") % {"field": label(name)}
        if is_nothing(name, value)
        else _("%(field)s %(value)s") % {"field": label(name), "value": say(name, _key(value))}
        for name, value in changes.values.items()
    ]


def label(name: str) -> str:
    """What people call the field of a line."""
    return str(SegmentLine._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _key(value: Any) -> Any:
    return getattr(value, "pk", value)
