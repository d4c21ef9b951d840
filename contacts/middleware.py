"""What holds for every page: the language of the person, and what becomes of a refusal."""

import logging
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from contacts.errors import Refused
from contacts.texts import MARKS, without_marks

logger = logging.getLogger(__name__)


class UserLanguageMiddleware:
    """Activates `user.language` for the request; before sign-in the browser's language holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class PlainTextMiddleware:
    """Refuses a NUL in an address, as forms do; takes invisible marks from what is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        texts = [request.path, *_values(request.GET)]
        if any("\0" in text for text in texts):
            raise SuspiciousOperation("NUL in an address")
        if request.method == "POST" and any(map(MARKS.search, _values(request.POST))):
            request.POST = _without_marks(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


class SignInAgainMiddleware:
    """Leads the whole page to signing in where a part of it was asked for after signing out.

    Else the page for signing in would stand in the place of that part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if not _is_of_htmx(request) or not response.get("Location", "").startswith(sign_in):
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path
        return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': page or '/'})}")


class RefusalMiddleware:
    """Turns a `Refused` that no view caught into a message on the page the person came from.

    So it does when two people wrote the same at the same moment and the database took one, and
    with a key that no database holds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IntegrityError):
            logger.warning("Refused by the database", exc_info=exception)
            exception = Refused(_("Somebody did the same at the same moment. Nothing was changed."))
        if isinstance(exception, OverflowError):
            exception = Refused(_("A number is too large. Nothing was changed."))
        if not isinstance(exception, Refused):
            return None
        if exception.template_name:
            return _page_of(request, exception)
        messages.error(request, str(exception))
        way_on = exception.way_on or _page_before(request) or "start"
        if _is_of_htmx(request) and request.method == "POST":
            return HttpResponseClientRedirect(resolve_url(way_on))
        return redirect(way_on)


def _is_of_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _page_of(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The refusal as a page of its own; for htmx, in place of what the page shows."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"refusal": refusal, "fields": fields, "address": request.get_full_path()}
    if not _is_of_htmx(request):
        return render(request, refusal.template_name, context, status=409)
    response = render(request, refusal.template_name, context)
    response["HX-Retarget"] = response["HX-Reselect"] = "main"
    response["HX-Reswap"] = "outerHTML"
    return response


def _without_marks(query: QueryDict) -> QueryDict:
    plain = query.copy()
    for name, values in query.lists():
        plain.setlist(name, [without_marks(value) for value in values])
    return plain


def _values(query: QueryDict) -> Iterator[str]:
    return (value for values in query.lists() for value in (values[0], *values[1]))


def _page_before(request: HttpRequest) -> str:
    """The address of the page the person came from, if it is one of ours and another one."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if ours and before != request.build_absolute_uri() else ""
