"""Log segments: write an interaction for every line."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Refused
from contacts.management.base import JSONCommand
from segments_app.checks import PROBLEMS, Found
from segments_app.errors import BlockedByProblems
from segments_app.logging_check import LoggingCheck
from segments_app.management.lookup import find_segment
from segments_app.models import Segment
from segments_app.operations import log_segment
from segments_app.operations.logging import ready_to_log

Logged = dict[str, Any]
# So many lines with problems are told to programs, and so many are named to people.
MOST, NAMED = 1000, 5
# Options that `log_segment` takes as they are.
CHOICES = ("deliver", "follow_up", "skip_problems")


class Command(JSONCommand):
    help = (
        "Log segments: every line becomes an interaction, and the segment a logged segment. Each "
        "segment is logged entirely or not at all; one that is refused does not keep the others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "segments",
            nargs="*",
            metavar="SEGMENT",
            help="Numbers of segments. Example: SM00012 SM00013",
        )
        parser.add_argument(
            "--due",
            action="store_true",
            help="Every segment that is marked as ready and whose date has come. Example: --due",
        )
        parser.add_argument(
            "--deliver",
            action="store_true",
            help="Send the e-mails, by the task worker. Example: SM00012 --deliver",
        )
        parser.add_argument(
            "--follow-up",
            action="store_true",
            help="Create a segment with the same contacts for each. Example: SM00012 --follow-up",
        )
        parser.add_argument(
            "--skip-problems",
            action="store_true",
            help=(
                "Log the other lines where some have problems, and keep these in a new segment. "
                "Example: SM00012 --skip-problems"
            ),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Check, and say what would be logged; write nothing. Example: SM00012 --dry-run",
        )
        super().add_arguments(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        self.dry_run = options["dry_run"]
        logged, refused = [], []
        for number in _numbers(options["segments"], due=options["due"]):
            try:
                logged.append(_log(number, options))
            except Refused as refusal:
                refused.append(_refused(number, refusal, options))
        result = {"logged": logged, "refused": refused}
        if refused:
            # What was logged stays logged, so people are told although the command is refused.
            if logged and not options["json"]:
                self.stdout.write(self.say(result))
            raise Refused(" ".join(map(_say_refused, refused)), result=result)
        return result

    def say(self, result: dict[str, Any]) -> str:
        say = _would_log if self.dry_run else _has_logged
        return "\n".join(map(say, result["logged"])) or _("No segment is due.")


def _numbers(given: list[str], *, due: bool) -> list[str]:
    """The segments that are named, then those that are due, each once."""
    if not given and not due:
        raise Refused(_("Name the segments to log, or use --due."))
    numbers = Segment.objects.due().values_list("number", flat=True) if due else ()
    return list(dict.fromkeys([*given, *numbers]))


def _log(number: str, options: dict[str, Any]) -> Logged:
    segment = find_segment(number)
    chosen = {name: options[name] for name in CHOICES}
    if options["dry_run"]:
        check = ready_to_log(
            segment, deliver=chosen["deliver"], skip_problems=chosen["skip_problems"]
        )
        emails = check.emails_count() if chosen["deliver"] else 0
        problems = {found.problem.code: found.count for found in check.found}
        told = _told(number, check.ready_count, emails, kept_lines=check.blocked_count)
        return told | {"problems": problems, "problem_lines": check.blocked_by(MOST)}
    logged = log_segment(segment, by=None, **chosen)
    new = Segment.objects.following(logged).first() if chosen["follow_up"] else None
    kept_in, kept_lines = logged.kept_back or (None, 0)
    emails = sum(job.count for job in logged.deliveries.all())
    entries, follow_up = logged.entries_count, new.number if new else None
    told = _told(number, entries, emails, follow_up, kept_in, kept_lines)
    return told | {"problem_lines": _problem_lines(kept_in, options)}


def _told(
    number: str,
    entries: int,
    emails: int,
    follow_up: str | None = None,
    kept_in: str | None = None,
    kept_lines: int = 0,
) -> Logged:
    return {
        "segment": number,
        "entries": entries,
        "emails": emails,
        "follow_up": follow_up,
        "kept_back": kept_in,
        "kept_lines": kept_lines,
    }


def _refused(number: str, refusal: Refused, options: dict[str, Any]) -> dict[str, Any]:
    """Why a segment was not logged, and which of its lines have problems, if it was them."""
    blocked = number if isinstance(refusal, BlockedByProblems) else None
    lines = _problem_lines(blocked, options)
    return {"segment": number, "reason": str(refusal), "problem_lines": lines}


def _problem_lines(number: str | None, options: dict[str, Any]) -> list[dict[str, Any]]:
    """The first lines of a segment that cannot be logged, with contact and problems."""
    if number is None:
        return []
    return LoggingCheck(find_segment(number), deliver=options["deliver"]).blocked_by(MOST)


def _say_refused(refused: dict[str, Any]) -> str:
    words = {"number": refused["segment"], "reason": refused["reason"]}
    said = _("%(reason)s Nothing was written for %(number)s.") % words
    return f"{said} {_named(refused['problem_lines'])}".strip()


def _named(lines: list[dict[str, Any]]) -> str:
    """The first contacts with problems, for people."""
    if not lines:
        return ""
    names = ", ".join(f"{line['contact']} {line['name']}" for line in lines[:NAMED])
    return _("Lines with problems: %(names)s.") % {"names": names + "…" * (len(lines) > NAMED)}


def _would_log(logged: Logged) -> str:
    said = ngettext(
        "Would log %(segment)s: %(entries)s interaction.",
        "Would log %(segment)s: %(entries)s interactions.",
        logged["entries"],
    )
    kept = ngettext(
        "Would keep %(kept_lines)s line back.",
        "Would keep %(kept_lines)s lines back.",
        logged["kept_lines"],
    )
    kept = kept if logged["kept_lines"] else ""
    sentences = _sentences(said, _sent(logged), kept) % logged
    return _sentences(sentences, _named(logged["problem_lines"]), *_problems(logged))


def _problems(logged: Logged) -> list[str]:
    """What is wrong with lines, also where it keeps none from being logged."""
    found = [Found(PROBLEMS[code], count) for code, count in logged["problems"].items()]
    words = "; ".join(f"{each.count} {each.label}" for each in found)
    return [_("Told: %(problems)s.") % {"problems": words}] if words else []


def _has_logged(logged: Logged) -> str:
    said = ngettext(
        "Logged %(segment)s: %(entries)s interaction.",
        "Logged %(segment)s: %(entries)s interactions.",
        logged["entries"],
    )
    kept = ngettext(
        "%(kept_lines)s line was kept back in %(kept_back)s.",
        "%(kept_lines)s lines were kept back in %(kept_back)s.",
        logged["kept_lines"],
    )
    follow_up = _("Follow-up segment: %(follow_up)s.") if logged["follow_up"] else ""
    kept = kept if logged["kept_back"] else ""
    sentences = _sentences(said, _sent(logged), kept, follow_up) % logged
    return _sentences(sentences, _named(logged["problem_lines"]))


def _sent(logged: Logged) -> str:
    if not logged["emails"]:
        return ""
    return ngettext("%(emails)s e-mail to send.", "%(emails)s e-mails to send.", logged["emails"])


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
