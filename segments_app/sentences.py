"""Steps as sentences, in every language of the pages, as things were called when it was done."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def spoken(sentences: Sentences) -> str:
    """Return the sentence in the language of the page."""
    return sentences.get(translation.get_language() or "", sentences.get("en", ""))


def _names(names: list[str], count: int) -> str:
    more = count - len(names)
    if not more:
        return ", ".join(names)
    others = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
    return f"{', '.join(names)} + {others}"
