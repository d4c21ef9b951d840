from collections.abc import Callable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    def draw(self, code: str, *, taken: Callable[[str], bool]) -> str:
        """Return the next number of series `code` that is not `taken`, and never give it again.

        Commits at once, in a transaction of its own, so that nobody waits for a number: call it
        before the transaction that uses it. Numbers may have gaps (D21).
        """
        while taken(number := self.draw_block(code, 1)[0]):
            pass
        return number

    def draw_block(self, code: str, count: int) -> list[str]:
        """Return the next `count` numbers of series `code`, for imports."""
        with transaction.atomic(durable=True):
            self.filter(pk=code).update(last=models.F("last") + count)
            series = self.get(pk=code)
        return [series.format(n) for n in range(series.last - count + 1, series.last + 1)]


class NumberSeries(models.Model):
    """Running numbers such as SM00001. Numbers may have gaps, never repeats (D21)."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    prefix = models.CharField(_("prefix"), max_length=10)
    width = models.PositiveSmallIntegerField(_("digits"))
    last = models.PositiveBigIntegerField(_("last number used"), default=0)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = pgettext_lazy("plural", "number series")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def format(self, number: int) -> str:
        """Return the number as people write it: 42 -> "SM00042"."""
        return f"{self.prefix}{number:0{self.width}d}"
