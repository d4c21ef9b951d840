"""Forms that write only what the person changed, so that two people do not undo each other."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from contacts.models import Change


class OnlyChanges:
    """A form that knows what it showed, so that it writes only what the person changed.

    What somebody else saved meanwhile in other fields stays. The page prints `shown`.
    """

    fields: dict[str, Any]

    def remember_shown(self) -> None:
        for field in self.fields.values():
            field.show_hidden_initial = True

    def shown(self) -> SafeString:
        """Hidden fields with the values that the page shows."""
        bound: Any = self
        return format_html_join("", "{}", ((f.as_hidden(only_initial=True),) for f in bound))


class TellsOverlaps(OnlyChanges):
    """A form of a contact that is saved over nobody's head.

    A field that somebody else changed meanwhile is refused once, with who changed it and both
    values. The page then shows what is stored, so that saving again is on purpose. The instance
    must be as it is stored now, and locked.
    """

    data: Any
    instance: Any
    cleaned_data: dict[str, Any]
    changed_data: list[str]

    def full_clean(self) -> None:
        form: Any = self
        if form.is_bound and self._remembers():
            self.data = self.data.copy()
            for bound in form:
                self.data.setdefault(bound.html_initial_name, self._stored(bound))
        super().full_clean()  # type: ignore[misc]

    def refuse_overlaps(self) -> None:
        """Add an error to each field that two people changed; then show what is stored."""
        form: Any = self
        overlaps = [bound for bound in form if self._overlaps(bound)]
        for bound in overlaps:
            form.add_error(bound.name, self._overlap(bound))
        if overlaps:
            self._show_stored()

    def forget_unchanged(self) -> None:
        """Leave out of `cleaned_data` what the person did not change."""
        if self._remembers():
            for name in set(self.cleaned_data) - set(self.changed_data):
                del self.cleaned_data[name]

    def _remembers(self) -> bool:
        return any(field.show_hidden_initial for field in self.fields.values())

    def _overlaps(self, bound: BoundField) -> bool:
        if not bound.field.show_hidden_initial or bound.name not in self.changed_data:
            return False
        stored = self._stored(bound)
        moved = _plain(self.data.get(bound.html_initial_name)) != _plain(stored)
        return moved and _plain(bound.data) != _plain(stored)

    def _stored(self, bound: BoundField) -> str:
        """What is stored now, as the hidden field would hold it."""
        value = bound.field.prepare_value(bound.initial)
        return "" if value is None else str(value)

    def _show_stored(self) -> None:
        form: Any = self
        for bound in form:
            self.data[bound.html_initial_name] = self._stored(bound)
            if bound.name not in self.changed_data:
                self.data[bound.html_name] = self._stored(bound)

    def _overlap(self, bound: BoundField) -> str:
        values = {
            **self._who(bound.name),
            "stored": _shown(bound, self._stored(bound)),
            "yours": _shown(bound, bound.data),
        }
        message = _(
            "%(who)s changed this meanwhile (%(when)s): “%(stored)s”. Yours is “%(yours)s”. "
            "Save again to replace it with yours."
        )
        return message % values

    def _who(self, name: str) -> dict[str, str]:
        """Who changed the field last, and when."""
        changes = Change.objects.about(self.instance).newest_first()[:20]
        change = next((change for change in changes if name in (change.changes or {})), None)
        if change is None:
            return {"who": _("Somebody"), "when": _("just now")}
        return {
            "who": str(change.actor or _("Somebody")),
            "when": localtime(change.timestamp).strftime("%H:%M"),
        }


def _plain(value: Any) -> str:
    return str("" if value is None else value).replace("\r\n", "\n").strip()


def _shown(bound: BoundField, value: Any) -> str:
    """The value as the page would show it."""
    field: Any = bound.field
    if isinstance(field, forms.BooleanField):
        return _("yes") if value in (True, "True", "on") else _("no")
    choices = {str(key): label for key, label in getattr(field, "choices", [])}
    return str(Truncator(choices.get(_plain(value), _plain(value) or "–")).chars(60))
