"""Which of the paragraphs that a template offers a contact's letter has."""

from contacts.models import User
from segments_app.models import SegmentLine
from segments_app.paragraphs import choices_text

from .lines import change_line


def choose_paragraphs(line: SegmentLine, names: list[str], *, by: User | None) -> SegmentLine:
    """Let the letter of `line`, which is resolved, have the paragraphs `names` and no others.

    What the template does not offer is left out. A choice that is the template's own is not kept,
    so that the line goes on following it. Raises `Refused` when the line is gone.
    """
    return change_line(line, by=by, letter_choices=choices_text(line, names))
