"""No unit sees, counts, finds or is told anything of another's: two enterprises and a commune, each with everything of its own.

Whatever belongs to a unit bears its secret word (names, answers, proof, files, reasons, people on duty, invitations) or its
numbers; the Sở's people see all of them. Everything that anybody of another unit can be answered is searched for these words,
and what one unit is shown stays the same, letter by letter and figure by figure, while its rivals work."""

import io
import re
import zipfile
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pypdfium2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from assignments import services as work
from assignments.models import Assignment, CalendarLink, Evidence, Roster
from config.rights.table import addresses, table
from directives.models import Dispatch
from directives.sweeps import file_pdfs
from notices.models import Notice
from notices.sweeps import read_history, remind_assignments, remind_duty, send_pending_notices, tell_people
from plans.states import DutyKind
from tests import make
from tests.crawl.walk import read_to_the_end, walk
from tests.files import PNG
from units.models import Contact, Invitation, Membership, Unit, UnitPeriod, User
from units.services.invitations import invite_person
from units.services.units import rename_unit
from units.states import Role, UnitKind

LINES = table()[1]
WORDS = {"telecom": "xuyenchi", "rival": "phulangsa", "commune": "tamgiangthu"}  # of each unit, on no page of another's
FOUND_BY = "banmaihong"  # what their rows are searched by: it may stand in the field where it was typed
NUMBERS = {"telecom": "0911222", "rival": "0933444", "commune": "0955666"}
ABOUT = {  # what belongs to a unit, by its model
    "units.Unit": lambda unit: Unit.objects.filter(pk=unit.pk),
    "units.UnitPeriod": lambda unit: UnitPeriod.objects.filter(unit=unit),
    "units.Contact": lambda unit: Contact.objects.filter(unit=unit),
    "units.Invitation": lambda unit: Invitation.objects.filter(unit=unit),
    "units.User": lambda unit: User.objects.filter(contact__unit=unit),
    "units.Membership": lambda unit: Membership.objects.filter(unit=unit),
    "directives.Dispatch": lambda unit: Dispatch.objects.filter(subject__contains=WORDS_OF[unit.pk]),
    "assignments.Assignment": lambda unit: Assignment.objects.filter(unit=unit),
    "assignments.Evidence": lambda unit: Evidence.objects.filter(assignment__unit=unit),
    "assignments.Roster": lambda unit: Roster.objects.filter(unit=unit),
    "assignments.CalendarLink": lambda unit: CalendarLink.objects.filter(user__contact__unit=unit),
    "notices.Notice": lambda unit: Notice.objects.filter(recipient__unit=unit),
}
SHARED = {"plans.", "units.UnitGroup", "units.SigningAuthority", "units.Delegation", "units.Reorganisation", "mfa."}
WORDS_OF = {}
PATHS = [
    reverse(name) for name, arguments in addresses() if ":" in name and not arguments and LINES[name].get is not None
]
SEARCHED = [f"{path}?q={FOUND_BY}&tim={FOUND_BY}" for path in PATHS if path != "/"]


def build():
    """The units, their people, two papers (one to all, one to each alone), and all that can be said about them."""
    cast, now = make.cast(), timezone.now()
    cast.commune = make.unit(UnitKind.COMMUNE, "Ủy ban nhân dân xã Bãi Ngang")
    cast.everyone = make.group("Mọi đơn vị", UnitKind.OTHER, members=[cast.telecom, cast.rival, cast.commune])
    cast.occasion = make.occasion(name="Ứng phó bão", d_day=timezone.localdate(now))
    world = SimpleNamespace(cast=cast, now=now, people={}, feeds={}, shown={})
    for n, (key, word) in enumerate(WORDS.items()):
        unit = getattr(cast, key)
        WORDS_OF[unit.pk] = word
        for role in Role.RECIPIENT:
            person = make.person(
                role, unit, f"Lê {FOUND_BY} {word} {role}", f"{word}.{role}", is_focal=role == Role.FOCAL
            )
            number = f"{NUMBERS[key]}{n}{sorted(Role.RECIPIENT).index(role)}0"
            User.objects.filter(pk=person.pk).update(email=f"{word}.{role}@haigiang.example")
            Contact.objects.filter(pk=person.contact.pk).update(phone=number, email=f"{word}.{role}@haigiang.example")
            world.people[f"{key} {role}"] = User.objects.get(pk=person.pk)
    world.people["no unit"] = make.person(Role.DUTY, cast.telecom, "Người đã thôi")
    world.people["no unit"].memberships.all().delete()
    return world


