"""The form of the Letters page: which letters, on which paper, in which files."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.errors import Refused
from contacts.models import Language, User
from interactions.letters import libreoffice
from interactions.letters.check import DocumentError, check_template
from interactions.letters.output import Format, Options, What
from interactions.letters.own_labels import OwnLabels, checked_labels
from interactions.letters.ranges import Ranges, read_ranges
from interactions.letters.sheets import SHEETS
from interactions.models import Document, LetterJob
from segments_app.choosing import Choice, Order
from segments_app.models import Segment

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
    own_before = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Or one that was used before"),
        required=False,
        empty_label=_("None"),
    )
    # The lines that were ticked on the sheet.
    line = forms.CharField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, segment: Segment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.no_pdf = libreoffice.problem()
        self.own_labels = 0
        self.own_name = ""
        self.document: Document | None = None
        before: Any = self.fields["own_before"]
        before.queryset = LetterJob.objects.of_segment(segment.number).own_documents()

    @classmethod
    def initial_of(cls, asked: QueryDict) -> dict[str, Any]:
        """What the address that `kept` wrote says."""
        values = {name: asked[name] for name in cls.base_fields if asked.get(name)}
        return values | {"line": asked.getlist("line")}

    def kept(self) -> list[tuple[str, str]]:
        """What was chosen, for the address of the page that comes next. After `is_valid()`.

        A Word document of one's own that was uploaded is one that was used before by then.
        """
        data: Any = self.data
        kept = [
            (name, value)
            for name, field in self.fields.items()
            for value in data.getlist(name)
            if value not in ("", str(field.initial)) and name not in ("own", "own_before")
        ]
        return [*kept, ("own_before", str(self.document.pk))] if self.document else kept

    @property
    def ticked(self) -> list[str]:
        """The keys of the ticked lines."""
        data: Any = self.data
        values = data.getlist("line") if self.is_bound else self.initial.get("line", [])
        return [str(value) for value in values]

    @property
    def is_for_printer(self) -> bool:
        """Whether anything is chosen among what stands folded under *For the printer*."""
        return any(self[name].value() for name in ("batch", "manifest", "number", "new_sheet"))

    @property
    def is_for_labels(self) -> bool:
        """Whether labels or cover sheets are chosen."""
        return bool(self["what"].value() != What.LETTERS)

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
        return self._checked(file.read(), what)

    def clean_own_before(self) -> Document | None:
        """A document that was used before; one that is uploaded goes before it."""
        document: Document | None = self.cleaned_data["own_before"]
        what = self.cleaned_data.get("what", "")
        if not document or what == What.LETTERS or self.cleaned_data.get("own"):
            return None
        self._checked(document.read(), what)
        return document

    def _checked(self, data: bytes, what: str) -> bytes:
        try:
            data = checked_labels(data) if what == What.LABELS else data
            self.own_labels = OwnLabels(data).count if what == What.LABELS else 0
            if what == What.COVERS:
                check_template(data)
        except DocumentError as error:
            raise forms.ValidationError(error.messages) from error
        return data

    def options_of(self, user: User) -> Options:
        """The paper and the files that were chosen; a document of one's own is kept.

        After `is_valid()`.
        """
        self.document = self.cleaned_data["own_before"]
        if own := self.cleaned_data["own"]:
            self.document = Document.objects.store(own, name=self.own_name, by=user)
        return self._options

    @property
    def _options(self) -> Options:
        data = self.cleaned_data
        names = ("what", "format", "manifest", "number", "new_sheet", "sheet")
        return Options(
            **{name: data[name] for name in names},
            batch=data["batch"] or 0,
            first_label=data["first_label"] or 1,
            document=self.document.pk if self.document else 0,
            own_labels=self.own_labels,
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
