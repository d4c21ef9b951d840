"""Letters as attachments of e-mails."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interactions.letters.check import DocumentError
from interactions.letters.libreoffice import NotConverted, convert
from interactions.letters.merge import Merger
from interactions.letters.source import LetterSource
from interactions.models import EmailAttachment

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {EmailAttachment.WORD: (".docx", WORD), EmailAttachment.PDF: (".pdf", "application/pdf")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter to be attached: how, and what it is made of."""

    key: int
    how: str
    source: LetterSource
    merger: Merger


@dataclass(frozen=True, slots=True)
class Attachment:
    content: bytes
    ending: str
    kind: str


Attachments = dict[int, Attachment | str]


def attachments(wanted: list[Wanted], check: Callable[[], None]) -> Attachments:
    """Return the attachment of each, or in words why there is none. PDFs are made all together.

    `check` is called often meanwhile; what it raises ends the work.
    """
    made: Attachments = {each.key: _word(each) for each in wanted}
    letters = {each.key: made[each.key] for each in wanted if each.how == EmailAttachment.PDF}
    return made | _pdfs({k: v for k, v in letters.items() if isinstance(v, Attachment)}, check)


def _word(wanted: Wanted) -> Attachment | str:
    try:
        return Attachment(wanted.merger.letter(wanted.source), *KINDS[EmailAttachment.WORD])
    except DocumentError as error:
        return " ".join(error.messages)


def _pdfs(letters: dict[int, Attachment], check: Callable[[], None]) -> Attachments:
    """All at once; when that fails each by itself, so that one does not keep the others."""
    if not letters:
        return {}
    try:
        return _converted(letters, check)
    except NotConverted as error:
        if len(letters) == 1:
            return dict.fromkeys(letters, str(error))
    each: Attachments = {}
    for key, letter in letters.items():
        each |= _pdfs({key: letter}, check)
    return each


def _converted(letters: dict[int, Attachment], check: Callable[[], None]) -> Attachments:
    with tempfile.TemporaryDirectory(prefix="malgruppe-mail-") as name:
        folder = Path(name)
        files = [folder / f"{key}.docx" for key in letters]
        for file, letter in zip(files, letters.values(), strict=True):
            file.write_bytes(letter.content)
        made = convert(files, folder, check=check)
        kind = KINDS[EmailAttachment.PDF]
        return {
            key: Attachment(file.read_bytes(), *kind)
            for key, file in zip(letters, made, strict=True)
        }
