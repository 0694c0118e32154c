"""One small page for each verb between the unit and the Sở about a roster: GET shows what is at stake, POST does it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assignments import services
from assignments.forms.acts import NoWordsForm, ReasonForm
from assignments.forms.rosters import SendForm, WaiverForm
from assignments.selectors import rosters as reading
from assignments.states import ROSTER_VERB_FROM, ROSTER_VERB_WORDS
from assignments.views import acts
from assignments.views.rosters import visible
from units.refusals import tell_outcome

SHOWN_GAPS = 40


PAGES = {
    page.verb: page
    for page in [
        acts.Page(
            "submit",
            SendForm,
            "Gửi lịch trực",
            "Gửi Sở",
            "Đã gửi lịch trực, chờ Sở duyệt.",
            "Gửi xong, lịch trực khóa lại cho đến khi Sở duyệt hoặc trả lại. Nhiệm vụ yêu cầu gửi lịch trực được nộp cùng lúc.",
            "send",
        ),
        acts.Page(
            "return",
            ReasonForm,
            "Trả lại lịch trực",
            "Trả lại đơn vị",
            "Đã trả lại lịch trực để đơn vị sửa.",
            "Đơn vị nhận lại lịch trực cùng lý do, sửa rồi gửi lại.",
            "arrow-back-up",
        ),
        acts.Page(
            "accept",
            NoWordsForm,
            "Duyệt lịch trực",
            "Duyệt",
            "Đã duyệt lịch trực.",
            "Duyệt xong, nhiệm vụ yêu cầu gửi lịch trực hoàn thành và người trực được nhắc trước ca.",
            "check",
        ),
        acts.Page(
            "reopen",
            ReasonForm,
            "Mở lại lịch trực",
            "Mở lại",
            "Đã mở lại lịch trực, đơn vị sửa rồi gửi lại.",
            "Dùng khi lịch đã duyệt phải thay đổi. Đơn vị nhận lại lịch trực cùng lý do; nhiệm vụ liên quan mở lại. "
            "Ca nào chưa sửa vẫn giữ hiệu lực cho đến khi duyệt lại.",
            "refresh",
        ),
    ]
}


def act(request, pk, verb, service):
    """Ask for the words of a verb and call it. Accepting what leaves a layer empty asks for the reason."""
    page, roster = PAGES[verb], visible(request, pk)
    if not reading.CAN[verb](request.user, roster):
        raise PermissionDenied
    posted = request.method == "POST"
    if not posted and roster.status not in ROSTER_VERB_FROM[verb]:
        messages.warning(
            request, f"Không thể {ROSTER_VERB_WORDS[verb]}: lịch đang ở tình trạng “{roster.get_status_display()}”."
        )
        return redirect(roster)
    view = reading.roster_detail(roster)
    kind = WaiverForm if verb == "accept" and view.missing else page.form
    form = kind(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            service(roster, actor=request.user, now=timezone.now(), **form.arguments())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, page.done)
            return redirect(roster)
    gaps = [(layer, layer.gaps[:SHOWN_GAPS], len(layer.gaps[SHOWN_GAPS:])) for layer in view.layers if layer.gaps]
    context = {"roster": roster, "page": page, "form": form, "view": view, "gaps": gaps, "now": timezone.now()}
    return render(request, "assignments/roster_act.html", context)


@require_http_methods(["GET", "POST"])
def roster_submit(request, pk):
    return act(request, pk, "submit", services.submit_roster)


@require_http_methods(["GET", "POST"])
def roster_return(request, pk):
    return act(request, pk, "return", services.return_roster)


@require_http_methods(["GET", "POST"])
def roster_accept(request, pk):
    return act(request, pk, "accept", services.accept_roster)


@require_http_methods(["GET", "POST"])
def roster_reopen(request, pk):
    return act(request, pk, "reopen", services.reopen_roster)


@require_POST
def roster_hand_in(request, pk):
    """A demand is met by the roster that the unit had sent before it came."""
    assignment = acts.visible(request, pk)
    verb = partial(services.hand_in_roster, assignment, actor=request.user, now=timezone.now())
    tell_outcome(request, verb, "Đã nộp nhiệm vụ bằng lịch trực đã gửi, chờ Sở xác nhận.")
    return redirect(assignment)
