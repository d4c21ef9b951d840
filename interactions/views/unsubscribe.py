"""The page behind the link in an e-mail. Whoever has the link needs no account."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interactions.delivery import unsubscribe as links
from interactions.models import CompanyInformation


# The signature in the address is what proves who asks: a mail program that unsubscribes by itself
# (RFC 8058) has neither session nor cookie.
@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, who: str, signature: str) -> HttpResponse:
    """Ask whether they are sure; POST withdraws the consent. A look alone changes nothing."""
    contact = links.contact_of(who, signature)
    company = CompanyInformation.ours()
    if contact is None:
        return render(request, "interactions/unsubscribe.html", {"company": company}, status=404)
    done = request.method == "POST"
    if done:
        links.unsubscribe(contact)
    context = {"done": done, "contact": contact, "company": company}
    with override(_language(links.languages_of(who, contact))):
        return render(request, "interactions/unsubscribe.html", context)


def _language(codes: Iterable[str | None]) -> str:
    """The first of the languages that there is a translation into, else the browser's."""
    known = dict(settings.LANGUAGES)
    usual = get_language() or settings.LANGUAGE_CODE
    return next((code for code in codes if code in known), usual)
