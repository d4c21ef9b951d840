from typing import Any

from django.views.generic import TemplateView

from contacts.expressions.examples import examples


class FilterLanguageView(TemplateView):
    """What can be typed into a condition, by examples that say themselves in words."""

    template_name = "contacts/filter_language.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(examples=examples(), **kwargs)
