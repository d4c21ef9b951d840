"""Steps as sentences, in every language of the pages, as things were called when it was done."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interactions.models import TemplateDocument
from segments_app.criteria import Criteria
from segments_app.models import SegmentStep

Action = SegmentStep.Action
Sentences = dict[str, str]


def in_every_language(sentence: Callable[[], str]) -> Sentences:
    """Return what `sentence` says in each language of the pages, by language code."""
    sentences = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            sentences[code] = sentence()
    return sentences


def of_criteria(action: str, criteria: Criteria) -> Sentences:
    """Sentences of an add, reduce or refine step."""

    def sentence() -> str:
        words = {"criteria": criteria.sentence}
        if action == Action.ADD:
            return _("Added contacts: %(criteria)s") % words
        if action == Action.REDUCE:
            return _("Took out contacts: %(criteria)s") % words
        return _("Kept only contacts: %(criteria)s") % words

    return in_every_language(sentence)


def of_picks(action: str, names: list[str], count: int) -> Sentences:
    """Sentences of contacts added or removed by hand; `names` are the first few of `count`."""

    def sentence() -> str:
        words = {"names": _names(names, count)}
        if action == Action.ADD_BY_HAND:
            return _("Added %(names)s by hand") % words
        return _("Removed %(names)s by hand") % words

    return in_every_language(sentence)


def of_logged_segment(number: str, description: str) -> Sentences:
    """Sentences of a step that reused a logged segment."""
    words = {"number": number, "description": description}
    return in_every_language(lambda: _("Reused logged segment %(number)s %(description)s") % words)


def of_refreshing() -> Sentences:
    """Sentences of the steps in effect done again on today's data."""
    return in_every_language(lambda: _("Refreshed: all steps done again on today's contacts"))


class Worded(Protocol):
    """What has sentences."""

    @property
    def sentences(self) -> Sentences: ...


def of_rebuilding(before: Sequence[Worded], after: Sequence[Worded]) -> Sentences:
    """Sentences of steps that were changed, from the steps in effect before and after."""

    def sentence() -> str:
        old = [spoken(step.sentences) for step in before]
        new = [spoken(step.sentences) for step in after]
        gone = [_("without “%(step)s”") % {"step": step} for step in old if step not in new]
        come = [_("with “%(step)s”") % {"step": step} for step in new if step not in old]
        what = [*gone, *come] or [_("in another order")]
        return _("Changed the steps: %(what)s") % {"what": ", ".join(what)}

    return in_every_language(sentence)


def of_undone(step: Sentences) -> Sentences:
    """Sentences of a step that was undone, from its own."""
    return in_every_language(lambda: _("Undone: %(step)s") % {"step": spoken(step)})


def of_done_again(step: Sentences) -> Sentences:
    """Sentences of a step that was done again, from its own."""
    return in_every_language(lambda: _("Done again: %(step)s") % {"step": spoken(step)})


def of_going_to(step: Sentences | None) -> Sentences:
    """Sentences of going to a step, from its own; None for the empty sheet before all steps."""
    if step is None:
        return in_every_language(lambda: _("Went back to the empty sheet"))
    return in_every_language(lambda: _("Went to the step: %(step)s") % {"step": spoken(step)})


def of_reset(lines: int) -> Sentences:
    """Sentences of a segment that was emptied of so many lines."""

    def sentence() -> str:
        said = ngettext("Reset: %(count)s line removed", "Reset: %(count)s lines removed", lines)
        return said % {"count": lines}

    return in_every_language(sentence)


def labels(model: type[Model], names: Iterable[str]) -> list[Any]:
    """What people call the fields of `model`; what is not theirs to change is left out."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [field.verbose_name for field in fields if field.editable]


def of_header(fields: Collection[str | Promise]) -> Sentences:
    """Sentences of a changed header, from what its fields are called."""
    return in_every_language(
        lambda: _("Changed the header: %(fields)s") % {"fields": ", ".join(map(str, fields))}
    )


def of_document(original: TemplateDocument, *, edited: bool) -> Sentences:
    """Sentences of an edited copy of a template's document that was kept, or removed."""

    def sentence() -> str:
        words = {"template": original.template.description, "language": original.language}
        if edited:
            return _("Kept an edited copy of %(template)s (%(language)s)") % words
        return _("Removed the edited copy of %(template)s (%(language)s)") % words

    return in_every_language(sentence)


def of_lines(fields: Collection[str | Promise], count: int) -> Sentences:
    """Sentences of `count` changed lines, from what their fields are called."""

    def sentence() -> str:
        said = ngettext(
            "Changed %(count)s line: %(fields)s", "Changed %(count)s lines: %(fields)s", count
        )
        return said % {"count": count, "fields": ", ".join(map(str, fields))}

    return in_every_language(sentence)


def spoken(sentences: Sentences) -> str:
    """Return the sentence in the language of the page."""
    return sentences.get(translation.get_language() or "", sentences.get("en", ""))


def _names(names: list[str], count: int) -> str:
    more = count - len(names)
    if not more:
        return ", ".join(names)
    others = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
    return f"{', '.join(names)} + {others}"
