"""Forms of saved criteria."""

from typing import Any

from django import forms

from segments_app.models import SavedCriteria


class SaveCriteriaForm(forms.ModelForm[SavedCriteria]):
    """A name for the steps, and who sees them."""

    class Meta:
        model = SavedCriteria
        fields = ["code", "description", "shared"]


class ChangeCriteriaForm(SaveCriteriaForm):
    """The same, of criteria that others may be changing too: it carries what the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def show_stored(self, saved: SavedCriteria) -> None:
        """Carry the version that is stored now, so that saving again is on purpose."""
        self.data = {**self.data.dict(), "seen": str(saved.version)}  # type: ignore[attr-defined]
