"""Trying out a template in a process of its own, which may fail in any way.

Run as `python -m interactions.letters.trial`. Standard input: a line of JSON with the fields of
each letter to try and the names that are known, then the template. Standard output: the problems.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from .choices import CHOSEN
from .compiled import Fields
from .engine import LetterTemplate
from .problems import Problem, Refused

try:
    import resource
except ImportError:  # Not on Windows; the time limit holds there all the same.
    resource = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

# What the interpreter itself may need. No settings and no secrets.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "LANG")
ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS = 8
WALL_SECONDS = 20
MEMORY = 768 * 2**20
TOO_DEMANDING = Problem("too_demanding")


def try_out(data: bytes, letters: Sequence[Fields], known: Collection[str]) -> list[Problem]:
    """Return what is wrong with template `data` when merged with each of `letters`.

    Bounded in time and memory, whatever the template says.
    """
    question = json.dumps({"letters": letters, "known": sorted(known)}).encode()
    try:
        child = subprocess.run(  # noqa: S603 -- our own module, no arguments from outside
            [sys.executable, "-m", __spec__.name],
            input=question + b"\n" + data,
            capture_output=True,
            cwd=ROOT,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [TOO_DEMANDING]
    return _answer(child)


def _answer(child: subprocess.CompletedProcess[bytes]) -> list[Problem]:
    """No answer means that the process was ended; the log tells an administrator how."""
    try:
        return [Problem(**problem) for problem in json.loads(child.stdout)]
    except ValueError:
        last_words = child.stderr.decode(errors="replace")[-1000:]
        logger.warning("Trial of a template ended with %s: %s", child.returncode, last_words)
        return [TOO_DEMANDING]


def problems_of(data: bytes, letters: Sequence[Fields], known: Collection[str]) -> list[Problem]:
    """Return what is wrong with template `data`, in this process and without limits."""
    try:
        template = LetterTemplate.load(data)
        if unknown := template.fields - set(known):
            return [Problem("unknown_field", {"field": field}) for field in sorted(unknown)]
        for fields in (*letters, *_with_and_without_choices(template, letters)):
            template.render(fields)
    except Refused as refusal:
        return refusal.problems
    except MemoryError:
        return [TOO_DEMANDING]
    except Exception as error:  # Adding a number to a name, and whatever else a tag can get wrong.
        return [Problem("does_not_merge", {"reason": str(error)[:200]})]
    return []


def _with_and_without_choices(
    template: LetterTemplate, letters: Sequence[Fields]
) -> Iterator[Fields]:
    """What nobody has chosen yet is tried too."""
    for chosen in (template.choices, {}) if template.choices else ():
        yield {**letters[0], CHOSEN: dict.fromkeys(chosen, "yes")}


def limit_resources() -> None:
    """Let this process be ended by the system when it takes too much."""
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit_resources()
    question: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    problems = problems_of(sys.stdin.buffer.read(), question["letters"], question["known"])
    answer = [{"code": problem.code, "details": problem.details} for problem in problems]
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
