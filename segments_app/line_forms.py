"""Forms of lines: of one line, of one cell of it, of many lines."""

from typing import Any

from django import forms
from django.forms import BoundField, ModelForm
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from contacts.forms.exports import ExportForm
from contacts.forms.only_changes import TellsOverlaps
from contacts.models import MailingGroup
from segments_app.columns import COLUMNS, is_of_contact
from segments_app.forms import DATE, EMPTY_MORE, TIME, ActiveChoices, say_empty
from segments_app.models import OVERRIDES, OWN, SegmentChange, SegmentLine
from segments_app.models.line import EDITED, NOTHING
from segments_app.operations.many_lines import Changes
from segments_app.values import Values

AS_HEADER = _("As the header")
LEAVE = _("Leave as it is")
FROM_HEADER = _("As the header: %(value)s")
FROM_OTHERS = _("From the template or the contact: %(value)s")
SILENT = _("The header says nothing.")
# The fields that only a line has, as its page shows them.
OWN_HERE = ("comment", "time", "contact_via", "evaluation", "attempt_failed")


class LineForm(TellsOverlaps, ActiveChoices, ModelForm[SegmentLine]):
    """What is different for one contact. An empty field means: as the header says.

    With `only` it has that one field.
    """

    class Meta:
        model = SegmentLine
        fields = EDITED
        widgets = {"date": DATE, "time": TIME, "comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = Values()
        self.offer_active()
        choices = ("template", "campaign", "salesperson", *EMPTY_MORE)
        say_empty(self, dict.fromkeys(choices, AS_HEADER) | {"evaluation": _("None")})
        if only:
            self.fields = {only: self.fields[only]}
        for name in set(OVERRIDES) & set(self.fields):
            self._say_inherited(name)
        self.remember_shown()

    def overrides(self) -> list[tuple[BoundField, bool]]:
        """The fields that a line inherits, each with whether the line says otherwise."""
        own = set(self.instance.own_fields)
        return [(self[name], name in own) for name in OVERRIDES]

    def owns(self) -> list[BoundField]:
        """The fields that only a line has."""
        return [self[name] for name in OWN_HERE]

    def changes(self) -> dict[str, Any]:
        """What the person changed, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _say_inherited(self, name: str) -> None:
        field = self.fields[name]
        inherited = self.values.text(name, getattr(self.instance, f"i_{name}"))
        field.help_text = self._origin(name) % {"value": inherited} if inherited else SILENT
        field.widget.attrs["placeholder"] = inherited
        if isinstance(field, forms.NullBooleanField):
            field.widget.choices = [("unknown", AS_HEADER), ("true", _("Yes")), ("false", _("No"))]

    def _origin(self, name: str) -> str:
        """Where the inherited value comes from: the header, or what stands in for it."""
        said = self.instance.segment.header_value(name)
        is_header = said not in (None, "") and said == getattr(self.instance, f"i_{name}")
        return str(FROM_HEADER if is_header else FROM_OTHERS)

    def _who(self, name: str) -> dict[str, str]:
        """Who changed the line last, and when."""
        line = self.instance
        changes = line.segment.changes.touching([SegmentChange.Kind.LINES], line.pk)
        change = changes.select_related("created_by").last()
        if change is None:
            return {"who": str(_("Somebody")), "when": str(_("just now"))}
        when = localtime(change.created_at).strftime("%H:%M")
        return {"who": str(change.created_by or _("Somebody")), "when": when}


class ManyLinesForm(ActiveChoices, ModelForm[SegmentLine]):
    """What many lines are to say: a field left empty stays as it is on each."""

    keep_own = forms.BooleanField(
        label=_("Lines that say something else themselves keep it"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    put_back = forms.MultipleChoiceField(
        choices=lambda: [(name, name) for name in EDITED], required=False
    )

    # What is emptied, not put back.
    OWN = OWN

    class Meta:
        model = SegmentLine
        fields = EDITED
        widgets = {"date": DATE, "time": TIME, "comment": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_active()
        self.fields["attempt_failed"] = forms.NullBooleanField(
            label=self.fields["attempt_failed"].label
        )
        for name in EDITED:
            self._offer_leaving(self.fields[name])

    def rows(self) -> list[tuple[BoundField, bool]]:
        """The fields, each with whether it is to be put back."""
        back = self["put_back"].value() or []
        return [(self[name], name in back) for name in EDITED]

    def changes(self) -> Changes:
        """What lines are to say."""
        back = self.cleaned_data["put_back"]
        said = {name: self.cleaned_data[name] for name in EDITED if name in self.cleaned_data}
        values = {name: value for name, value in said.items() if value not in (None, "")}
        return Changes(
            values | {name: NOTHING.get(name) for name in back},
            keep_own=self.cleaned_data["keep_own"],
        )

    @staticmethod
    def _offer_leaving(field: Any) -> None:
        field.required, field.help_text = False, ""
        if isinstance(field, forms.NullBooleanField):
            field.widget.choices = [("unknown", LEAVE), ("true", _("Yes")), ("false", _("No"))]
        elif hasattr(field, "empty_label"):
            field.empty_label = LEAVE
        elif hasattr(field, "choices"):
            field.choices = [("", LEAVE), *[choice for choice in field.choices if choice[0]]]


class ExportLinesForm(ExportForm):
    """What is exported of lines: columns of the contact, and of the line."""

    line_columns = forms.MultipleChoiceField(
        label=_("Columns of the line"),
        choices=lambda: [
            (name, column.title) for name, column in COLUMNS.items() if not is_of_contact(name)
        ],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        required=False,
    )


class MailingGroupForm(forms.Form):
    """The group that contacts are put into (R54)."""

    group = forms.ModelChoiceField(
        label=_("Mailing group"),
        queryset=MailingGroup.objects.all(),
        widget=forms.Select({"class": "form-select"}),
    )
    alone = forms.BooleanField(
        label=_("Take everyone else out of the group first"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
