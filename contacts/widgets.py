"""How a form asks for several of many, and for a contact."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ANY = _("Any")


class Several(forms.SelectMultiple):
    """Boxes to tick in a list that unfolds; a long list can be narrowed by typing.

    `none` is what stands there while nothing is ticked.
    """

    template_name = "contacts/widgets/several.html"
    # From this many choices on there is a field to narrow them.
    MANY = 12

    def __init__(self, attrs: Any = None, *, none: Any = ANY, **kwargs: Any) -> None:
        super().__init__(attrs, **kwargs)
        self.none = none

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the chosen values; an empty one, as in `?country=`, chooses nothing."""
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [
            option for _name, group, _index in context["widget"]["optgroups"] for option in group
        ]
        context["widget"]["chosen"] = [option for option in options if option["selected"]]
        context["widget"]["none"] = self.none
        context["widget"]["is_long"] = len(options) >= self.MANY
        return context


class PickContact(forms.TextInput):
    """A contact: type part of its name and pick, or type its number.

    `fill` says what a pick writes into the field: "label" (number and name) or "number".
    """

    template_name = "contacts/widgets/pick_contact.html"
    # What is asked of the page that suggests.
    suggest = ""

    def __init__(self, attrs: Any = None, *, fill: str = "label") -> None:
        super().__init__({"autocomplete": "off", "data-fill": fill, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "hx-get": f"{reverse('contacts:pick')}{self.suggest}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "next .suggestions",
        }
        return context


class PickCompany(PickContact):
    """A company, picked or typed likewise."""

    suggest = "?type=company"


class HasOrNot(forms.RadioSelect):
    """Has, has not, or not asked: buttons side by side."""

    template_name = "contacts/widgets/has_or_not.html"
