"""Checks of Word documents before they are kept, in words for the person who made them."""

import difflib
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy

from contacts import errors

from .compiled import Fields
from .engine import LetterTemplate
from .fields import MERGE_FIELDS, NAMES, example_fields
from .problems import Problem, Refused, refused
from .safety import is_readable, refuse_unsafe
from .trial import try_out
from .word_fields.names import suggestions

PLACES = {
    "body": gettext_lazy("the text"),
    "header": gettext_lazy("the header"),
    "footer": gettext_lazy("the footer"),
    "footnotes": gettext_lazy("the footnotes"),
    "endnotes": gettext_lazy("the endnotes"),
    "properties": gettext_lazy("the document's properties (title, author ...)"),
}
SENTENCES = {
    "too_big": gettext_lazy("The file is larger than %(limit)s MB, which is the most allowed."),
    "old_format": gettext_lazy(
        "The file is protected by a password or in Word's old format. Save it in Word as "
        "“Word Document (.docx)” without a password."
    ),
    "not_word": gettext_lazy("The file is not a Word document (.docx)."),
    "word_template": gettext_lazy(
        "The file is a Word template (.dotx). Save it in Word as “Word Document (.docx)”."
    ),
    "encrypted": gettext_lazy("The file is protected by a password. Save it without one."),
    "damaged": gettext_lazy(
        "The file is damaged or was not written by Word. Open it in Word and save it again."
    ),
    "bomb": gettext_lazy("The file unpacks to far more than a letter can be. It is not opened."),
    "duplicate_members": gettext_lazy(
        "The file holds the same part twice. Open it in Word and save it again."
    ),
    "doctype": gettext_lazy(
        "The file's part %(part)s is not written as Word writes it. Open the file in Word and "
        "save it again."
    ),
    "macros": gettext_lazy(
        "The document contains macros. Save it as “Word Document (.docx)”, which has none."
    ),
    "attached_template": gettext_lazy(
        "The document is attached to the template %(target)s. In Word, choose Developer, Document "
        "Template, and attach “Normal” instead."
    ),
    "embedded_object": gettext_lazy(
        "The document contains an embedded object, such as a worksheet. Insert it as a picture."
    ),
    "external_target": gettext_lazy(
        "The document links to %(target)s. Pictures must be inserted, not linked; links may only "
        "lead to web pages and e-mail addresses."
    ),
    "data_source": gettext_lazy(
        "The document is connected to a list of recipients, which Word would open with it. In "
        "Word, choose Mailings, Start Mail Merge, Normal Word Document."
    ),
    "fetching_field": gettext_lazy(
        "The document contains Word's field %(field)s, which fetches something when the letter is "
        "opened. Remove it."
    ),
    "huge_picture": gettext_lazy(
        "The picture %(picture)s has too many pixels. In Word, choose Compress Pictures."
    ),
    "damaged_picture": gettext_lazy("The picture %(picture)s cannot be read. Insert it again."),
    "syntax": gettext_lazy("%(tag)s in %(place)s is not written correctly: %(reason)s."),
    "no_end": gettext_lazy(
        "%(tag)s in %(place)s has no end. Every {%% if %%} needs an {%% endif %%}, and every "
        "{%% for %%} an {%% endfor %%}."
    ),
    "no_beginning": gettext_lazy("%(tag)s in %(place)s ends what was not begun."),
    "not_closed": gettext_lazy(
        "%(tag)s in %(place)s is not closed. What begins with {{ must end with }}, and what begins "
        "with {%% must end with %%}."
    ),
    "unknown_field": gettext_lazy("%(field)s is not a field."),
    "nearest_field": gettext_lazy("%(field)s is not a field. Did you mean %(nearest)s?"),
    "unknown_word_field": gettext_lazy("The merge field %(field)s in %(place)s is not known."),
    "nearest_word_fields": gettext_lazy(
        "The merge field %(field)s in %(place)s is not known. Did you mean %(nearest)s?"
    ),
    "word_record_field": gettext_lazy(
        "Word's field %(tag)s in %(place)s leads to another recipient. A letter is for one "
        "contact; remove the field."
    ),
    "word_field_around": gettext_lazy(
        "Word's field %(tag)s in %(place)s has a merge field in it. Only IF may have."
    ),
    "tag_in_word_field": gettext_lazy(
        "Word's field %(tag)s in %(place)s has a merge field in its instruction. Write the merge "
        "field beside it, or use Word's own merge fields."
    ),
    "word_field_endless": gettext_lazy(
        "Word's field %(tag)s in %(place)s has no end. Delete it and insert it again."
    ),
    "word_field_spans": gettext_lazy(
        "Word's field %(tag)s in %(place)s begins in one kind of place and ends in another, such "
        "as a paragraph and a table."
    ),
    "word_if_unreadable": gettext_lazy(
        "Word's field %(tag)s in %(place)s cannot be understood. Write it as IF, a merge field, a "
        "comparison (=, <>, <, >, <=, >=), and texts in quotation marks."
    ),
    "word_if_compares": gettext_lazy(
        "Word's field %(tag)s in %(place)s compares something that only Word knows. Compare merge "
        "fields and texts."
    ),
    "unknown_filter": gettext_lazy("%(tag)s in %(place)s: there is no filter “%(what)s”."),
    "unknown_test": gettext_lazy("%(tag)s in %(place)s: there is no test “%(what)s”."),
    "forbidden_attribute": gettext_lazy(
        "%(tag)s in %(place)s: “%(what)s” may not be asked for in a letter."
    ),
    "not_allowed": gettext_lazy(
        "%(tag)s in %(place)s: “%(what)s” is not allowed. Letters know fields, conditions (if) and "
        "loops (for)."
    ),
    "choice_name": gettext_lazy(
        "%(tag)s in %(place)s: a choice is called by letters, digits and spaces, at most 60."
    ),
    "choice_default": gettext_lazy(
        "%(tag)s in %(place)s: write default(true) or default(false) for a choice."
    ),
    "unbalanced": gettext_lazy(
        "%(tag)s in %(place)s begins in one kind of place and ends in another, such as a "
        "paragraph and a table. Put its beginning and its end into paragraphs of their own, with "
        "{%%p ... %%}."
    ),
    "no_place_for_text": gettext_lazy(
        "%(tag)s in %(place)s stands where there can be no text. Write it without p, r, tr or tc."
    ),
    "too_deep": gettext_lazy("The document's tags or tables are nested too deeply."),
    "too_many_rounds": gettext_lazy("The document's loops go round more than %(limit)s times."),
    "too_long": gettext_lazy("The letter would be longer than %(limit)s characters."),
    "too_demanding": gettext_lazy(
        "The document takes too much time or memory to merge. Make it simpler."
    ),
    "does_not_merge": gettext_lazy("The document cannot be merged: %(reason)s."),
}

