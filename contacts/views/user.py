"""What a signed-in person sets for themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_cookie


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the pages with the user, and go back to the page."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    response: HttpResponse = set_cookie(request)
    return response
