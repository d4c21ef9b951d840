"""What people call the options of adding, reducing and refining."""

from collections.abc import Iterable

from segments_app.forms import AddOptionsForm, RemoveOptionsForm


def in_words(names: Iterable[str]) -> str:
    """The options of these names as their form calls them; unknown names are left out."""
    fields = {**AddOptionsForm.base_fields, **RemoveOptionsForm.base_fields}
    return " · ".join(str(fields[name].label) for name in names if name in fields)