def issue(world, to, subject, count):
    cast, now = world.cast, world.now
    draft = make.dispatch(cast, "numbered", addressed=to, of=cast.occasion, subject=subject)
    for n in range(1, count + 1):
        make.requirement(draft, str(n), units=to, due_at=now + timedelta(days=n - 2), text=f"Việc số {n}: {subject}.")
    file_pdfs(now=now)
    Dispatch.objects.filter(pk=draft.pk).update(scan=make.stored_file("ban-quet.pdf"))
    draft = Dispatch.objects.get(pk=draft.pk)
    return work.issue_dispatch(draft, actor=cast.clerk, now=now)


def act(world, key):
    """A unit does and suffers everything, with its word in whatever is written."""
    cast, now, word = world.cast, world.now, WORDS[key]
    unit, focal = getattr(cast, key), world.people[f"{key} focal"]
    by, sö, said = (
        {"actor": focal, "now": now},
        {"actor": cast.head, "now": now},
        f"{FOUND_BY} {word}: vì lý do riêng của đơn vị.",
    )
    rename_unit(
        unit, actor=cast.admin, now=now, name=unit.name, short_name=word[:6].upper(), on=timezone.localdate(now)
    )
    issue(world, [unit], f"chỉ gửi {word}", 1)
    rows = iter(Assignment.objects.filter(dispatch=world.shared, unit=unit).order_by("pk"))
    work.ask_assignment(next(rows), question=said, **by)
    work.decline_assignment(next(rows), reason=said, **by)
    late = work.accept_assignment(next(rows), **by)
    work.ask_extension(late, wanted_at=now + timedelta(days=30), reason=said, **by)
    for end in (work.close_assignment, work.return_assignment):
        row = work.accept_assignment(next(rows), **by)
        work.file_evidence(row, link=f"https://{word}.example/", **by)
        work.file_evidence(row, upload=SimpleUploadedFile(f"{word}.png", PNG, content_type="image/png"), **by)
        row = work.submit_assignment(row, text=said, **by)
        end(row, **sö, **({"note": said} if end is work.close_assignment else {"reason": said}))
    for n, status in enumerate(("accepted", "returned")):
        served = cast.occasion if not n else make.occasion(name=f"Đợt {word}", d_day=timezone.localdate(now))
        roster = work.open_roster(served, unit, **by)
        day = timezone.localdate(now) + timedelta(days=n)
        turns = {"people": [focal.contact], "layers": list(DutyKind.values), "starts_on": day, "ends_on": day}
        work.fill_pattern(roster, pattern="24", place=f"Phòng trực {word}", **turns, **by)
        roster = work.submit_roster(roster, **by)
        if status == "accepted":
            work.accept_roster(roster, waiver_reason=said, **sö)
        else:
            work.return_roster(roster, reason=said, **sö)
    world.feeds[key] = work.make_link(**by)
    invite_person(
        unit, role=Role.DUTY, name=f"Trần {FOUND_BY} {word}", email=f"{word}@x.example", phone="", actor=focal, now=now
    )
    sweep_all(world)


def sweep_all(world):
    for sweep in (read_history, remind_assignments, remind_duty, tell_people, send_pending_notices):
        sweep(now=world.now + timedelta(minutes=1))


