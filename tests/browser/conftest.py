"""A real Chromium that walks through the pages of a live server."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Playwright

from contacts.models import User
from tests.browser.chromium import ADVICE, find_chromium

# Playwright's synchronous interface leaves an event loop running in the thread of the tests, also
# after the last browser test, and Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FOLDER = Path(__file__).resolve().parents[2] / "test-results"
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    """The machine's own Chromium; skips with advice where there is none."""
    path = find_chromium(playwright.chromium.executable_path)
    if not path:
        pytest.skip(ADVICE)
    # Chromium's sandbox does not work for root.
    unboxed = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*ARGUMENTS, *unboxed]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/Copenhagen",
    }


@pytest.fixture
def sign_in(page: Page, live_server) -> Callable[[User], Page]:
    """`sign_in(mette)` signs in on the sign-in page; the cast's passwords are their names."""

    def _sign_in(user: User) -> Page:
        page.goto(live_server.url + reverse("login"))
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", user.username)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: reverse("login") not in url)
        return page

    return _sign_in


@pytest.fixture
def screenshot(page: Page) -> Callable[[str], Path]:
    """`screenshot("worksheet")` saves the whole page as test-results/worksheet.png."""

    def _screenshot(name: str) -> Path:
        path = FOLDER / f"{re.sub(r'[^\w-]+', '-', name)}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return _screenshot
