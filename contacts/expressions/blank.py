"""Blank in an expression, written as two quotation marks: no text, no number, no date."""

from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.lookups import Exact, IsNull
from django.utils.translation import gettext as _

from .kind import Kind
from .text import filled


@dataclass(frozen=True)
class Blank:
    """No value: NULL, and of texts also the empty one."""

    kind: Kind

    def text(self) -> str:
        return "''"

    typed = text

    def said(self) -> str:
        return _("blank")

    @property
    def _is_text(self) -> bool:
        return self.kind in (Kind.TEXT, Kind.CODE)

    def equal(self, lookup: str) -> Q:
        null = Q(IsNull(F(lookup), True))
        return null | Q(Exact(F(lookup), Value(""))) if self._is_text else null

    def differs(self, lookup: str) -> Q:
        return filled(lookup) if self._is_text else Q(IsNull(F(lookup), False))
