"""The worksheet at size: operations and pages against a floor and against the naive way.

    python -m bench.worksheet [--sizes 10000 100000 1000000] [--contacts 1000000]

SQLite in a temporary folder; PostgreSQL too if BENCH_POSTGRES or DATABASE_URL names a server whose
user may create databases. Each size is measured in a process of its own, so that its peak of memory
is its own. Seconds of processor time, of the process and of PostgreSQL for it, once each. *Floor*:
SQL written by hand that does the least, on rows that are selected already. *Naive*: model instances
with bulk_create and bulk_update, for the same number of lines (measured on at most 20,000).
*Growth*: seconds a line, of the largest size to the smallest. Below stands what the ratios should
reach, and what misses it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bench.contacts import database_url, peak, postgresql_server, set_up

Result = dict[str, Any]
# From so many lines on, the work on lines outweighs what each action costs at any size.
LARGE = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
    elif options.measure:
        print(json.dumps(measure(options.measure)))
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    server = postgresql_server()
    if not server:
        print("PostgreSQL is not measured: neither BENCH_POSTGRES nor DATABASE_URL names a server.")
    for database in ("SQLite", "PostgreSQL") if server else ("SQLite",):
        if options.only in (None, database.lower()):
            results = results_of(server if database == "PostgreSQL" else "", options)
            report(database, options.sizes, results)


def results_of(server: str, options: argparse.Namespace) -> list[Result]:
    with database_url(server, options.contacts) as url, tempfile.TemporaryDirectory() as documents:
        start = time.monotonic()
        run(url, documents, "--fill", str(options.contacts))
        print(f"{options.contacts:,} contacts written in {time.monotonic() - start:.0f} s")
        return [json.loads(run(url, documents, "--measure", str(size))) for size in options.sizes]


def run(url: str, documents: str, *arguments: str) -> str:
    """In a process of its own, for each has its peak of memory."""
    command = [sys.executable, "-m", "bench.worksheet", *arguments]
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


def measure(size: int) -> Result:
    set_up()
    from bench.data.sheet import Sheet

    sheet = Sheet(size)
    done = list(sheet.operations())
    result: Result = {
        "lines": sheet.segment.sheet().count(),
        "operations": {name: seconds for name, seconds, _floor in done},
        "floors": {name: floor for name, _seconds, floor in done if floor is not None},
        "pages": {name: [seconds, count] for name, seconds, count in sheet.pages_of()},
    }
    result["floors"] |= sheet.floors_of_pages()
    result["memory"] = peak()
    result["naive"] = {name: seconds / lines for name, seconds, lines in sheet.naive()}
    result["naive_memory"] = peak()
    sheet.close()
    return result


def report(database: str, sizes: list[int], results: list[Result]) -> None:
    heads = "".join(f"{f'{result["lines"]:,} lines':>27}" for result in results)
    print(f"\n{database}{heads:>{len(heads) + 28 - len(database)}}{'growth':>10}")
    print(f"{'':<28}" + f"{'seconds':>9}{'floor':>9}{'naive':>9}" * len(results))
    for name in results[0]["operations"]:
        print(
            f"{name:<28}"
            + "".join(_cell(name, result) for result in results)
            + _growth(name, results)
        )
    print(f"\n{database}: pages, seconds, floor, naive and statements")
    for row in zip(*(result["pages"].items() for result in results), strict=True):
        cells = "".join(_page(name, result) for (name, _), result in zip(row, results, strict=True))
        print(f"{row[0][0]:<28}{cells}")
    memory = "  ".join(
        f"{result['memory']:.0f} (naive {result['naive_memory']:.0f})" for result in results
    )
    print(f"\n{database}: peak memory, MiB: {memory}\n")
    print(f"{database}: what it should reach")
    for what, ratio, most in targets(database, results):
        print(
            f"{what:<44}{ratio:>8.2f}{f'at most {most:g}':>14}{'' if ratio <= most else '  MISSED'}"
        )
    print()


def targets(database: str, results: list[Result]) -> Iterator[tuple[str, float, float]]:
    """Yield what is aimed at, as a ratio, and the most that it may be."""
    first, last = results[0], results[-1]
    for result in results:
        lines, seconds = f"{result['lines']:,} lines", result["operations"]
        count = seconds["count of the same criteria"]
        if result["lines"] > LARGE:
            floor = result["floors"]["add"] + count
            yield f"{lines}: add to floor and count", seconds["add"] / floor, 1.2
            yield f"{lines}: preview to count", seconds["preview of adding"] / count, 2
        first_page, deep_page, *_others = result["pages"].values()
        yield f"{lines}: statements of page 1", first_page[1], 10
        yield f"{lines}: deep page to page 1", deep_page[0] / first_page[0], 30
    grown = max(float(_growth(name, results).rstrip("x")) for name in first["operations"])
    yield "seconds a line, the worst growth", grown, 1
    for name in ("undo", "redo"):
        yield f"{name}: growth", last["operations"][name] / first["operations"][name], 2
    most = 1.1 if database == "PostgreSQL" else 1.6
    yield "peak memory: growth", last["memory"] / first["memory"], most


def _cell(name: str, result: Result) -> str:
    """Seconds, and how many times the floor's and how many times less than the naive way's."""
    seconds = result["operations"][name]
    floor, naive = result["floors"].get(name), result["naive"].get(name)
    times_floor = _times(seconds / floor if floor else 0)
    return (
        f"{seconds:>9.3f}{times_floor}{_times(naive * result['lines'] / seconds if naive else 0)}"
    )


def _times(ratio: float) -> str:
    if not ratio:
        return f"{'–':>9}"
    return f"{ratio:>8.2f}x" if ratio < 100 else f"{ratio:>8,.0f}x"


def _growth(name: str, results: list[Result]) -> str:
    first, last = (
        result["operations"][name] / result["lines"] for result in (results[0], results[-1])
    )
    return f"{last / first:>9.2f}x"


def _page(name: str, result: Result) -> str:
    seconds, count = result["pages"][name]
    floor, naive = result["floors"].get(name), result["naive"].get(name)
    times_floor = _times(seconds / floor if floor else 0)
    times_naive = _times(naive * result["lines"] / seconds if naive else 0)
    return f"{seconds:>9.3f}{times_floor}{times_naive}{count:>5}"


if __name__ == "__main__":
    main()
