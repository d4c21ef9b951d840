"""The form of the Letters page: which letters, on which paper, in which files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.errors import Refused
from contacts.models import Language
from interactions.letters import libreoffice
from interactions.letters.output import Format, Options, What
from interactions.letters.sheets import SHEETS
from segments_app.choosing import Choice, Order, Ranges, read_ranges

ONE_FILE = (Format.WORD, Format.PDF)
MOST_IN_A_BATCH = 100_000


class LettersForm(forms.Form):
    """Everything has a value from the start: all letters, as Word documents, in line order."""

    what = forms.ChoiceField(label=_("Paper"), choices=What, initial=What.LETTERS)
    format = forms.ChoiceField(
        label=_("Files"), choices=Format, initial=Format.WORD_FILES, widget=forms.RadioSelect
    )
    order = forms.ChoiceField(label=_("Order"), choices=Order, initial=Order.LINE)
    language = forms.ModelChoiceField(
        Language.objects.all(), label=_("Language"), required=False, empty_label=_("All languages")
    )
    numbers = forms.CharField(
        label=_("Only the numbers"),
        required=False,
        max_length=500,
        help_text=_("Numbers on the list, to print some again: 214-230, 245. Empty: all."),
    )
    one_per_household = forms.BooleanField(
        label=_("One for each household: the first at an address"), required=False
    )
    batch = forms.IntegerField(
        label=_("Letters in a batch"),
        required=False,
        min_value=1,
        max_value=MOST_IN_A_BATCH,
        help_text=_("Empty: all in one."),
    )
    manifest = forms.BooleanField(
        label=_("With a list (CSV) of what is in which file"), required=False
    )
    number = forms.BooleanField(
        label=_("Print the number small at the edge of the first page"), required=False
    )
    new_sheet = forms.BooleanField(
        label=_("For printing on both sides: each letter begins on a new sheet"), required=False
    )
    sheet = forms.ChoiceField(
        label=_("Sheet of labels"),
        choices=[(key, str(sheet)) for key, sheet in SHEETS.items()],
        initial="L7160",
    )
    first_label = forms.IntegerField(
        label=_("Begin at label"),
        required=False,
        min_value=1,
        initial=1,
        help_text=_("Counted along the rows, when the first sheet was used in part."),
    )
    # The lines that were ticked on the sheet.
    line = forms.CharField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.no_pdf = libreoffice.problem()

    @property
    def ticked(self) -> list[str]:
        """The keys of the ticked lines."""
        data: Any = self.data if self.is_bound else self.initial
        values = data.getlist("line") if hasattr(data, "getlist") else data.get("line", [])
        return [str(value) for value in values]

    def clean_numbers(self) -> Ranges:
        try:
            return read_ranges(self.cleaned_data["numbers"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_format(self) -> str:
        """A PDF that cannot be made is refused here, with what to install."""
        value: str = self.cleaned_data["format"]
        if self.no_pdf and value in (Format.PDF, Format.PDF_FILES):
            raise forms.ValidationError(self.no_pdf)
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        what, format_ = cleaned.get("what"), cleaned.get("format")
        if what in (What.LABELS, What.COVERS) and format_ and format_ not in ONE_FILE:
            self.add_error("format", _("Labels and cover sheets come as one file."))
        sheet, first = cleaned.get("sheet"), cleaned.get("first_label") or 1
        if what == What.LABELS and sheet and first > SHEETS[sheet].count:
            count = {"count": SHEETS[sheet].count}
            self.add_error("first_label", _("The sheet has %(count)s labels.") % count)
        return cleaned

    @property
    def options(self) -> Options:
        """The paper and the files that were chosen. After `is_valid()`."""
        data = self.cleaned_data
        names = ("what", "format", "manifest", "number", "new_sheet", "sheet")
        return Options(
            **{name: data[name] for name in names},
            batch=data["batch"] or 0,
            first_label=data["first_label"] or 1,
        )

    @property
    def choice(self) -> Choice:
        """The letters that were chosen. After `is_valid()`."""
        data = self.cleaned_data
        return Choice(
            order=data["order"],
            language=data["language"].code if data["language"] else "",
            ticked=tuple(self.ticked),
            one_per_household=data["one_per_household"],
            numbers=data["numbers"],
        )


class AgainForm(forms.Form):
    """Which letters of an earlier list to make again."""

    numbers = forms.CharField(max_length=500)

    def clean_numbers(self) -> Ranges:
        try:
            return read_ranges(self.cleaned_data["numbers"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
