"""Merge the letters of a segment into a zip file, one Word document, one PDF, or a folder."""

import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from contacts.models import Language
from interactions.letters import libreoffice
from interactions.letters.frozen import Numbered
from interactions.letters.libreoffice import NotConverted
from interactions.letters.merge import Merger, letter_file_name, naming
from interactions.letters.output import Format, Options, What
from interactions.letters.ranges import read_ranges
from interactions.letters.shared import shared_fields
from interactions.letters.sheets import SHEETS
from interactions.letters.work import Work
from segments_app.choosing import Choice, Order, chosen_letters
from segments_app.letters import merger_for
from segments_app.management.lookup import find_segment
from segments_app.management.output import whole_file, whole_folder
from segments_app.models import Segment

FORMATS = {".zip": Format.WORD_FILES, ".docx": Format.WORD, ".pdf": Format.PDF}
# The kinds of files that need an output with one of these endings.
ENDINGS = {Format.WORD: (".zip", ".docx"), Format.PDF_FILES: (".zip",)}
COPY = 2**20


class Command(JSONCommand):
    help = (
        "Merge the letters of a segment. Nothing is logged. If a letter cannot be made, none is "
        "written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("segment", help="The number of the segment. Example: SM00012")
        parser.add_argument(
            "--output",
            required=True,
            metavar="PATH.zip|PATH.docx|PATH.pdf|FOLDER",
            help="The end of the name says what is written: .zip a Word document for each letter, "
            ".docx one for the printer, .pdf one PDF. A file of that name is replaced. Any other "
            "name is a folder of Word documents, new or empty. Example: --output spring.pdf",
        )
        parser.add_argument(
            "--lines",
            default="",
            metavar="214-230,245",
            help="Only the letters with these numbers, which they keep: of the lines of the sheet, "
            "and with --order of the list in that order. Example: --lines 214-230,245",
        )
        parser.add_argument(
            "--order",
            choices=Order.values,
            default=Order.LINE,
            help="The order of the list. Example: --order postal_code",
        )
        parser.add_argument(
            "--language", default="", help="Only letters in this language. Example: --language da"
        )
        parser.add_argument(
            "--one-per-household",
            action="store_true",
            help="Only the first contact at each address. Example: --one-per-household",
        )
        parser.add_argument(
            "--paper",
            choices=What.values,
            default=What.LETTERS,
            help="What is printed. Example: --paper labels",
        )
        parser.add_argument(
            "--sheet", choices=SHEETS, default="L7160", help="The labels. Example: --sheet L7163"
        )
        parser.add_argument(
            "--first-label",
            type=int,
            default=1,
            help="Labels before it were used. Example: --first-label 4",
        )
        files = parser.add_mutually_exclusive_group()
        files.add_argument(
            "--pdf-files",
            action="store_true",
            help="With .zip: a PDF for each letter. Example: --pdf-files",
        )
        files.add_argument(
            "--joined",
            action="store_true",
            help="With .zip: as few Word documents as can be. Example: --joined",
        )
        parser.add_argument(
            "--batch",
            type=int,
            default=0,
            metavar="N",
            help="With .zip: letters in a batch. Example: --batch 500",
        )
        parser.add_argument(
            "--manifest",
            action="store_true",
            help="With .zip: a list of what is in which file. Example: --manifest",
        )
        parser.add_argument(
            "--number",
            action="store_true",
            help="Print its number on each letter, in joined ones. Example: --number",
        )
        parser.add_argument(
            "--new-sheet",
            action="store_true",
            help="Each letter on a sheet of its own, for both sides. Example: --new-sheet",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        segment = find_segment(options["segment"])
        output = Path(options["output"])
        wanted = _wanted(output, options)
        letters = chosen_letters(segment, wanted.what, _choice(options))
        # Closed at once when a letter fails: PostgreSQL keeps a cursor open for it.
        with closing(letters):
            count = _write(segment, letters, wanted, output)
        return {"letters": count, "output": options["output"]}

    def say(self, result: dict[str, Any]) -> str:
        count = result["letters"]
        said = ngettext(
            "Wrote %(letters)s letter to %(output)s.",
            "Wrote %(letters)s letters to %(output)s.",
            count,
        )
        return said % result


def _wanted(output: Path, options: dict[str, Any]) -> Options:
    format_ = FORMATS.get(output.suffix.lower(), Format.WORD_FILES)
    if options["joined"]:
        format_ = Format.WORD
    if options["pdf_files"]:
        format_ = Format.PDF_FILES
    names = ("manifest", "number", "new_sheet", "sheet", "first_label")
    values = {name: options[name] for name in names}
    wanted = Options(what=options["paper"], format=format_, batch=options["batch"], **values)
    _refuse_odd(output.suffix.lower(), wanted)
    return wanted


def _refuse_odd(suffix: str, wanted: Options) -> None:
    if suffix not in ENDINGS.get(Format(wanted.format), (suffix,)):
        raise Refused(
            _("--joined needs an output named .zip or .docx, --pdf-files one named .zip.")
        )
    if suffix != ".zip" and (wanted.manifest or wanted.batch):
        raise Refused(_("--batch and --manifest need an output named .zip."))
    if wanted.what != What.LETTERS and suffix not in (".docx", ".pdf"):
        raise Refused(_("Labels and cover sheets need an output named .docx or .pdf."))
    _refuse_numbers(wanted)
    if wanted.needs_libreoffice and (reason := libreoffice.problem()):
        raise Refused(reason)


def _refuse_numbers(wanted: Options) -> None:
    count = SHEETS[wanted.sheet].count
    if wanted.batch < 0:
        raise Refused(_("--batch is the number of letters in a batch, 1 or more."))
    if not 1 <= wanted.first_label <= count:
        message = _("--first-label is a place on the sheet, from 1 to %(count)s.")
        raise Refused(message % {"count": count})


def _language(code: str) -> str:
    known = sorted(Language.objects.values_list("pk", flat=True))
    if code and code not in known:
        message = _("There is no language “%(code)s”. There are: %(known)s.")
        raise Refused(message % {"code": code, "known": ", ".join(known)})
    return code


def _choice(options: dict[str, Any]) -> Choice:
    return Choice(
        order=options["order"],
        language=_language(options["language"]),
        one_per_household=options["one_per_household"],
        numbers=read_ranges(options["lines"]),
    )


def _write(segment: Segment, letters: Iterable[Numbered], wanted: Options, output: Path) -> int:
    if output.suffix.lower() not in FORMATS:
        return _write_folder(letters, merger_for(segment), output)
    with whole_file(output) as stream, tempfile.TemporaryDirectory() as folder:
        shared = shared_fields(segment.number, segment.description)
        work = Work.begin(Path(folder) / "work", letters, shared, wanted)
        _refuse_none(work.count)
        with _made(work, output).open("rb") as file:
            while piece := file.read(COPY):
                stream.write(piece)
        return work.count


def _made(work: Work, output: Path) -> Path:
    try:
        made = work.make(check=lambda: None, report=lambda _made: None)
    except NotConverted as error:
        raise Refused(str(error)) from error
    if made.suffix == ".zip" != output.suffix.lower():
        raise Refused(
            _(
                "The letters do not fit into one file: their Word documents are too different, or "
                "there are too many. Give the output a name that ends with .zip (with --joined)."
            )
        )
    return made


def _write_folder(letters: Iterable[Numbered], merger: Merger, output: Path) -> int:
    with whole_folder(output) as folder:
        count = 0
        for count, (number, source) in enumerate(letters, start=1):  # noqa: B007
            data = naming(source, lambda: merger.letter(source))  # noqa: B023
            (folder / letter_file_name(number, source)).write_bytes(data)
        _refuse_none(count)
        return count


def _refuse_none(count: int) -> None:
    if not count:
        raise Refused(_("No letter is on that list."))
