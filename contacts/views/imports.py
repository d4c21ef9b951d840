"""The import of contacts: upload a file, say how it is read, look, import, see what was done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from contacts.errors import Refused
from contacts.forms.imports import ColumnsForm, LayoutForm, UploadForm
from contacts.imports import job
from contacts.imports.folder import Folder
from contacts.imports.journal import ALL, Journal
from contacts.imports.layout import Layout
from contacts.imports.refused import refused_file, refused_name
from contacts.imports.resource import import_columns
from contacts.imports.result import ACTS
from contacts.imports.samples import samples
from contacts.imports.tasks import start
from contacts.models import ContactImport
from contacts.pagination import LatePaginator
from contacts.requests import SignedInRequest

MAY_IMPORT = ("contacts.add_contact", "contacts.change_contact")
may_import = permission_required(MAY_IMPORT, raise_exception=True)
State = ContactImport.State
ON_A_PAGE = 50


@may_import
def upload(request: SignedInRequest) -> HttpResponse:
    """Take a file; below it stand the imports that were done before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(job.upload(form.cleaned_data["file"], by=request.user))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    past = LatePaginator(ContactImport.objects.newest_first(), ON_A_PAGE)
    context = {
        "form": form,
        "columns": import_columns().values(),
        "page_obj": past.get_page(request.GET.get("page")),
    }
    status = 422 if form.errors else 200
    return render(request, "contacts/import_form.html", context, status=status)


@may_import
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show where the import stands: its columns, its progress, the preview or the result."""
    import_ = get_object_or_404(ContactImport.objects.newest_first(), pk=pk)
    if import_.is_busy:
        context = {"import": import_, "done": round(100 * Folder(import_.folder).done())}
        return render(request, "contacts/import_progress.html", context)
    if request.htmx:
        return HttpResponseClientRefresh()
    if import_.state == State.UPLOADED and import_.folder:
        return _columns(request, import_)
    return _rows(request, import_)


def _columns(
    request: SignedInRequest, import_: ContactImport, form: ColumnsForm | None = None
) -> HttpResponse:
    layout = Layout.of(import_.layout)
    with job.seen(import_) as sheet:
        values = samples(sheet)
        sheets = getattr(sheet, "titles", ())
    form = form or ColumnsForm(instance=import_)
    initial = {"encoding": layout.encoding, "delimiter": layout.delimiter, "sheet": layout.sheet}
    context = {
        "import": import_,
        "form": form,
        "layout_form": LayoutForm(initial=initial, sheets=sheets),
        "columns": list(zip(form.column_fields(), values, strict=False)),
    }
    status = 422 if form.errors else 200
    return render(request, "contacts/import_columns.html", context, status=status)


def _rows(request: SignedInRequest, import_: ContactImport) -> HttpResponse:
    act = request.GET.get("rows", "")
    act = act if act in ACTS else ALL
    name = job.PREVIEW if import_.state == State.CHECKED else job.RESULT
    folder = Folder(import_.folder)
    if import_.folder and name == job.RESULT and not folder.has(f"{name}.{ALL}"):
        name = job.PREVIEW
    pages = LatePaginator(Journal(folder, name, act) if import_.folder else [], ON_A_PAGE)
    context = {
        "import": import_,
        "act": act,
        "acts": [(each, getattr(import_, each)) for each in ACTS],
        "page_obj": pages.get_page(request.GET.get("page")),
        "may_go_on": import_.user_id == request.user.pk and import_.folder,
    }
    if import_.state == State.CHECKED:
        return render(request, "contacts/import_preview.html", context)
    return render(request, "contacts/import_result.html", context)


@require_POST
@may_import
def layout(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the file in another way than was guessed, and guess its columns anew."""
    import_ = _mine(request, pk, State.UPLOADED)
    with job.seen(import_) as sheet:
        sheets = getattr(sheet, "titles", ())
    form = LayoutForm(request.POST, sheets=sheets)
    if form.is_valid():
        job.guess(import_, form.layout())
        import_.save(update_fields=["layout", "headings"])
    return redirect(import_)


@require_POST
@may_import
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the columns and options, and look at all rows. Nothing is written yet."""
    import_ = _mine(request, pk, State.UPLOADED)
    form = ColumnsForm(request.POST, instance=import_)
    if not form.is_valid():
        return _columns(request, import_, form)
    form.save()
    start(import_, State.CHECKING, after=(State.UPLOADED,))
    return redirect(import_)


@require_POST
@may_import
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go back to the columns and options."""
    import_ = _mine(request, pk, *job.AGAIN)
    job.reopen(import_)
    return redirect(import_)


@require_POST
@may_import
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Import what was looked at, once."""
    import_ = get_object_or_404(ContactImport.objects.of(request.user), pk=pk)
    if not start(import_, State.IMPORTING, after=(State.CHECKED,)):
        messages.info(request, _("This import was begun already."))
    return redirect(import_)


@require_POST
@may_import
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop what is under way; nothing of it stays."""
    import_ = get_object_or_404(ContactImport.objects.of(request.user), pk=pk)
    job.cancel(import_)
    return redirect(import_)


@require_GET
@may_import
def refused(request: SignedInRequest, pk: int, kind: str) -> FileResponse:
    """The refused rows with their reasons, in the layout of the file, to be mended."""
    import_ = get_object_or_404(ContactImport.objects.kept(), pk=pk)
    if kind not in ("csv", "xlsx"):
        raise Http404
    name = refused_name(import_, kind)
    return FileResponse(refused_file(import_, kind), as_attachment=True, filename=name)


def _mine(request: SignedInRequest, pk: int, *states: Any) -> ContactImport:
    imports = ContactImport.objects.of(request.user)
    import_ = get_object_or_404(imports, pk=pk)
    if import_.state not in states:
        raise Refused(_("The import has gone on meanwhile."))
    return import_
