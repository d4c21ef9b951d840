"""Sentences of steps that left only some lines, or parts, of a segment."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segments_app.sentences import Sentences, in_every_language
from segments_app.thinning import Amount, Keep, Per


def of_sample(amount: Amount, seed: str) -> Sentences:
    """Sentences of a random sample."""

    def sentence() -> str:
        words = {"count": _number(amount.number), "seed": seed}
        if amount.is_percent:
            return _("Kept a random %(count)s %% (seed %(seed)s)") % words
        said = ngettext(
            "Kept %(count)s random line (seed %(seed)s)",
            "Kept %(count)s random lines (seed %(seed)s)",
            round(amount.number),
        )
        return said % words

    return in_every_language(sentence)


def of_one_per(per: str, keep: str, level: Any) -> Sentences:
    """Sentences of keeping one line of each household or company."""

    def sentence() -> str:
        words = {"per": Per(per).label, "whom": level if level else Keep(keep).label}
        if keep == Keep.FIRST:
            return _("Kept one line for each %(per)s") % words
        return _("Kept one line for each %(per)s: %(whom)s") % words

    return in_every_language(sentence)


def of_holding_out(percent: float, seed: str, numbers: Sequence[str]) -> Sentences:
    """Sentences of a share that was taken out."""

    def sentence() -> str:
        words = {"percent": _number(percent), "seed": seed, "segment": ", ".join(numbers)}
        if numbers:
            held = _("Held out %(percent)s %%, in segment %(segment)s (seed %(seed)s)")
        else:
            held = _("Held out %(percent)s %% (seed %(seed)s)")
        return held % words

    return in_every_language(sentence)


def of_splitting(shares: Sequence[float], seed: str, numbers: Sequence[str]) -> Sentences:
    """Sentences of a split segment, of which the first part stayed."""

    def sentence() -> str:
        words = {
            "shares": "/".join(map(_number, shares)),
            "segments": ", ".join(numbers),
            "seed": seed,
        }
        said = ngettext(
            "Split %(shares)s: part A stays, the other is segment %(segments)s (seed %(seed)s)",
            "Split %(shares)s: part A stays, the others are segments %(segments)s (seed %(seed)s)",
            len(numbers),
        )
        return said % words

    return in_every_language(sentence)


def of_part(number: str, percent: float, letter: str) -> Sentences:
    """Sentences of how the lines of a part came into its segment."""

    def sentence() -> str:
        words = {"number": number, "percent": _number(percent), "letter": letter}
        if letter:
            return _("Part %(letter)s of %(number)s, %(percent)s %%") % words
        return _("Held out of %(number)s, %(percent)s %%") % words

    return in_every_language(sentence)


def _number(number: float) -> str:
    rounded = round(number, 1)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, use_l10n=True)
