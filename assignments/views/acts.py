"""One small page for each verb on an assignment: GET shows what it asks for, POST does it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assignments import forms, services
from assignments.models import Assignment
from assignments.selectors.acts import CAN, may
from assignments.selectors.detail import desk
from assignments.states import VERB_WORDS


@dataclass(frozen=True)
class Page:
    """What the page of a verb says. `intro` explains the consequence before the button is pressed."""

    verb: str
    form: type
    title: str
    submit: str
    done: str
    intro: str = ""
    icon: str = ""

    @property
    def url_name(self):
        return "assignments:evidence_new" if self.verb == "file_evidence" else f"assignments:assignment_{self.verb}"


PAGES = {
    page.verb: page
    for page in [
        Page("accept", forms.NoWordsForm, "Tiếp nhận nhiệm vụ", "Tiếp nhận", "Đã tiếp nhận nhiệm vụ.", icon="check"),
        Page(
            "ask",
            forms.QuestionForm,
            "Nêu vướng mắc",
            "Gửi vướng mắc",
            "Đã gửi vướng mắc đến Sở.",
            "Hạn vẫn tính trong khi chờ Sở trả lời; nếu cần thêm thời gian, hãy đề nghị gia hạn.",
            "message-question",
        ),
        Page(
            "decline",
            forms.ReasonForm,
            "Báo không thực hiện được",
            "Gửi Sở",
            "Đã báo Sở rằng đơn vị không thực hiện được.",
            "Dùng khi việc không thuộc phạm vi của đơn vị hoặc không thể làm. Sở sẽ giao lại, chuyển đơn vị khác hoặc hủy nhiệm vụ.",
            "ban",
        ),
        Page("submit", forms.ProofForm, "Nộp kết quả", "Nộp kết quả", "Đã nộp kết quả, chờ Sở xác nhận.", icon="send"),
        Page(
            "file_evidence",
            forms.ProofForm,
            "Thêm minh chứng",
            "Lưu minh chứng",
            "Đã lưu minh chứng. Khi đủ, hãy bấm “Nộp kết quả”.",
            icon="paperclip",
        ),
        Page(
            "ask_extension",
            forms.AskExtensionForm,
            "Đề nghị gia hạn",
            "Gửi đề nghị",
            "Đã gửi đề nghị gia hạn đến Sở.",
            "Hạn hiện tại vẫn giữ nguyên đến khi Sở đồng ý.",
            "calendar-plus",
        ),
        Page("answer", forms.AnswerForm, "Trả lời vướng mắc", "Trả lời", "Đã trả lời đơn vị.", icon="message-2"),
        Page(
            "resend",
            forms.ReasonForm,
            "Giao lại nhiệm vụ",
            "Giao lại",
            "Đã giao lại nhiệm vụ cho đơn vị.",
            "Đơn vị nhận lại nhiệm vụ cùng lý do; hạn không đổi.",
            "arrow-back-up",
        ),
        Page(
            "reroute",
            forms.RerouteForm,
            "Chuyển đơn vị khác",
            "Chuyển nhiệm vụ",
            "Đã chuyển nhiệm vụ cho đơn vị khác.",
            "Đơn vị này không phải thực hiện nữa. Đơn vị nhận thay được báo ngay, với hạn ghi dưới đây.",
            "arrow-right",
        ),
        Page(
            "close",
            forms.NoteForm,
            "Xác nhận hoàn thành",
            "Xác nhận hoàn thành",
            "Đã xác nhận hoàn thành nhiệm vụ.",
            icon="check",
        ),
        Page(
            "return",
            forms.ReasonForm,
            "Trả lại kết quả",
            "Trả lại đơn vị",
            "Đã trả lại kết quả để đơn vị bổ sung.",
            "Minh chứng đã nộp vẫn được giữ; đơn vị phải nộp thêm minh chứng mới.",
            "arrow-back-up",
        ),
        Page(
            "extend",
            forms.DayForm,
            "Gia hạn",
            "Gia hạn",
            "Đã gia hạn. Hạn ban đầu vẫn được lưu.",
            "Hạn chỉ lùi về sau. Hạn ban đầu vẫn được lưu để tính tỷ lệ đúng hạn.",
            "calendar-plus",
        ),
        Page("decide_extension", forms.DecideForm, "Trả lời đề nghị gia hạn", "Trả lời", "Đã trả lời đề nghị gia hạn."),
        Page(
            "cancel",
            forms.ReasonForm,
            "Hủy nhiệm vụ",
            "Hủy nhiệm vụ",
            "Đã hủy nhiệm vụ.",
            "Đơn vị không phải thực hiện nữa. Không thể hoàn tác.",
            "ban",
        ),
        Page(
            "reopen",
            forms.ReasonForm,
            "Mở lại nhiệm vụ",
            "Mở lại",
            "Đã mở lại nhiệm vụ, đơn vị phải thực hiện tiếp.",
            "Đơn vị phải nộp lại kết quả; hạn không đổi.",
            "refresh",
        ),
    ]
}
BACK_TO_LIST = "danh-sach"


def visible(request, pk):
    rows = Assignment.objects.visible_to(request.user).select_related(
        "requirement", "dispatch", "unit", "instead_of__unit", "rerouted_to__unit"
    )
    return get_object_or_404(rows, pk=pk)


def codes_of(refusal):
    """The codes of a refusal, those of its fields included."""
    named = getattr(refusal, "error_dict", None)
    return {error.code for errors in (named.values() if named else [refusal.error_list]) for error in errors}


def act(request, pk, verb, service, subject=None):
    """Ask for the words of a verb and call it. `subject(assignment)` gives its row where it is not the assignment itself.

    A text with a mark of secrecy is answered with what is lawful; it is shown on no page again."""
    page, assignment, now = PAGES[verb], visible(request, pk), timezone.now()
    if not CAN[verb](request.user, assignment):
        raise PermissionDenied
    posted = request.method == "POST"
    row = subject(assignment) if subject else assignment
    if row is None or (not posted and not may(request.user, assignment, verb)):
        messages.warning(
            request,
            f"Không thể {VERB_WORDS[verb]}: nhiệm vụ đang ở tình trạng “{assignment.get_status_display()}”.",
        )
        return redirect(assignment)
    form = page.form(request.POST, request.FILES) if posted else page.form(initial=_initial(verb, assignment))
    form.about(assignment)
    if posted and form.is_valid():
        try:
            service(row, actor=request.user, now=now, **form.arguments())
        except ValidationError as refusal:
            if "secret" in codes_of(refusal):
                return render(request, "directives/dispatch_secret.html", {"refusal": refusal.messages}, status=422)
            form.refuse(refusal)
        else:
            messages.success(request, page.done)
            if request.POST.get("ve") == BACK_TO_LIST:
                return redirect("assignments:assignment_list")
            return redirect(assignment)
    context = {
        "assignment": assignment,
        "name": f"Yêu cầu {assignment.requirement.label}",
        "form": form,
        "page": page,
        "desk": desk(request.user, assignment, now),
        "now": now,
    }
    return render(request, "assignments/assignment_act.html", context)


def _initial(verb, assignment):
    if verb in ("extend", "ask_extension", "reroute") and assignment.due_at:
        return forms.last_day_of(assignment.due_at)
    return {}


def open_extension(assignment):
    return assignment.extensions.filter(granted=None).select_related("assignment__dispatch").first()


@require_http_methods(["GET", "POST"])
def assignment_accept(request, pk):
    return act(request, pk, "accept", services.accept_assignment)


@require_http_methods(["GET", "POST"])
def assignment_ask(request, pk):
    return act(request, pk, "ask", services.ask_assignment)


@require_http_methods(["GET", "POST"])
def assignment_decline(request, pk):
    return act(request, pk, "decline", services.decline_assignment)


@require_http_methods(["GET", "POST"])
def assignment_submit(request, pk):
    return act(request, pk, "submit", services.submit_assignment)


@require_http_methods(["GET", "POST"])
def evidence_new(request, pk):
    return act(request, pk, "file_evidence", services.file_all_evidence)


@require_http_methods(["GET", "POST"])
def assignment_ask_extension(request, pk):
    return act(request, pk, "ask_extension", services.ask_extension)


@require_http_methods(["GET", "POST"])
def assignment_answer(request, pk):
    return act(request, pk, "answer", services.answer_assignment)


@require_http_methods(["GET", "POST"])
def assignment_resend(request, pk):
    return act(request, pk, "resend", services.resend_assignment)


@require_http_methods(["GET", "POST"])
def assignment_reroute(request, pk):
    return act(request, pk, "reroute", services.reroute_assignment)


@require_http_methods(["GET", "POST"])
def assignment_close(request, pk):
    return act(request, pk, "close", services.close_assignment)


@require_http_methods(["GET", "POST"])
def assignment_return(request, pk):
    return act(request, pk, "return", services.return_assignment)


@require_http_methods(["GET", "POST"])
def assignment_extend(request, pk):
    return act(request, pk, "extend", services.extend_assignment)


@require_http_methods(["GET", "POST"])
def assignment_decide_extension(request, pk):
    return act(request, pk, "decide_extension", services.decide_extension, subject=open_extension)


@require_http_methods(["GET", "POST"])
def assignment_cancel(request, pk):
    return act(request, pk, "cancel", services.cancel_assignment)


@require_http_methods(["GET", "POST"])
def assignment_reopen(request, pk):
    return act(request, pk, "reopen", services.reopen_assignment)
