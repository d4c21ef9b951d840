"""Where the Chromium is that drives the browser tests.

`python -m tests.browser.chromium` says so, and tries to install one when there is none.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ADVICE = (
    "There is no Chromium for the browser tests. Install one (on Debian: apt-get install "
    "chromium) or name one in the environment variable CHROMIUM."
)


def find_chromium(installed_by_playwright: str) -> str | None:
    """The first that starts: CHROMIUM, one on the PATH, the one that Playwright installed."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if _starts(chosen) else None
    candidates = [*map(shutil.which, NAMES), installed_by_playwright]
    return next((path for path in candidates if path and _starts(path)), None)


def _starts(path: str) -> bool:
    try:
        finished = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def _playwright_path() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def main() -> None:
    installed = _playwright_path()
    if not find_chromium(installed) and not os.environ.get("CHROMIUM"):
        sys.stdout.write("No Chromium on this machine: asking Playwright for one.\n")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
    if not find_chromium(installed):
        sys.stdout.write(f"{ADVICE} The browser tests are skipped.\n")


if __name__ == "__main__":
    main()