@pytest.fixture(scope="module")
def tenants(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tenants")
    quick = {
        "MEDIA_ROOT": folder / "media",
        "EMAIL_FILE_PATH": folder / "mail",
        "EMAIL_BACKEND": "notices.mailbox.FileMailbox",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "ROOT_URLCONF": "tests.crawl.plain",
        "DOORBELL": False,
        "STORAGES": settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**quick):
            world = build()
            world.settings = quick
            world.shared = issue(world, [world.cast.telecom, world.cast.rival, world.cast.commune], "việc chung", 6)
            act(world, "telecom")
            sweep_all(world)  # what the telecom is told of itself is said by now
            world.before = shown_to(world, "telecom focal")
            for key in ("rival", "commune"):
                act(world, key)
        yield world
        transaction.set_rollback(True)
    connection.close()


@pytest.fixture
def world(tenants, db):
    with override_settings(**tenants.settings):
        cache.clear()
        yield tenants


def shown_to(world, who):
    """{address: words} of all that a person can click to, and finds when searching; what their looking changes is taken back."""
    with transaction.atomic():
        client = Client()
        client.force_login(world.people[who])
        pages = {address: told(response) for address, _, response, _ in walk(client, like=3, like_forms=1)}
        pages |= {address: told(client.get(address)) for address in SEARCHED}
        transaction.set_rollback(True)
    return pages


def told(response):
    """All that can be read in an answer: a page with its addresses, the cells of a sheet, the text of a PDF."""
    body = response.content if not response.streaming else getattr(response, "_read", None) or read_to_the_end(response)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as sheet:
            body = b" ".join(sheet.read(name) for name in sheet.namelist() if not name.startswith("docProps/"))
    elif body.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(body) as pdf:
            body = " ".join(pdf[n].get_textpage().get_text_range() for n in range(len(pdf))).encode()
    said = " ".join(
        [body.decode(errors="replace"), response.get("Location", ""), response.get("Content-Disposition", "")]
    )
    return re.sub(r'<body[^>]*>|csrfmiddlewaretoken" value="\w+"', "", said)


def leaks(said, own):
    """The words and numbers of other units in what somebody of unit `own` was told."""
    plain, digits = said.lower(), re.sub(r"[ .\xa0]", "", said)
    for key in WORDS.keys() - {own}:
        yield from (mark for mark in (WORDS[key],) if mark in plain)
        yield from (mark for mark in (NUMBERS[key],) if mark in digits)


PEOPLE = ["telecom focal", "telecom unit_leader", "telecom duty", "rival focal", "commune focal", "no unit"]


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_of_another_unit_can_be_clicked_to_or_found(world, who):
    own = who.partition(" ")[0]
    pages = world.shown[who] = shown_to(world, who)
    found = {address: marks for address, said in pages.items() if (marks := set(leaks(said, own)))}
    assert found == {}
    assert len(pages) > 30
    if own in WORDS:  # awake: each sees their own word, number of duty and all
        assert sum(WORDS[own] in said.lower() for said in pages.values()) > 8


@pytest.mark.parametrize("who", ["telecom unit_leader", "commune focal", "no unit"])
def test_nothing_of_another_unit_answers_to_its_key(world, client, who):
    """Every address with every key of every other unit."""
    client.force_login(world.people[who])
    client.raise_request_exception = False
    found, asked, own = {}, 0, who.partition(" ")[0]
    for name, arguments in addresses():
        line = LINES.get(name)
        if line is None or line.object is None or not arguments or line.get is None:
            continue
        if any(line.object.model.startswith(start) for start in SHARED):
            continue
        for key in WORDS.keys() - {own}:
            for row in ABOUT[line.object.model](getattr(world.cast, key))[:2]:
                given = {"shift": getattr(row.shifts.first(), "pk", 0)} if "shift" in arguments else {}
                address = reverse(
                    name, kwargs={one: given.get(one, 1 if one == "page" else row.pk) for one in arguments}
                )
                response = client.get(address)
                asked += 1
                if response.status_code not in (403, 404) or set(leaks(told(response), own)):
                    found[address] = response.status_code
    assert found == {}
    assert asked > 100


@pytest.mark.parametrize("who", ["telecom focal", "rival focal"])
def test_forms_take_no_key_of_another_unit(world, client, who):
    """Search fields and filters that take a key answer with nothing of its owner's."""
    client.force_login(world.people[who])
    own = who.partition(" ")[0]
    other = world.cast.rival if own == "telecom" else world.cast.telecom
    theirs = Assignment.objects.filter(unit=other).first()
    asked = {"don-vi": other.pk, "van-ban": theirs.dispatch_id, "yeu-cau": theirs.requirement_id, "unit": other.pk}
    for name in (
        "assignments:assignment_list",
        "assignments:roster_list",
        "assignments:on_duty",
        "assignments:roster_new",
    ):
        for key, value in asked.items():
            said = told(client.get(f"{reverse(name)}?{key}={value}&trang-thai="))
            assert set(leaks(said, own)) == set(), (name, key)


def test_what_one_unit_is_shown_stays_the_same_while_others_work(world):
    """Counts, lists, order, notices: not a letter of the telecom's pages depends on its rival's or the commune's acts."""
    after = world.shown.get("telecom focal") or shown_to(world, "telecom focal")
    moved = re.compile(r"\d\d:\d\d|\d+ (?:giây|phút)")
    differing = {}
    for address, said in world.before.items():
        known = set(moved.sub("", said).split("\n"))
        if new := [line for line in moved.sub("", after.get(address, "")).split("\n") if line not in known]:
            differing[address] = new[:3]
    assert differing == {}
    assert len(world.before) > 30


def test_no_notice_mail_or_calendar_tells_of_another_unit(world, client):
    keys = {getattr(world.cast, key).pk: key for key in WORDS}
    of_people = {contact.email: keys.get(contact.unit_id) for contact in Contact.objects.all()}
    read = 0
    for notice in Notice.objects.select_related("recipient"):
        own = keys.get(notice.recipient.unit_id)
        if own:
            read += 1
            assert set(leaks(f"{notice.subject} {notice.text} {notice.path} {notice.error}", own)) == set(), notice.key
    for path in world.settings["EMAIL_FILE_PATH"].glob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        own = of_people.get(str(letter["To"]).split("<")[-1].strip(">"))
        if own:
            read += 1
            parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
            assert set(leaks(" ".join([letter["Subject"], *parts]), own)) == set(), letter["Subject"]
    assert read > 40
    for key, token in world.feeds.items():
        said = told(client.get(reverse("assignments:calendar_feed", args=[token])))
        assert "BEGIN:VEVENT" in said and set(leaks(said, key)) == set()
