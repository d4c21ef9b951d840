"""The form of the Letters page: which letters, on which paper, in which files."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contacts.errors import Refused
from contacts.models import Language, User
from interactions.letters import libreoffice
from interactions.letters.check import DocumentError, check_template
from interactions.letters.output import Format, Options, What
from interactions.letters.own_labels import OwnLabels, checked_labels
from interactions.letters.ranges import Ranges, read_ranges
from interactions.letters.sheets import SHEETS
from interactions.models import Document
from segments_app.choosing import Choice, Order

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
        help_text=_(
            "To print some again: 214-230, 245. As on the sheet they are the numbers of its lines; "
            "in another order letters are numbered as they come. Empty: all."
        ),
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
    own = forms.FileField(
        label=_("A Word document of your own"),
        required=False,
        help_text=_(
            "For labels: a table with merge fields in its first cell. For cover sheets: a page."
        ),
    )
    # The lines that were ticked on the sheet.
    line = forms.CharField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.no_pdf = libreoffice.problem()
        self.own_labels = 0
        self.own_name = ""

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
        if what == What.LABELS and cleaned.get("sheet"):
            self._refuse_beyond_sheet(cleaned)
        return cleaned

    def _refuse_beyond_sheet(self, cleaned: dict[str, Any]) -> None:
        count = self.own_labels or SHEETS[cleaned["sheet"]].count
        if (cleaned.get("first_label") or 1) > count:
            message = _("The sheet has %(count)s labels.") % {"count": count}
            self.add_error("first_label", message)

    def clean_own(self) -> bytes | None:
        """The checked bytes of the document of one's own. Refused like any template."""
        file, what = self.cleaned_data["own"], self.cleaned_data.get("what", "")
        if not file or what == What.LETTERS:
            return None
        if file.size > settings.MAX_DOCUMENT_SIZE:
            raise forms.ValidationError(_("The file is too large."))
        self.own_name = str(file.name)
        try:
            return self._checked(file.read(), what)
        except DocumentError as error:
            raise forms.ValidationError(error.messages) from error

    def _checked(self, data: bytes, what: str) -> bytes:
        if what == What.LABELS:
            data = checked_labels(data)
            self.own_labels = OwnLabels(data).count
        else:
            check_template(data)
        return data

    def options_of(self, user: User) -> Options:
        """The paper and the files that were chosen; a document of one's own is kept.

        After `is_valid()`.
        """
        options = self.options
        if own := self.cleaned_data["own"]:
            document = Document.objects.store(own, name=self.own_name, by=user)
            options = replace(options, document=document.pk, own_labels=self.own_labels)
        return options

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
