"""A web application that says in a file when nobody waits for its answer. For gunicorn."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from segments_app.waiting import is_waited_for


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    request = HttpRequest()
    request.META = environ
    said = Path(os.environ["SAID"])
    said.write_text("asked")
    end = time.monotonic() + 30
    while is_waited_for(request) and time.monotonic() < end:
        time.sleep(0.01)
    said.write_text("waited for" if is_waited_for(request) else "alone")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]
