"""One line: what is different for this contact, and the letter of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.requests import SignedInRequest
from interactions.letters.merge import letter_file_name
from interactions.views.word import uploaded_bytes, word_response
from segments_app import operations
from segments_app.forms import LetterForm
from segments_app.letters import line_sources, merger_for
from segments_app.line_forms import LineForm
from segments_app.models import OVERRIDES, Segment, SegmentLine
from segments_app.models.own_letter import changes, unfilled
from segments_app.operations.locking import locked

from .seen import find_seen
from .segment import find_segment, worksheet


@permission_required("segments.view_segment", raise_exception=True)
def line(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The line with what it says itself and what it inherits."""
    segment = find_seen(request, number)
    if request.method == "POST":
        form = save_line(request, segment, pk)
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("segments:line", number, pk)
        return _show(request, segment, form)
    return _show(request, segment, LineForm(instance=find_line(segment, pk)))


def save_line(request: SignedInRequest, segment: Segment, pk: int, only: str = "") -> LineForm:
    """Write what the person changed on the line; return the form, with errors if not.

    What somebody else changed meanwhile is refused once. Raises `PermissionDenied`.
    """
    if not request.user.has_perm("segments.change_segment"):
        raise PermissionDenied
    # Changes of other fields and lines do no harm; the form tells those of the same field.
    with locked(segment, watching=()):
        found = find_line(segment, pk)
        form = LineForm(request.POST, instance=found, only=only)
        if form.is_valid():
            form.refuse_overlaps()
        if form.is_valid():
            operations.change_line(found, by=request.user, **form.changes())
        return form


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def inherit_line(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Put one field of the line, or all, back to the header."""
    found = find_line(find_seen(request, number), pk)
    field = request.POST.get("field")
    operations.inherit_line(found, (field,) if field else OVERRIDES, by=request.user)
    messages.success(request, _("Put back to what the header says."))
    return redirect("segments:line", number, pk)


@permission_required("segments.view_segment", raise_exception=True)
def letter(request: SignedInRequest, number: str, pk: int) -> FileResponse:
    """The letter of this contact, as a Word document."""
    segment = find_segment(number)
    found = find_line(segment, pk)
    source = next(line_sources(segment.sheet().ticked([pk])))
    data = merger_for(segment).letter(source)
    place = segment.sheet().before(found) + 1
    return word_response(data, letter_file_name(place, source))


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def put_letter(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Keep an edited letter as the line's own."""
    found = find_line(find_seen(request, number), pk)
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a Word document first."))
        return redirect("segments:line", number, pk)
    file = form.cleaned_data["document"]
    operations.put_letter(found, uploaded_bytes(file), file.name, by=request.user)
    messages.success(request, _("The letter is kept. It is used as it is."))
    if fields := unfilled(found):
        message = _("Fields in it are not filled, and are printed as they stand: %(fields)s")
        messages.warning(request, message % {"fields": ", ".join(fields)})
    return redirect("segments:line", number, pk)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def remove_letter(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Forget the letter of its own; the template is merged again."""
    found = find_line(find_seen(request, number), pk)
    operations.remove_letter(found, by=request.user)
    messages.success(request, _("The letter of its own was removed."))
    return redirect("segments:line", number, pk)


@permission_required("segments.change_segment", raise_exception=True)
@require_POST
def keep_letter(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Say that the letter of its own is right still."""
    found = find_line(find_seen(request, number), pk)
    operations.keep_letter(found, by=request.user)
    messages.success(request, _("The letter of its own is kept as it is."))
    return redirect("segments:line", number, pk)


def find_line(segment: Segment, pk: int) -> SegmentLine:
    """The line on the sheet, with what holds and what it inherits; else `Http404`."""
    found = segment.sheet().for_table().ticked([pk]).first()
    if found is None:
        raise Http404(pk)
    found.segment = segment
    return found


def _show(request: SignedInRequest, segment: Segment, form: LineForm) -> HttpResponse:
    found = form.instance
    context = {
        **worksheet(segment),
        "line": found,
        "form": form,
        "letter_form": LetterForm(),
        "place": segment.sheet().before(found) + 1,
        "changes": changes(found),
        "unfilled": unfilled(found),
        "has_letter": getattr(found, "r_document", None) is not None,
    }
    return render(request, "segments/line.html", context)
