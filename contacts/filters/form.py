"""The form of conditions: it refuses what it does not know."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from contacts.conditions import Lists, ObjectsField


class ConditionsForm(forms.Form):
    """Refuses what it does not know, so that a slip of the pen never selects everyone."""

    besides: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: Lists = {}
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if isinstance(field, ObjectsField):
                field.lists = lists

    def clean(self) -> dict[str, Any]:
        for name in sorted(set(self.data) - set(self.fields) - self.besides):
            self.add_error(None, self._unknown(name))
        for name in self.fields:
            self._refuse_two(name)
        return self.cleaned_data

    def _unknown(self, name: str) -> str:
        near = get_close_matches(name, list(self.fields), 1)
        if near:
            message = gettext("There is no condition “%(name)s”. Did you mean “%(near)s”?")
            return message % {"name": name, "near": near[0]}
        return gettext("There is no condition “%(name)s”.") % {"name": name}

    def _refuse_two(self, name: str) -> None:
        several = getattr(self.fields[name].widget, "allow_multiple_selected", False)
        if several or not isinstance(self.data, MultiValueDict):
            return
        if len({value for value in self.data.getlist(name) if value}) > 1:
            self.add_error(name, gettext("Only one value can be given here."))
