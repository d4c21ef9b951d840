"""Answers that take long at size and stand beside a page: given up when nobody waits for them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from contacts.requests import SignedInRequest
from segments_app.errors import TookTooLong
from segments_app.time_limit import within

View = Callable[..., HttpResponse]


def while_waited_for(view: View) -> View:
    """Let `view`, which only reads, ask the database only as long as somebody waits for it."""

    @wraps(view)
    def waited(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with within(0, request):
                return view(request, *args, **kwargs)
        except TookTooLong:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)

    return waited
