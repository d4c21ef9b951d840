"""Interactions, or responses to a campaign, from a file."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.errors import Refused
from contacts.exports import KINDS
from contacts.pagination import LatePaginator
from interactions.forms import ImportForm
from interactions.imports.columns import COLUMNS
from interactions.imports.job import import_file, refused_of, retry_import
from interactions.models import Campaign, LogImport

from .user import user_of

may_import = permission_required("interactions.add_interactionlogentry", raise_exception=True)
ON_A_PAGE = 20


@may_import
def import_interactions(request: HttpRequest) -> HttpResponse:
    """Take a file; what is in it is logged, all or nothing."""
    number = request.GET.get("campaign", "")
    campaign = get_object_or_404(Campaign, number=number) if number else None
    form = ImportForm(request.POST or None, request.FILES or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            template = form.cleaned_data.get("template")
            file = form.cleaned_data["file"]
            by = user_of(request)
            return redirect(import_file(file, by=by, campaign=campaign, template=template))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    past = LatePaginator(LogImport.objects.newest_first(), ON_A_PAGE)
    context = {
        "form": form,
        "campaign": campaign,
        "columns": COLUMNS,
        "page_obj": past.get_page(request.GET.get("page")),
    }
    return render(request, "interactions/import_form.html", context)


@may_import
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a file."""
    import_ = get_object_or_404(LogImport.objects.newest_first(), pk=pk)
    return render(request, "interactions/import_detail.html", {"import": import_})


@may_import
def refused(request: HttpRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """The refused rows with their reasons, to be mended."""
    import_ = get_object_or_404(LogImport, pk=pk)
    if kind not in KINDS or not import_.folder:
        raise Http404
    chosen = KINDS[kind]
    rows = chosen.stream(refused_of(import_))
    response = StreamingHttpResponse(rows, content_type=chosen.content_type)
    name = _("refused interactions")
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    return response


@require_POST
@may_import
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin again what a worker did not finish."""
    import_ = get_object_or_404(LogImport, pk=pk)
    retry_import(import_)
    return redirect(import_)
