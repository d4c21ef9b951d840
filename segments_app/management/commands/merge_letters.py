"""Merge the letters of a segment into a zip file or a folder."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from contacts.management.base import JSONCommand
from interactions.letters.archive import named_letters, write_letters
from interactions.letters.merge import Merger
from interactions.letters.source import LetterSource
from segments_app.letters import line_sources, lines_to_merge, merger_for
from segments_app.management.lookup import find_segment
from segments_app.management.output import whole_file, whole_folder
from segments_app.models import Segment


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
            metavar="letters.zip|FOLDER",
            help="A name that ends with .zip is a zip file, replaced if it exists; any other name "
            "is a folder, new or empty. Example: --output letters/spring.zip",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        segment = find_segment(options["segment"])
        output = Path(options["output"])
        count = _write(segment, output)
        return {"letters": count, "output": options["output"]}

    def say(self, result: dict[str, Any]) -> str:
        count = result["letters"]
        said = ngettext(
            "Wrote %(letters)s letter to %(output)s.",
            "Wrote %(letters)s letters to %(output)s.",
            count,
        )
        return said % result


def _write(segment: Segment, output: Path) -> int:
    merger = merger_for(segment)
    # Closed at once when a letter fails: PostgreSQL keeps a cursor open for it.
    with closing(line_sources(lines_to_merge(segment))) as sources:
        return _write_sources(sources, merger, output)


def _write_sources(sources: Iterable[LetterSource], merger: Merger, output: Path) -> int:
    if output.suffix.lower() == ".zip":
        with whole_file(output) as stream:
            return write_letters(sources, merger, stream)
    with whole_folder(output) as folder:
        count = 0
        for count, (name, letter) in enumerate(named_letters(sources, merger), start=1):  # noqa: B007
            (folder / name).write_bytes(letter)
        return count
