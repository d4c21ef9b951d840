"""What a person asked for on a page that was out of date: what doing it anyway would do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the name of the address that was asked.
ASKED: dict[str, Promise] = {
    "add": _("Add everyone who meets the conditions now."),
    "add_by_hand": _("Add the contacts by hand."),
    "change_lines": _("Change the lines that match now."),
    "choose_paragraphs": _("Choose the paragraphs of the letter of this line."),
    "delete": _("Delete the segment, with all that was changed meanwhile."),
    "field": _("Change this field of the line."),
    "go_back": _("Go one step back from the step that is in effect now."),
    "go_forward": _("Go one step forward from the step that is in effect now."),
    "go_to": _("Go to the step that you chose."),
    "inherit_line": _("Put the fields of this line back to the header."),
    "keep_letter": _("Keep the letter of this line as it is."),
    "line": _("Save the fields of this line."),
    "log": _("Log every line that is on the sheet now."),
    "mailing_group": _("Make the contacts on the sheet now members of the mailing group."),
    "paste": _("Add or take out the contacts of your list."),
    "put_back": _("Put the lines back to the header as it is now."),
    "reduce": _("Take out every line on the sheet now whose contact meets the conditions."),
    "refine": _("Keep only lines on the sheet now whose contact meets the conditions."),
    "refresh": _("Do all steps that are in effect now again on today's contacts."),
    "remove_by_hand": _("Remove the lines that you chose."),
    "remove_document": _("Remove the document of this segment alone."),
    "remove_letter": _("Remove the letter of this line."),
    "reset": _("Empty the sheet, with all that was added meanwhile."),
    "reuse_criteria": _("Do the saved steps on the sheet as it is now."),
    "reuse_logged_segment": _("Add or take out the contacts of the logged segments."),
    "save_criteria": _("Save the steps that are in effect now."),
    "thin": _("Thin out the sheet as it is now."),
    "undo_change": _("Undo the last change of many lines."),
    "update": _("Save the header. What others changed in the fields that you changed is replaced."),
}
