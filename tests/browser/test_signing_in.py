"""Signing in and out, and what every page loads."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about: errors in scripts, refusals of the security policy."""
    heard: list[str] = []
    page.on("console", lambda it: heard.extend([it.text] if it.type == "error" else []))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda it: heard.extend([it.url] if it.status >= 400 else []))
    return heard


def test_mette_signs_in_and_out(mette, sign_in, screenshot, complaints):
    page = sign_in(mette)
    expect(page).to_have_title(re.compile("Målgruppe"))
    screenshot("start")
    page.locator(".who button").first.click()
    page.locator(f"form[action='{reverse('logout')}'] button").click()
    expect(page.locator("input[name=username]")).to_be_visible()
    assert complaints == []


def test_pages_are_styled_by_the_application_itself(live_server, page, complaints):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + reverse("login"))
    assert any("vendor/bootstrap/css" in url for url in asked)
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert complaints == []


def test_a_wrong_password_is_refused(mette, live_server, page):
    page.goto(live_server.url + reverse("login"))
    page.fill("input[name=username]", mette.username)
    page.fill("input[name=password]", "not mette's")
    page.press("input[name=password]", "Enter")
    expect(page.locator("form")).to_contain_text("correct username and password")