# What Jinja says most, by its first sentence, and the sentence that is clearer.
UNFINISHED = {
    "Unexpected end of template": "no_end",
    "Encountered unknown tag 'endif'": "no_beginning",
    "Encountered unknown tag 'endfor'": "no_beginning",
    "unexpected '/'": "not_closed",
    "unexpected '}'": "not_closed",
    "unexpected '<'": "not_closed",
    "unexpected end of template, expected 'end of print statement'": "not_closed",
}


class DocumentError(errors.Refused):
    """A Word document that cannot be used. `messages` are sentences for people."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(messages)
        super().__init__("\n".join(self.messages))


def check_template(data: bytes, sample: Fields | None = None) -> LetterTemplate:
    """Return the template when every contact's letter can be made with it.

    Raises `DocumentError` otherwise. `sample` is a letter's merge fields, to try it with; an
    invented one is used without. Takes about a second: the trial runs in a process of its own,
    limited in time and memory.
    """
    sample = sample or example_fields()
    blank = {group: dict.fromkeys(fields, "") for group, fields in sample.items()}
    refuse_unsafe_template(data)
    if problems := try_out(data, [sample, blank], NAMES):
        raise DocumentError(map(sentence, problems))
    return load_template(data)


def refuse_unsafe_template(data: bytes) -> None:
    """Raise `DocumentError` unless `data` is a Word file that is safe to read as a template."""
    _refuse_unsafe(data, data_source=True)


def check_letter(data: bytes) -> None:
    """Raise `DocumentError` unless `data` is a Word file that is safe to keep and to send.

    A letter is finished: what looks like a tag in it is text.
    """
    _refuse_unsafe(data)
    if not is_readable(data):
        raise in_words(refused("damaged"))


def _refuse_unsafe(data: bytes, *, data_source: bool = False) -> None:
    try:
        refuse_unsafe(data, settings.MAX_DOCUMENT_SIZE, data_source=data_source)
    except Refused as refusal:
        raise in_words(refusal) from None


def load_template(data: bytes) -> LetterTemplate:
    """Load a template that has been checked. Raises `DocumentError`."""
    try:
        return LetterTemplate.load(data)
    except Refused as refusal:
        raise in_words(refusal) from None


def in_words(refusal: Refused) -> DocumentError:
    """Return the error that people read."""
    return DocumentError(map(sentence, refusal.problems))


def sentence(problem: Problem) -> str:
    """Return the sentence for `problem` in the language of the page."""
    code, details = problem.code, dict(problem.details)
    if code == "syntax":
        code = UNFINISHED.get(details["reason"].partition(".")[0], code)
    if "place" in details:
        details["place"] = str(PLACES[details["place"]])
    if code == "unknown_field" and (nearest := nearest_field(details["field"])):
        code, details["nearest"] = "nearest_field", nearest
    if code == "unknown_word_field" and (close := suggestions(details["field"])):
        code, details["nearest"] = "nearest_word_fields", "”, “".join(close)
    return str(SENTENCES[code]) % _quoted(details)


def _quoted(details: Mapping[str, str]) -> dict[str, str]:
    names = {"tag", "field", "nearest", "target", "picture"}
    return {name: f"“{text}”" if name in names else text for name, text in details.items()}


def nearest_field(field: str) -> str:
    """Return the known field that `field` was probably meant to be, or ""."""
    names = [field.name for field in MERGE_FIELDS]
    # The first group that has the word wins: the contact's.
    last_words = {name.rpartition(".")[2]: name for name in reversed(names)}
    found = difflib.get_close_matches(field, names, n=1) or [
        last_words[word]
        for word in difflib.get_close_matches(field.rpartition(".")[2], last_words, n=1)
    ]
    return found[0] if found else ""
