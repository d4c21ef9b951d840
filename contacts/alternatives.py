"""Alternatives, as people list them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def any_of(words: Sequence[str | Promise]) -> str:
    """Return the words as people list alternatives: "A, B or C"."""
    *first, last = [str(word) for word in words]
    if not first:
        return last
    return str(_("%(words)s or %(last)s") % {"words": ", ".join(first), "last": last})
