"""What was done with interactions and logged segments, and what was not, in the same words on every
page and on the command line."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LOGGED = ngettext_lazy(
    "%(shown)s interaction was logged.", "%(shown)s interactions were logged.", "count"
)
WOULD_LOG = ngettext_lazy(
    "Would log %(shown)s interaction.", "Would log %(shown)s interactions.", "count"
)
EVALUATED = ngettext_lazy(
    "%(shown)s interaction is evaluated.", "%(shown)s interactions are evaluated.", "count"
)
COMMENTED = ngettext_lazy(
    "%(shown)s interaction has the comment.", "%(shown)s interactions have the comment.", "count"
)
CANCELED = ngettext_lazy(
    "%(shown)s interaction is canceled. It no longer counts.",
    "%(shown)s interactions are canceled. They no longer count.",
    "count",
)
CANCELED_ALREADY = ngettext_lazy(
    "%(shown)s was canceled already.", "%(shown)s were canceled already.", "count"
)
UNCANCELED = ngettext_lazy(
    "%(shown)s interaction counts again.", "%(shown)s interactions count again.", "count"
)
STAYS_CANCELED = ngettext_lazy(
    "%(shown)s stays canceled, because its logged segment or campaign entry is canceled.",
    "%(shown)s stay canceled, because their logged segment or campaign entry is canceled.",
    "count",
)
DELETED = ngettext_lazy(
    "%(shown)s canceled interaction was deleted.",
    "%(shown)s canceled interactions were deleted.",
    "count",
)
WOULD_DELETE = ngettext_lazy(
    "Would delete %(shown)s canceled interaction.",
    "Would delete %(shown)s canceled interactions.",
    "count",
)
NOT_CANCELED = ngettext_lazy(
    "%(shown)s that matches is not canceled and stays.",
    "%(shown)s that match are not canceled and stay.",
    "count",
)
SEGMENT_CANCELED = _("Logged segment %(number)s is canceled. Its interactions no longer count.")
SEGMENT_CANCELED_ALREADY = _("Logged segment %(number)s was canceled already.")
SEGMENT_UNCANCELED = _("Logged segment %(number)s counts again, as before it was canceled.")
SEGMENT_COUNTS_ALREADY = _("Logged segment %(number)s is not canceled.")
SEGMENTS_DELETED = ngettext_lazy(
    "%(count)s logged segment was deleted. Its %(stay)s interactions stay in the log, canceled.",
    "%(count)s logged segments were deleted. "
    "Their %(stay)s interactions stay in the log, canceled.",
    "count",
)
WOULD_DELETE_SEGMENTS = ngettext_lazy(
    "Would delete %(count)s logged segment. Its %(stay)s interactions would stay, canceled.",
    "Would delete %(count)s logged segments. Their %(stay)s interactions would stay, canceled.",
    "count",
)


def numbered(count: int) -> dict[str, Any]:
    """What a sentence about so many needs."""
    return {"count": count, "shown": number_format(count, use_l10n=True, force_grouping=True)}


def counted(*sentences: tuple[Any, int]) -> str:
    """The first sentence with its number, and those of the others whose number is not 0."""
    first, *others = sentences
    said = [first, *(other for other in others if other[1])]
    return " ".join(str(sentence % numbered(count)) for sentence, count in said)


def segments_deleted(sentence: Any, gone: int, stay: int) -> str:
    """`SEGMENTS_DELETED` or `WOULD_DELETE_SEGMENTS` with its numbers."""
    return str(sentence % {"count": gone, "stay": number_format(stay, force_grouping=True)})
