"""What a view is given: a request of somebody who signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from contacts.models import User


class SignedInRequest(HttpRequest):
    """A request behind `LoginRequiredMiddleware`: its user is one of ours. For annotations."""

    user: User
    htmx: HtmxDetails
