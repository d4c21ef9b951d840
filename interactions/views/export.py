"""The log as a file: what the conditions of the address find, in Excel or CSV."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.exports import KINDS
from interactions.chosen import matching
from interactions.log_export import log_rows


@permission_required("interactions.view_interactionlogentry", raise_exception=True)
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Hand the file over while it is written. `kind` is one of `KINDS`."""
    if kind not in KINDS:
        raise Http404
    entries = matching(request.GET).newest_first()
    chosen = KINDS[kind]
    rows = log_rows(entries, get_language() or "en")
    response = StreamingHttpResponse(chosen.stream(rows), content_type=chosen.content_type)
    name = _("interactions {date}").format(date=timezone.localdate().isoformat())
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    return response
