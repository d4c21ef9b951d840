"""Lists of words, as people say them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Sequence[str | Promise]


def any_of(words: Words) -> str:
    """Return the words as people list alternatives: "A, B or C"."""
    return _listed(words, _("%(words)s or %(last)s"))


def all_of(words: Words) -> str:
    """Return the words as people list what belongs together: "A, B and C"."""
    return _listed(words, _("%(words)s and %(last)s"))


def _listed(words: Words, joined: Promise) -> str:
    *first, last = [str(word) for word in words]
    return str(joined % {"words": ", ".join(first), "last": last}) if first else last
