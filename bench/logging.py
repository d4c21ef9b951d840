"""Logging at size, and the pages of a long log.

    python -m bench.logging [--sizes 10000 100000 1000000] [--entries 5000000] [--contacts 1000000]

SQLite in a temporary folder; PostgreSQL too if BENCH_POSTGRES or DATABASE_URL names a server whose
user may create databases. Each size is logged in a process of its own, so that its peak of memory
is its own; then the log is filled to `--entries` and its pages are asked for. Seconds of processor
time, of the process and of PostgreSQL for it, the median of `--rounds` (once from 500,000 lines).
*Floor*: SQL written by hand that inserts the same finished rows and deletes the lines. *Naive*:
model instances with bulk_create, measured on at most 20,000 lines. *Readers*: another process reads
the first page of the log all the time; the 99th percentile by the clock, idle and during a log.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.contacts import database_url, peak, postgresql_server, set_up

Result = dict[str, Any]
# From so many lines each is measured once.
LARGE = 500_000
# Readers are measured while a segment of so many lines is logged.
READ_AT = 100_000
# What is to be reached, by database.
TIMES_NAIVE = {"SQLite": 8, "PostgreSQL": 4}
TIMES_MEMORY = {"SQLite": 1.6, "PostgreSQL": 1.1}
TIMES_FLOOR, TIMES_IDLE = 1.75, 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    for name in ("fill", "measure", "reading", "pages"):
        parser.add_argument(f"--{name}", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
    elif options.measure:
        print(json.dumps(measure(options.measure, options.rounds)))
    elif options.reading:
        print(json.dumps(measure_reading(options.reading)))
    elif options.read:
        read()
    elif options.pages:
        print(json.dumps(measure_pages(options.pages, options.rounds)))
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    server = postgresql_server()
    if not server:
        print("PostgreSQL is not measured: neither BENCH_POSTGRES nor DATABASE_URL names a server.")
    for database in ("SQLite", "PostgreSQL") if server else ("SQLite",):
        if options.only in (None, database.lower()):
            measure_database(database, server if database == "PostgreSQL" else "", options)


def measure_database(database: str, server: str, options: argparse.Namespace) -> None:
    with database_url(server, options.contacts) as url, tempfile.TemporaryDirectory() as documents:
        run(url, documents, "--fill", str(options.contacts))
        rounds = ("--rounds", str(options.rounds))
        results = [
            json.loads(run(url, documents, "--measure", str(size), *rounds))
            for size in options.sizes
        ]
        report(database, results)
        reading = run(url, documents, "--reading", str(min(max(options.sizes), READ_AT)))
        report_targets(database, results, json.loads(reading))
        pages = run(url, documents, "--pages", str(options.entries), *rounds)
        report_pages(database, json.loads(pages))


def run(url: str, documents: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.logging", *arguments]
    environment = os.environ | {"DATABASE_URL": url, "DOCUMENT_ROOT": documents, "DEBUG": "off"}
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return done.stdout


def fill(count: int) -> None:
    set_up()
    from django.core.management import call_command

    from bench.data import contacts
    from segments_app.demo.base import make_base

    call_command("migrate", verbosity=0)
    make_base()
    contacts.fill(count)


def measure(size: int, rounds: int) -> Result:
    set_up()
    from bench.data.posting import Posting

    posting = Posting(size)
    check, logs = posting.check(), [posting.log()]
    memory = peak()
    floors = [posting.floor()]
    for _ in range(rounds - 1 if size < LARGE else 0):
        logs.append(posting.log_once_more())
        floors.append(posting.floor())
    lines, naive = posting.naive()
    return {
        "lines": posting.lines,
        "check": check,
        "log": statistics.median(logs),
        "floor": statistics.median(floors),
        "memory": memory,
        "naive": naive / lines,
        "naive_memory": peak(),
    }


def measure_reading(size: int) -> Result:
    set_up()
    from bench.data.posting import Posting, Reader

    posting, reader = Posting(size), Reader()
    with reader.reading():
        time.sleep(5)
    idle = reader.slowest
    with reader.reading():
        posting.log()
    return {"idle": idle, "during": reader.slowest, "reads": len(reader.times)}


def read() -> None:
    set_up()
    from bench.data.posting import read as read_on

    read_on()


def measure_pages(entries: int, rounds: int) -> Result:
    set_up()
    from bench.data.log import fill_log, pages

    start = time.monotonic()
    count = fill_log(entries)
    filled = time.monotonic() - start
    return {"entries": count, "filled": filled, "pages": dict(pages(rounds))}


def report(database: str, results: list[Result]) -> None:
    print(f"\n{database}{'lines':>20}{'check s':>10}{'log s':>10}{'us/line':>9}", end="")
    print(f"{'floor':>8}{'naive':>8}{'MiB':>7}{'naive':>7}")
    for result in results:
        seconds, lines = result["log"], result["lines"]
        print(
            f"{lines:>{20 + len(database)},}{result['check']:>10.3f}{seconds:>10.3f}"
            f"{seconds / lines * 1e6:>9.1f}{seconds / result['floor']:>7.2f}x"
            f"{result['naive'] * lines / seconds:>7.1f}x{result['memory']:>7.0f}"
            f"{result['naive_memory']:>7.0f}"
        )


def report_targets(database: str, results: list[Result], reading: Result) -> None:
    """What is to be reached, beside what was."""
    print(f"\n{database}: targets")
    first, last = results[0], results[-1]
    for result in results[1:] or results:
        lines, times = f"{result['lines']:,} lines", result["log"] / result["floor"]
        faster = result["naive"] * result["lines"] / result["log"]
        _target(f"{lines}: log / floor", times, "<=", TIMES_FLOOR)
        _target(f"{lines}: naive / log", faster, ">=", TIMES_NAIVE[database])
    growth = (last["log"] / last["lines"]) / (first["log"] / first["lines"])
    _target("seconds a line, largest / smallest", growth, "<=", 1)
    grown = last["memory"] / first["memory"]
    _target("peak memory, largest / smallest", grown, "<=", TIMES_MEMORY[database])
    slower = reading["during"] / reading["idle"]
    _target(f"readers during / idle ({reading['idle']:.1f} ms)", slower, "<=", TIMES_IDLE)


def _target(name: str, value: float, sign: str, target: float) -> None:
    reached = value <= target if sign == "<=" else value >= target
    print(f"{name:<44}{value:>8.2f}  {sign} {target:<6}{'' if reached else 'NOT REACHED'}")


def report_pages(database: str, result: Result) -> None:
    print(f"\n{database}: pages at {result['entries']:,} entries", end="")
    print(f" (written in {result['filled']:.0f} s), seconds and statements")
    for name, (seconds, statements) in result["pages"].items():
        print(f"{name:<44}{seconds:>9.3f}{statements:>5}")


if __name__ == "__main__":
    main()
