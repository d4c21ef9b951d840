from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .error import ExpressionError
from .expression import Expression, parse
from .kind import Kind

EXAMPLES = {
    Kind.TEXT: gettext_lazy("For example A*, @*lys* or ''"),
    Kind.CODE: gettext_lazy("For example 1000..2999 or A*|B*"),
    Kind.NUMBER: gettext_lazy("For example 10..20 or >=5"),
    Kind.DATE: gettext_lazy("For example -90d..today or this month"),
}
# So much of the text is shown on either side of the place that is wrong.
AROUND = 20


class ExpressionField(forms.CharField):
    """A filter expression. Cleans to an `Expression`, to None if nothing is typed."""

    def __init__(self, *, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        kwargs.setdefault("widget", forms.TextInput({"placeholder": EXAMPLES[kind]}))
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return parse(self.kind, text)
        except ExpressionError as error:
            raise forms.ValidationError(_refusal(text, error), "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show an expression as people type it, and one they typed as they did."""
        if isinstance(value, str):
            value = self._canonical(value)
        return value.typed() if isinstance(value, Expression) else value

    def _canonical(self, text: str) -> Expression | str:
        try:
            expression = parse(self.kind, text)
        except ExpressionError:
            return text
        return expression if expression.text == text else text


def _refusal(text: str, error: ExpressionError) -> str:
    """Return what is wrong, and show the place with an arrow."""
    at = error.position - 1
    before, after = text[max(0, at - AROUND) : at], text[at : at + AROUND]
    shown = f"{'…' if at > AROUND else ''}{before}▸{after}{'…' if text[at + AROUND :] else ''}"
    place = {"message": error.message, "position": error.position, "place": shown}
    return _("%(message)s At character %(position)s: %(place)s") % place
