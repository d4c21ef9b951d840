"""The forms of an import: the file, how it is read, what its columns are, what to do."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.imports.layout import DELIMITERS, ENCODINGS, Layout
from contacts.imports.resource import WHO, import_columns
from contacts.models import ContactImport

SELECT = {"class": "form-select"}


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("CSV file or Excel workbook"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_IMPORT_SIZE:
            message = gettext("The file is larger than %(limit)s. Divide it into several files.")
            limit = filesizeformat(settings.MAX_IMPORT_SIZE)
            raise forms.ValidationError(message % {"limit": limit})
        return file


class LayoutForm(forms.Form):
    """How the file is read, as it was guessed. A workbook has sheets, other files have the rest."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[*ENCODINGS.items()], widget=forms.Select(SELECT)
    )
    delimiter = forms.ChoiceField(
        label=_("Delimiter"), choices=[*DELIMITERS.items()], widget=forms.Select(SELECT)
    )
    sheet = forms.ChoiceField(label=_("Sheet"), widget=forms.Select(SELECT))

    def __init__(self, *args: Any, sheets: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("encoding", "delimiter") if sheets else ("sheet",):
            del self.fields[name]
        if sheets:
            field: Any = self.fields["sheet"]
            field.choices = [(title, title) for title in sheets]

    def layout(self) -> Layout:
        """What was chosen."""
        return Layout(**self.cleaned_data)


class ColumnsForm(forms.ModelForm[ContactImport]):
    """What each column of the file is, and what is done with the rows."""

    class Meta:
        model = ContactImport
        fields = ("match", "empty", "rows")
        widgets = {name: forms.Select(SELECT) for name in fields}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("– leave out –"))]
        choices += [(name, column.import_label) for name, column in import_columns().items()]
        self.columns = [f"column_{at}" for at in range(len(self.instance.headings))]
        chosen = self.instance.layout.get("columns") or []
        for at, name in enumerate(self.columns):
            label = self.instance.headings[at]
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=chosen[at] if at < len(chosen) else "",
                widget=forms.Select(SELECT | {"aria-label": label}),
            )

    def column_fields(self) -> Iterator[BoundField]:
        """The fields of the columns of the file, in their order."""
        return (self[name] for name in self.columns)

    def chosen(self) -> list[str]:
        """What each column of the file is, "" for one that is left out."""
        return [self.cleaned_data.get(name, "") for name in self.columns]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.chosen()
        labels = {name: column.import_label for name, column in import_columns().items()}
        for at, name in enumerate(chosen):
            if name and name in chosen[:at]:
                message = gettext("“%(column)s” is chosen for two columns.")
                self.add_error(self.columns[at], message % {"column": labels[name]})
        if not set(chosen) & set(WHO):
            message = gettext(
                "No column says whom a row is about. One of these is needed: %(columns)s."
            )
            names = ", ".join(labels[name] for name in WHO)
            raise forms.ValidationError(message % {"columns": names})
        return cleaned

    def save(self, commit: bool = True) -> ContactImport:
        self.instance.layout = self.instance.layout | {"columns": self.chosen()}
        return super().save(commit)
