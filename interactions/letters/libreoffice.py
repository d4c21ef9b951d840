"""LibreOffice, which makes PDFs of Word documents. Never in the web process."""

import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from contacts.errors import Refused

logger = logging.getLogger(__name__)

OLDEST = (7, 4)  # The first that takes the options of the PDF as JSON.
UNKNOWN = (0, 0)
PROGRAMS = ("soffice", "libreoffice")
POLL_SECONDS = 0.1
ATTEMPTS = 2
VERSION = re.compile(r"(\d+)\.(\d+)")
# Without our settings and secrets: it reads what people upload.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)


class NotConverted(Exception):  # noqa: N818 -- it reads as what happened
    """LibreOffice did not make the PDFs, also the second time. `str()` is for people."""


class Stopped(Exception):  # noqa: N818 -- not an error: somebody asked
    """The work is no longer wanted."""


def problem() -> str:
    """Return why there can be no PDF on this machine, and what to do; "" if there can."""
    program = find_program(settings.SOFFICE)
    if not program:
        return _missing(settings.SOFFICE)
    version = _version(program)
    words = {"found": ".".join(map(str, version)), "program": program}
    if version == UNKNOWN:
        return (
            _("PDFs need LibreOffice; %(program)s does not start, or is another program.") % words
        )
    if version < OLDEST:
        return _("PDFs need LibreOffice 7.4 or newer; %(program)s is version %(found)s.") % words
    return ""


def _missing(configured: str) -> str:
    if configured:
        return _(
            "PDFs need LibreOffice. The setting SOFFICE names “%(program)s”, which is no program "
            "on this machine. Install the package “libreoffice-writer” and correct the setting, or "
            "leave it empty. Word documents work without it."
        ) % {"program": configured}
    return _(
        "PDFs need LibreOffice, which this machine does not have. Install the package "
        "“libreoffice-writer”, or name the program in the setting SOFFICE. Word documents "
        "work without it."
    )


@cache
def find_program(configured: str) -> str:
    """Return the path of LibreOffice: the one `configured`, or else the one on the path; or ""."""
    found = (shutil.which(name) for name in ([configured] if configured else PROGRAMS))
    return next((path for path in found if path), "")


@cache
def _version(program: str) -> tuple[int, int]:
    """Started once for each program; takes about a second."""
    with tempfile.TemporaryDirectory(prefix="malgruppe-lo-") as profile:
        command = [program, *_profile_options(Path(profile)), "--version"]
        try:
            said = subprocess.run(  # noqa: S603 -- the program that the settings name
                command, capture_output=True, text=True, timeout=30, check=False, env=_env(profile)
            ).stdout
        except (OSError, subprocess.TimeoutExpired):
            return UNKNOWN
    match = VERSION.search(said)
    return (int(match[1]), int(match[2])) if match else UNKNOWN


def convert(
    files: Sequence[Path],
    folder: Path,
    *,
    check: Callable[[], None] = lambda: None,
) -> list[Path]:
    """Make a PDF of each Word file in `folder` and return their paths, in the same order.

    `check` is called several times a second; what it raises ends LibreOffice. One that hangs or
    dies is ended with all its processes and started again. Raises `NotConverted` after that, and
    `Refused` when there is no LibreOffice.
    """
    if reason := problem():
        raise Refused(reason)
    made = [folder / f"{file.stem}.pdf" for file in files]
    for attempt in range(1, ATTEMPTS + 1):
        said = _attempt(files, folder, check)
        if all(path.exists() for path in made):
            return made
        logger.warning("LibreOffice, attempt %s: %s", attempt, said)
        _Profile.forget()
    raise NotConverted(_("LibreOffice did not make the PDF: %(reason)s") % {"reason": said})


def _attempt(files: Sequence[Path], folder: Path, check: Callable[[], None]) -> str:
    """Return what it said, that it took too long, or how it ended."""
    profile = _Profile.ours()
    command = [find_program(settings.SOFFICE), *_profile_options(profile), "--headless"]
    command += ["--convert-to", FILTER, "--outdir", str(folder), *map(str, files)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 -- the program that the settings name
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=_env(str(profile)),
        )
        in_time = _wait(process, check)
        log.seek(0)
        said = log.read()[-500:].decode(errors="replace").strip()
    return (said or _silent(process.returncode)) if in_time else _("it took too long")


def _silent(status: int) -> str:
    """All that is known of one that ended without a word, and what to try."""
    if status < 0:
        ended = _("it was ended by signal %(signal)s") % {"signal": _signal_name(-status)}
    else:
        ended = _("it ended with status %(status)s and said nothing") % {"status": status}
    advice = _(
        "Try again. If it happens again, see whether the machine has memory and room in its folder "
        "for temporary files, and whether LibreOffice opens the Word document."
    )
    return f"{ended}. {advice}"


def _signal_name(number: int) -> str:
    known = {each.value: each.name for each in signal.Signals}
    return known.get(number, str(number))


def _wait(process: subprocess.Popen[bytes], check: Callable[[], None]) -> bool:
    """Return whether it ended by itself in time. Its children never outlive this call."""
    deadline = time.monotonic() + settings.SOFFICE_SECONDS
    try:
        while process.poll() is None and time.monotonic() < deadline:
            check()
            time.sleep(POLL_SECONDS)
        return process.poll() is not None
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Profile:
    """The folder of LibreOffice's own settings: two processes must never share one."""

    _folders: dict[int, tempfile.TemporaryDirectory[str]] = {}

    @classmethod
    def ours(cls) -> Path:
        """The folder of this process, which LibreOffice fills when it starts first."""
        key = os.getpid()
        if key not in cls._folders:
            cls._folders = {key: tempfile.TemporaryDirectory(prefix="malgruppe-lo-")}
        return Path(cls._folders[key].name)

    @classmethod
    def forget(cls) -> None:
        """Begin with a new one: a process that died may have left it damaged."""
        if found := cls._folders.pop(os.getpid(), None):
            found.cleanup()


def _profile_options(profile: Path) -> list[str]:
    return [f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nolockcheck"]


def _env(home: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return {**kept, "HOME": home}
