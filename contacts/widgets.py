"""How a form asks for several of many."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Several(forms.CheckboxSelectMultiple):
    """Boxes to tick in a list that unfolds; a long list can be narrowed by typing."""

    template_name = "contacts/widgets/several.html"
    # From this many choices on there is a field to narrow them.
    MANY = 12

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the chosen values; an empty one, as in `?country=`, chooses nothing."""
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        context["widget"]["chosen"] = [option for option in options if option["selected"]]
        context["widget"]["is_long"] = len(options) >= self.MANY
        return context
