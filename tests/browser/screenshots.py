"""Take the pictures of the guide: `python -m tests.browser.screenshots [NAME ...]`.

Without `--address` it makes the demo in a temporary folder, takes them there, and throws it away.
With names it takes only those. They are written to docs/images, in at most 256 colors.
"""

import argparse
import http.client
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import ADVICE, find_chromium

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT, MARGIN = 1440, 900, 24
SECONDS = 300
USER, PASSWORD = "mette", "lys-i-morket"
SEGMENT, LOGGED = "Spring catalogue, VIP customers", "Invitation to the light fair"

Walk = Callable[[Page], None]
WALKS: dict[str, Walk] = {}


def shown(walk: Walk) -> Walk:
    """The page that `walk` leads to is a picture of its name."""
    WALKS[walk.__name__.replace("_", "-")] = walk
    return walk


def open_segment(page: Page, below: str = "") -> None:
    page.goto("/segments/")
    page.get_by_role("link", name=SEGMENT).first.click()
    expect(page.locator("table.lines td.who").first).to_be_visible()
    if below:
        page.goto(urlsplit(page.url).path + below)


@shown
def segments(page: Page) -> None:
    page.goto("/segments/")


@shown
def worksheet(page: Page) -> None:
    open_segment(page)


@shown
def selecting(page: Page) -> None:
    open_segment(page, "add/?country=DK&country=SE&mailing_groups=EVENTS&not_contacted_since=-90d")
    expect(page.locator("#preview .matched").first).to_be_visible()


@shown
def steps(page: Page) -> None:
    open_segment(page, "change-steps/")
    page.get_by_role("link", name="Delete the step").nth(1).click()
    expect(page.locator("#preview .bad, #preview button").last).to_be_visible(timeout=20_000)


@shown
def lines(page: Page) -> None:
    open_segment(page)
    page.get_by_label("Only what differs").check()
    expect(page.locator("table.lines td.who")).to_have_count(5)
    cell = page.locator("td[data-cell=description]").first
    cell.dblclick()
    expect(cell.locator("form")).to_be_visible()


@shown
def changing_lines(page: Page) -> None:
    open_segment(page, "lines/change/")


@shown
def previewing(page: Page) -> None:
    open_segment(page, "preview/")
    page.frame_locator("[data-letter-frame]").locator("section").first.wait_for()


@shown
def letters(page: Page) -> None:
    open_segment(page, "letters/")


@shown
def logging(page: Page) -> None:
    open_segment(page, "log/")


@shown
def log(page: Page) -> None:
    page.goto("/interactions/")


@shown
def logged_segment(page: Page) -> None:
    page.goto("/interactions/logged-segments/")
    page.get_by_role("link", name=LOGGED).first.click()
    page.wait_for_url("**/logged-segments/*/")


@shown
def campaigns(page: Page) -> None:
    page.goto("/interactions/campaigns/")
    page.get_by_role("link", name="Light fair in Copenhagen").first.click()


@shown
def contacts(page: Page) -> None:
    page.goto("/contacts/?country=DK")


@shown
def contact(page: Page) -> None:
    page.goto("/contacts/?q=anna")
    page.locator("table tbody a").first.click()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="of a demo that runs already")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(WALKS)}")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if options.address:
        take(options.address, options.names or list(WALKS))
        return
    with demo() as address:
        take(address, options.names or list(WALKS))


@contextmanager
def demo() -> Iterator[str]:
    """The demo in a temporary folder, and its address."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        folders = {key: f"{name}/{key}" for key in ("DOCUMENT_ROOT", "LETTER_ROOT", "MAIL_FOLDER")}
        environment = os.environ | folders | {"DATABASE_URL": f"sqlite:///{name}/demo.db"}
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            manage = [sys.executable, "manage.py", *command, "--verbosity", "0"]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "bin/demo"], cwd=ROOT, env=environment | {"PORT": str(port)}
        )
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/accounts/login/")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.5)
        finally:
            connection.close()
    sys.exit("The demo did not start.")


def take(address: str, names: list[str]) -> None:
    """Take the pictures with these names of the demo at `address`."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        if not path:
            sys.exit(ADVICE)
        unboxed = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=unboxed)
        page = browser.new_page(
            base_url=address, locale="en-GB", viewport={"width": WIDTH, "height": HEIGHT}
        )
        _sign_in(page)
        for name in names:
            WALKS[name](page)
            size = _keep(page, FOLDER / f"{name}.png")
            sys.stdout.write(f"{name}: {size / 1000:.0f} kB\n")
        browser.close()


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=username]", USER)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def _keep(page: Page, path: Path) -> int:
    """Write what the window shows, with few colors, and return its size."""
    page.wait_for_load_state("load")
    # What a page fetches after it has come.
    page.wait_for_timeout(500)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=60_000)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    # So that the few red figures stay red among all the grays.
    few = _without_empty_foot(picture).quantize(
        256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    few.save(path, optimize=True)
    return path.stat().st_size


def _without_empty_foot(picture: Image.Image) -> Image.Image:
    """Cut off below what is on the page: rows that are all as the last one."""
    rows = [picture.crop((0, y, WIDTH, y + 1)).tobytes() for y in range(picture.height)]
    last = max((y for y, row in enumerate(rows) if row != rows[-1]), default=picture.height)
    return picture.crop((0, 0, WIDTH, min(picture.height, last + MARGIN)))


if __name__ == "__main__":
    main()
