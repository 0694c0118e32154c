"""The verbs of an assignment: done, refused by role, from each wrong state, on a stale copy."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from assignments import services
from assignments.models import Assignment, AssignmentEntry, Evidence, Extension
from assignments.states import ASSIGNMENT_MOVES, VERB_FROM, AssignmentStatus
from tests import make
from tests.files import PDF
from units.history import IllegalMove
from units.models import StoredFile
from units.services import files

S = AssignmentStatus
WHY = "Trạm phát sóng đang bảo trì, chưa thể kiểm tra"
UNIT, GIVER = {"focal"}, {"specialist", "head", "leader"}

# verb: (what it is called with, who may, where each state it starts from leads)
VERBS = {
    "accept": (services.accept_assignment, {}, UNIT, {S.SENT: S.ACCEPTED}),
    "ask": (services.ask_assignment, {"question": WHY}, UNIT, {S.SENT: S.QUESTIONED, S.ACCEPTED: S.QUESTIONED}),
    "decline": (services.decline_assignment, {"reason": WHY}, UNIT, {S.SENT: S.DECLINED, S.ACCEPTED: S.DECLINED}),
    "submit": (services.submit_assignment, {"note": WHY}, UNIT, {S.ACCEPTED: S.SUBMITTED}),
    "answer": (services.answer_assignment, {"answer": WHY}, GIVER, {S.QUESTIONED: S.SENT}),
    "resend": (services.resend_assignment, {"reason": WHY}, GIVER, {S.DECLINED: S.SENT}),
    "close": (services.close_assignment, {"note": WHY}, GIVER, {S.SUBMITTED: S.CLOSED}),
    "return": (services.return_assignment, {"reason": WHY}, GIVER, {S.SUBMITTED: S.ACCEPTED}),
    "reopen": (services.reopen_assignment, {"reason": WHY}, GIVER, {S.CLOSED: S.ACCEPTED}),
    "cancel": (services.cancel_assignment, {"reason": WHY}, GIVER, dict.fromkeys(sorted(S.OPEN), S.CANCELLED)),
}
PEOPLE = ["focal", "stranger", "postal_focal", "specialist", "head", "leader", "clerk", "admin"]


def facts(assignment):
    """All of the row and of its history, to see that a refusal wrote nothing."""
    return (
        Assignment.objects.filter(pk=assignment.pk).values().get(),
        list(AssignmentEntry.objects.values_list("row", "before", "after", "note")),
        Evidence.objects.count(),
        list(Extension.objects.values_list("granted", "wanted_at")),
    )


def test_the_verbs_make_every_move_of_the_table_and_no_other():
    made = {(start, end) for _, _, _, moves in VERBS.values() for start, end in moves.items()}
    made |= {(S.QUESTIONED, back) for back in VERB_FROM["ask"]}
    assert made == {(start, end) for start, ends in ASSIGNMENT_MOVES.items() for end in ends}
    assert {verb: set(moves) for verb, (_, _, _, moves) in VERBS.items()} == {
        verb: set(VERB_FROM[verb]) for verb in VERBS
    }


@pytest.mark.parametrize(
    ("verb", "start"), [(verb, start) for verb, (*_, moves) in VERBS.items() for start in moves], ids=str
)
def test_done(cast, now, verb, start):
    act, words, who, moves = VERBS[verb]
    for person in sorted(who):
        actor = getattr(cast, person)
        assignment = make.assignment(cast, start, moved_at=now - timedelta(days=2))
        done = act(assignment, actor=actor, now=now, **words)
        assert done.status == moves[start]
        assert Assignment.objects.get(pk=assignment.pk).status == moves[start]
        assert done.moved_at == now
        entry = done.history.get()
        note = next(iter(words.values()), "")
        assert (entry.before, entry.after, entry.actor, entry.at, entry.note) == (start, moves[start], actor, now, note)


@pytest.mark.parametrize("verb", VERBS)
def test_refused_by_role(cast, now, verb):
    act, words, who, moves = VERBS[verb]
    assignment = make.assignment(cast, next(iter(moves)))
    before = facts(assignment)
    for person in PEOPLE:
        if person not in who:
            with pytest.raises(PermissionDenied):
                act(assignment, actor=getattr(cast, person), now=now, **words)
    assert facts(assignment) == before


@pytest.mark.parametrize(
    ("verb", "state"), [(v, s) for v, (*_, moves) in VERBS.items() for s in ASSIGNMENT_MOVES if s not in moves], ids=str
)
def test_refused_from_each_wrong_state(cast, now, verb, state):
    act, words, who, _ = VERBS[verb]
    assignment = make.assignment(cast, state)
    before = facts(assignment)
    with pytest.raises(IllegalMove):
        act(assignment, actor=getattr(cast, min(who)), now=now, **words)
    assert facts(assignment) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_stale_copy_is_not_trusted(cast, now, verb):
    act, words, who, moves = VERBS[verb]
    stale = make.assignment(cast, next(iter(moves)))
    Assignment.objects.filter(pk=stale.pk).update(status=S.CANCELLED)
    with pytest.raises(IllegalMove):
        act(stale, actor=getattr(cast, min(who)), now=now, **words)
    assert Assignment.objects.get(pk=stale.pk).status == S.CANCELLED


@pytest.mark.parametrize("verb", ["ask", "decline", "resend", "return", "reopen", "cancel"])
@pytest.mark.parametrize("words", ["", "   ", "Chưa rõ"])
def test_a_reason_says_something(cast, now, verb, words):
    act, given, who, moves = VERBS[verb]
    field = next(iter(given))
    assignment = make.assignment(cast, next(iter(moves)))
    before = facts(assignment)
    with pytest.raises(ValidationError) as refusal:
        act(assignment, actor=getattr(cast, min(who)), now=now, **{field: words})
    assert set(refusal.value.message_dict) == {field}
    assert facts(assignment) == before


def test_an_answer_is_not_empty(cast, now):
    asked = make.assignment(cast, S.QUESTIONED)
    with pytest.raises(ValidationError):
        services.answer_assignment(asked, actor=cast.head, now=now, answer=" ")


@pytest.mark.parametrize("state", sorted(VERB_FROM["ask"]))
def test_an_answer_leads_back_to_where_it_was_asked(cast, now, state):
    asked = services.ask_assignment(make.assignment(cast, state), actor=cast.focal, now=now, question=WHY)
    assert asked.before_question == state
    answered = services.answer_assignment(asked, actor=cast.head, now=now, answer="Làm theo mục 2.")
    assert (answered.status, answered.before_question) == (state, "")


def test_a_second_submit_is_refused(cast, now):
    assignment = make.assignment(cast, S.ACCEPTED)
    services.submit_assignment(assignment, actor=cast.focal, now=now)
    with pytest.raises(IllegalMove):
        services.submit_assignment(assignment, actor=cast.focal, now=now)
    assert assignment.history.count() == 1


def asking_for_proof(cast, status="accepted", **fields):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom])
    demand = make.requirement(paper, units=[cast.telecom], evidence_kind="report")
    return make.assignment(cast, status, of=demand, **fields)


def test_declared_proof_is_demanded_and_demanded_again_after_a_return(cast, now):
    assignment = asking_for_proof(cast)

    def submit(hours):
        return services.submit_assignment(assignment, actor=cast.focal, now=now + timedelta(hours=hours))

    with pytest.raises(ValidationError) as refusal:
        submit(0)
    assert refusal.value.code == "no_evidence"
    services.file_evidence(assignment, actor=cast.focal, now=now, text="Đã kiểm tra 14 trạm.")
    submit(1)
    services.return_assignment(assignment, actor=cast.head, now=now + timedelta(hours=2), reason=WHY)
    with pytest.raises(ValidationError) as refusal:
        submit(3)
    assert refusal.value.code == "no_evidence"
    later = now + timedelta(hours=4)
    done = services.submit_assignment(assignment, actor=cast.focal, now=later, link="https://haigiang.example/bao-cao")
    assert done.status == S.SUBMITTED
    assert list(assignment.evidence.order_by("pk").values_list("text", "link")) == [
        ("Đã kiểm tra 14 trạm.", ""),
        ("", "https://haigiang.example/bao-cao"),
    ]
    services.close_assignment(assignment, actor=cast.head, now=now + timedelta(hours=5))
    services.reopen_assignment(assignment, actor=cast.head, now=now + timedelta(hours=6), reason=WHY)
    with pytest.raises(ValidationError):
        submit(7)


@pytest.mark.parametrize("state", list(S))
def test_proof_is_filed_while_the_unit_owes_it(cast, now, state):
    assignment = make.assignment(cast, state)
    if state in S.OWED:
        assert services.file_evidence(assignment, actor=cast.focal, now=now, text="Có").filed_at == now
    else:
        with pytest.raises(IllegalMove):
            services.file_evidence(assignment, actor=cast.focal, now=now, text="Có")
    assert assignment.evidence.count() == (state in S.OWED)


def test_proof_is_the_units_alone(cast, now):
    assignment = make.assignment(cast, S.ACCEPTED)
    for person in PEOPLE[1:]:
        with pytest.raises(PermissionDenied):
            services.file_evidence(assignment, actor=getattr(cast, person), now=now, text="Có")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"text": "  "},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://haigiang.example/tep"},
        {"upload": SimpleUploadedFile("a.pdf", b"MZ\x90\x00khong phai pdf")},
        {"upload": SimpleUploadedFile("a.pdf", b"")},
    ],
    ids=str,
)
def test_proof_that_proves_nothing_is_refused(cast, now, proof):
    assignment = make.assignment(cast, S.ACCEPTED)
    with pytest.raises(ValidationError):
        services.file_evidence(assignment, actor=cast.focal, now=now, **proof)
    assert not Evidence.objects.exists()


def test_files_are_kept_all_or_none(cast, now):
    assignment = make.assignment(cast, S.ACCEPTED)
    good = SimpleUploadedFile("Báo cáo.pdf", PDF)
    bad = SimpleUploadedFile("b.exe", b"MZ\x90\x00" + b"\xff" * 64)
    with pytest.raises(ValidationError):
        services.submit_assignment(assignment, actor=cast.focal, now=now, text="Gửi Sở", uploads=[good, bad])
    assert (Evidence.objects.count(), StoredFile.objects.filter(name="Báo cáo.pdf").count()) == (0, 0)
    assert Assignment.objects.get(pk=assignment.pk).status == S.ACCEPTED
    good.seek(0)
    services.submit_assignment(assignment, actor=cast.focal, now=now, text="Gửi Sở", uploads=[good])
    assert list(Evidence.objects.values_list("text", "file__name")) == [("Gửi Sở", "Báo cáo.pdf")]


@pytest.mark.parametrize("act", ["file_all_evidence", "submit_assignment"])
def test_the_disk_is_not_waited_for_while_the_database_is_held(cast, now, monkeypatch, act):
    depths, outside, write = [], len(connection.savepoint_ids), files._write
    monkeypatch.setattr(files, "_write", lambda *given: depths.append(len(connection.savepoint_ids)) or write(*given))
    two = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(2)]
    getattr(services, act)(make.assignment(cast, S.ACCEPTED), actor=cast.focal, now=now, uploads=two)
    assert depths == [outside] * 2
    assert Evidence.objects.count() == 2


def test_what_a_refused_act_wrote_is_removed(cast, now, settings):
    stale = make.assignment(cast, S.ACCEPTED)
    Assignment.objects.filter(pk=stale.pk).update(status=S.CANCELLED)
    upload = SimpleUploadedFile("a.pdf", PDF)
    with pytest.raises(IllegalMove):
        services.submit_assignment(stale, actor=cast.focal, now=now, uploads=[upload])
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_lead_is_not_closed_over_open_support_without_a_reason(cast, now):
    lead = make.assignment(cast, S.SUBMITTED)
    support = make.assignment(cast, S.ACCEPTED, to=cast.postal, of=lead.requirement, role="support")
    with pytest.raises(ValidationError) as refusal:
        services.close_assignment(lead, actor=cast.head, now=now)
    assert set(refusal.value.message_dict) == {"note"}
    assert services.close_assignment(lead, actor=cast.head, now=now, note=WHY).status == S.CLOSED
    Assignment.objects.filter(pk__in=[lead.pk, support.pk]).update(status=S.SUBMITTED)
    services.close_assignment(support, actor=cast.head, now=now)
    assert services.close_assignment(lead, actor=cast.head, now=now).status == S.CLOSED


def test_accept_all_takes_what_is_sent_to_the_actors_unit(cast, now):
    mine = make.assignment(cast, S.SENT, due_at=now)
    paper = mine.dispatch
    second = make.assignment(cast, S.SENT, of=make.requirement(paper, "2", units=[cast.telecom]))
    theirs = make.assignment(cast, S.SENT, to=cast.rival, of=mine.requirement)
    make.assignment(cast, S.DECLINED, of=make.requirement(paper, "3", units=[cast.telecom]))
    outcome = services.accept_all(paper, actor=cast.focal, now=now)
    assert {row.pk: refusal for row, refusal in outcome} == {mine.pk: None, second.pk: None}
    assert Assignment.objects.get(pk=theirs.pk).status == S.SENT
    assert services.accept_all(paper, actor=cast.focal, now=now) == []


def test_a_division_answers_for_itself(cast, now):
    mine = make.assignment(cast, S.SENT, to=cast.division)
    assert services.accept_assignment(mine, actor=cast.specialist, now=now).status == S.ACCEPTED
