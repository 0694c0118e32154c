"""Legal bases: the register of superior papers, each with its file and where it is cited."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from plans import rules, services
from plans.forms.bases import BasisFilter, BasisForm
from plans.forms.fields import tell
from plans.models import LegalBasis
from units.downloads import serve

PAGE = 30


@require_GET
def basis_list(request):
    if not request.user.is_department_staff():
        raise PermissionDenied
    form = BasisFilter(request.GET)
    rows = LegalBasis.objects.visible_to(request.user).select_related("file", "superseded_by")
    if form.is_valid():
        data = form.cleaned_data
        if data["q"]:
            rows = rows.search(data["q"])
        if data["kind"]:
            rows = rows.filter(kind=data["kind"])
        if data["force"]:
            rows = rows.filter(superseded_by__isnull=data["force"] == "con")
    rows = rows.annotate(cited=Count("plans", distinct=True)).order_by("-issued_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_make": rules.can_keep_bases(request.user)}
    return render(request, "plans/basis_list.html", context)


@require_GET
def basis_detail(request, pk):
    basis = get_object_or_404(
        LegalBasis.objects.visible_to(request.user).select_related("file", "superseded_by"), pk=pk
    )
    return render(
        request,
        "plans/basis_detail.html",
        {
            "basis": basis,
            "plans": basis.plans.select_related("occasion").order_by("-created_at", "-pk"),
            "occasions": basis.occasions.order_by("-d_day", "-pk"),
            "replaces": basis.supersedes.order_by("issued_on", "pk"),
            "entries": basis.history.select_related("actor", "under__giver").order_by("-at", "-pk"),
            "may_edit": rules.can_keep_bases(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def basis_new(request):
    return _edited(request, None)


@require_http_methods(["GET", "POST"])
def basis_edit(request, pk):
    return _edited(request, get_object_or_404(LegalBasis.objects.visible_to(request.user), pk=pk))


def _edited(request, basis):
    if not rules.can_keep_bases(request.user):
        raise PermissionDenied
    names = ("kind", "number", "issued_on", "issuer", "subject", "superseded_by")
    initial = {name: getattr(basis, name) for name in names} if basis else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BasisForm(*sent, basis=basis, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_basis(actor=request.user, now=timezone.now(), basis=basis, **form.cleaned_data)
        except ValidationError as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Đã lưu văn bản căn cứ.")
            return redirect(saved)
    return render(request, "plans/basis_edit.html", {"basis": basis, "form": form})


@require_GET
def basis_file(request, pk):
    basis = get_object_or_404(LegalBasis.objects.visible_to(request.user).select_related("file"), pk=pk)
    if basis.file is None:
        raise Http404("Căn cứ này chưa có tệp.")
    return serve(basis.file)
