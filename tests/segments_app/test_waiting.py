"""Whether somebody still waits for an answer, as gunicorn tells it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest

from segments_app.waiting import is_waited_for


def of_connection(connection: Any) -> HttpRequest:
    request = HttpRequest()
    request.META["gunicorn.socket"] = connection
    return request


def test_a_browser_waits_until_it_closes_its_connection():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert is_waited_for(of_connection(ours))
        theirs.close()
        assert not is_waited_for(of_connection(ours))


def test_a_browser_that_asks_the_next_thing_already_still_waits():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"GET /next HTTP/1.1\r\n\r\n")
        assert is_waited_for(of_connection(ours))
        assert ours.recv(3) == b"GET"


def test_where_the_web_server_does_not_tell_somebody_waits():
    assert is_waited_for(HttpRequest())


@pytest.mark.parametrize("kind", ["gthread", "sync"])
def test_gunicorn_tells_of_a_browser_that_is_gone(kind: str, tmp_path: Path) -> None:
    said, address = tmp_path / "said", tmp_path / "socket"
    options = ["--bind", f"unix:{address}", "--worker-class", kind, "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tests.segments_app.waiting_app", *options],
        env=os.environ | {"SAID": str(said)},
        stderr=subprocess.DEVNULL,
    )
    try:
        until(address.exists)
        with socket.socket(socket.AF_UNIX) as browser:
            browser.connect(str(address))
            browser.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            until(said.exists)
            time.sleep(0.1)
            assert said.read_text() == "asked"
        until(lambda: said.read_text() == "alone")
    finally:
        server.terminate()
        server.wait(15)


def until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.02)
