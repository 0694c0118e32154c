"""Verbs of the life of a paper: with a button alone, or with one small form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules, services
from directives.forms import NoteForm, ReasonForm, ScanForm, SignForm, WaiveForm
from directives.models import Dispatch
from directives.selectors import warnings
from directives.views.access import code_of, ink_fault, of_the_house, say_refusal, visible
from directives.views.checking import check_stored
from plans.models import Plan


def _button(request, pk, verb, said, **more):
    """A verb that wants nothing but a press; refused, the page says why."""
    dispatch = visible(request, pk)
    try:
        dispatch = verb(dispatch, actor=request.user, now=timezone.now(), **more)
    except ValidationError as refusal:
        say_refusal(request, refusal)
    else:
        messages.success(request, said.format(code=dispatch.code()))
    return redirect(dispatch)


def _form(request, dispatch, form, verb, said, *, button, title, intro, submit, warn=False):
    """A verb with one form; refused, the form stays with what was typed. Opened too late, it leads back to the paper.

    With `warn` the page shows what should be looked at first, and a text that cannot be printed goes no further."""
    can, _ = rules.BUTTONS[button]
    if not can(request.user, dispatch):
        raise PermissionDenied
    if request.method == "GET" and not rules.may(request.user, dispatch, button):
        messages.warning(request, f"Văn bản đang ở bước “{dispatch.get_status_display()}” nên không làm được việc này.")
        return redirect(dispatch)
    if request.method == "GET" and request.GET.get("ban", str(dispatch.version)) != str(dispatch.version):
        messages.warning(request, f"Nội dung vừa được sửa: bây giờ là bản {dispatch.version}. Hãy xem rồi làm tiếp.")
        return redirect(dispatch)
    fault = ink_fault(dispatch) if warn else ""
    if request.method == "POST" and form.is_valid() and fault:
        form.add_error(None, fault)
    elif request.method == "POST" and form.is_valid():
        try:
            dispatch = verb(dispatch, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, said)
            return redirect(dispatch)
    page = {"dispatch": dispatch, "form": form, "title": title, "intro": intro, "submit": submit, "ink_fault": fault}
    if warn:
        page |= {"warnings": warnings(dispatch), "checked": check_stored(dispatch, timezone.localdate())}
    return render(request, "directives/dispatch_act.html", page)


def _data(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@require_http_methods(["GET", "POST"])
def dispatch_submit(request, pk):
    dispatch = of_the_house(request, pk)
    return _form(
        request,
        dispatch,
        NoteForm(_data(request)[0], initial={"version": dispatch.version}),
        services.submit_dispatch,
        "Đã trình dự thảo. Trưởng phòng và người ký sẽ thấy ở mục Chờ xem xét.",
        button="submit",
        warn=True,
        title="Trình dự thảo",
        intro="Sau khi trình, dự thảo không sửa được nữa, trừ khi được trả lại.",
        submit="Trình",
    )


@require_http_methods(["GET", "POST"])
def dispatch_review(request, pk):
    dispatch = of_the_house(request, pk)
    return _form(
        request,
        dispatch,
        NoteForm(_data(request)[0], initial={"version": dispatch.version}),
        services.review_dispatch,
        "Đã ghi ý kiến đồng ý của lãnh đạo phòng.",
        button="review",
        warn=True,
        title="Đồng ý nội dung",
        intro="Trưởng đơn vị soạn thảo chịu trách nhiệm về nội dung văn bản (Nghị định 30/2020/NĐ-CP, Điều 12).",
        submit="Đồng ý nội dung",
    )


@require_http_methods(["GET", "POST"])
def dispatch_approve(request, pk):
    dispatch = of_the_house(request, pk)
    return _form(
        request,
        dispatch,
        NoteForm(_data(request)[0], initial={"version": dispatch.version}),
        services.approve_dispatch,
        "Đã duyệt. Văn thư in bản trình ký từ trang này.",
        button="approve",
        warn=True,
        title="Duyệt dự thảo",
        intro="Dự thảo do người có thẩm quyền ký duyệt; sau khi duyệt, mọi sửa đổi đều phải trình lại "
        "(Nghị định 30/2020/NĐ-CP, Điều 11).",
        submit="Duyệt",
    )


@require_http_methods(["GET", "POST"])
def dispatch_return(request, pk):
    return _form(
        request,
        of_the_house(request, pk),
        ReasonForm(_data(request)[0]),
        services.return_dispatch,
        "Đã trả lại dự thảo kèm lý do.",
        button="return",
        title="Trả lại dự thảo",
        intro="Văn bản trở về dự thảo cho người soạn. Chữ ký đã ghi nhận (nếu có) không còn giá trị.",
        submit="Trả lại",
    )


@require_http_methods(["GET", "POST"])
def dispatch_sign(request, pk):
    dispatch = of_the_house(request, pk)
    return _form(
        request,
        dispatch,
        SignForm(_data(request)[0], dispatch=dispatch, now=timezone.now()),
        services.sign_dispatch,
        "Đã ghi nhận chữ ký. Văn thư cấp số và ban hành trong ngày, chậm nhất ngày làm việc tiếp theo.",
        button="sign",
        title="Ghi nhận đã ký",
        intro="Ghi khi bản in đã có chữ ký tay. Thời hạn ban hành được tính từ thời điểm ký.",
        submit="Ghi nhận đã ký",
    )


@require_POST
def dispatch_number(request, pk):
    if fault := ink_fault(of_the_house(request, pk)):
        messages.error(request, fault)
        return redirect("directives:dispatch_detail", pk)
    return _button(request, pk, services.number_dispatch, "Đã cấp số {code}. Hệ thống đang lưu tệp PDF.")


@require_http_methods(["GET", "POST"])
def dispatch_void(request, pk):
    return _form(
        request,
        of_the_house(request, pk),
        ReasonForm(_data(request)[0]),
        services.void_number,
        "Đã hủy số. Số này không dùng lại; lý do được giữ trong sổ văn bản đi.",
        button="void",
        title="Hủy số văn bản",
        intro="Số bị hủy được giữ trong sổ cùng lý do và không bao giờ cấp lại. Văn bản trở về dự thảo.",
        submit="Hủy số",
    )


@require_http_methods(["GET", "POST"])
def dispatch_scan_new(request, pk):
    return _form(
        request,
        of_the_house(request, pk),
        ScanForm(*_data(request)),
        services.file_scan,
        "Đã lưu bản quét.",
        button="scan",
        title="Nộp bản quét",
        intro="Bản quét của chính văn bản đã ký, đóng dấu, có số và ngày.",
        submit="Lưu bản quét",
    )


@require_http_methods(["GET", "POST"])
def dispatch_waive(request, pk):
    return _form(
        request,
        of_the_house(request, pk),
        WaiveForm(_data(request)[0]),
        services.waive_scan,
        "Đã ghi nhận người chịu trách nhiệm nộp bản quét sau.",
        button="waive",
        title="Cho nộp bản quét sau",
        intro="Anh/chị đứng tên chịu trách nhiệm nộp bản quét đúng hạn ghi dưới đây.",
        submit="Nhận trách nhiệm",
    )


@require_POST
def from_plan(request, pk):
    """From a plan's page: a paper of kind "kế hoạch" or "công văn"; the one already begun when there is one."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    try:
        dispatch = services.create_from_plan(
            plan, actor=request.user, now=timezone.now(), kind=request.POST.get("kind", "")
        )
    except ValidationError as refusal:
        say_refusal(request, refusal)
        if code_of(refusal) == "exists":
            return redirect(get_object_or_404(Dispatch.objects.visible_to(request.user), pk=refusal.params["pk"]))
        return redirect(plan)
    messages.success(request, "Đã lập dự thảo từ kế hoạch. Hãy soát lại trước khi trình.")
    return redirect(dispatch)
