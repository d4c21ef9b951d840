"""The form of an export: what kind of file, and which columns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.exports.files import KINDS
from contacts.exports.rows import ALWAYS
from contacts.imports.resource import all_columns


class ExportForm(forms.Form):
    """What is exported of the contacts."""

    kind = forms.ChoiceField(
        label=_("File"),
        choices=lambda: [(name, kind.label) for name, kind in KINDS.items()],
        widget=forms.Select({"class": "form-select"}),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=lambda: [
            (name, column.label) for name, column in all_columns().items() if name not in ALWAYS
        ],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        required=False,
    )
