"""Duty in the demonstration: the rosters of the election in every state, and a storm for which people stand watch now."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from assignments import services
from assignments.duty import planned
from plans.services import create_occasion
from reports.demo import names

STORM = (Path(__file__).parent / "storm.txt").read_text(encoding="utf-8")
DAY = timedelta(days=1)
FULL, NIGHTS_OPEN, NO_RESPONSE = (), ("shift",), ("response", "running")
# (unit, what its people leave open, what became of its roster); the other enterprises have begun none.
ELECTION = [
    ("Sao Biển", FULL, "accepted"),
    ("Chim Én", FULL, "accepted"),
    ("Cáp Hải Giang", FULL, "accepted"),
    ("Hải Đăng", NO_RESPONSE, "accepted"),
    ("Bến Xuân", FULL, "submitted"),
    ("Cánh Buồm", NIGHTS_OPEN, "submitted"),
    ("Bưu điện tỉnh", NO_RESPONSE, "returned"),
    ("Sông Giang", NIGHTS_OPEN, "draft"),
]
AT_SEA = [
    ("BCVT", FULL, "accepted"),
    ("Sao Biển", FULL, "accepted"),
    ("Cánh Buồm", FULL, "accepted"),
    ("Hải Đăng", NO_RESPONSE, "accepted"),
    ("Cáp Hải Giang", FULL, "submitted"),
    ("Sông Giang", NIGHTS_OPEN, "submitted"),
    ("Đất Việt", FULL, "draft"),
]
WAIVED = "Đội ứng cứu của đơn vị hạ tầng dùng chung trực thay trong thời gian này."
RETURNED = "Chưa có tổ ứng cứu thông tin; đề nghị bổ sung người trực và số điện thoại của tổ."
# Who takes turns: pattern, layers, how many people; their posts in words.
TURNS = [
    ("day", ["leader"], 2, "Phó Giám đốc", "Trụ sở đơn vị"),
    ("2x12", ["operations", "running"], 2, "Điều hành viên", "Phòng điều hành mạng"),
    ("3x8", ["shift"], 3, "Nhân viên trực ca", "Phòng máy trung tâm"),
    ("day", ["response"], 2, "Tổ trưởng ứng cứu", "Tổ ứng cứu lưu động"),
]


def roster_election(story, occasion):
    """Of twelve enterprises eight have begun a roster: each state once, and four are still to begin."""
    during = occasion.phases.get(kind="during")
    days = timezone.localdate(during.starts_at), occasion.ends_on
    for rank, (short, left, status) in enumerate(ELECTION):
        _roster(story, occasion, short, days, left, status, day=-6 + rank % 5)


def storm(story, issue):
    """A storm under way: its letter, and rosters whose people stand on duty at this moment. `issue` sends a draft out."""
    today = timezone.localdate(story.now)
    occasion = create_occasion(
        kind="other",
        name="Ứng phó bão số 11",
        d_day=today,
        starts_on=today - 2 * DAY,
        ends_on=today + 2 * DAY,
        **story.who("ha.lt", -2),
    )
    text = STORM.format(
        month=f"{today.month:02d}" if today.month < 3 else str(today.month),
        year=today.year,
        first=f"{today - DAY:%d/%m/%Y}",
        last=f"{today + 2 * DAY:%d/%m/%Y}",
    )
    issue(text, occasion)
    for short, left, status in AT_SEA:
        _roster(story, occasion, short, (today - DAY, today + 2 * DAY), left, status, day=-1)
    return occasion


def _roster(story, occasion, short, days, left, status, *, day):
    """Entered by the unit where it has an account, else by the Sở for it; then sent and decided as far as `status` says."""
    unit, clerk = story.province.units[short], story.who("ha.lt", day, 10)
    roster = services.open_roster(occasion, unit, **clerk)
    rows = []
    for turn, (pattern, layers, count, position, place) in enumerate(TURNS):
        layers = [layer for layer in layers if layer not in left]
        people = [_person(story, short, turn, n, position) for n in range(count)]
        if layers:
            rows += [
                {
                    ("person" if isinstance(each.person, dict) else "contact"): each.person,
                    "layers": layers,
                    "starts_at": each.starts_at,
                    "ends_at": each.ends_at,
                    "place": place,
                }
                for each in planned(pattern, people, *days)
            ]
    services.merge_shifts(roster, rows, **clerk)
    if status != "draft":
        services.submit_roster(roster, **story.who("ha.lt", day, 11))
    if status == "returned":
        services.return_roster(roster, reason=RETURNED, **story.who("viet.pq", day, 15))
    if status == "accepted":
        services.accept_roster(roster, waiver_reason=WAIVED, **story.who("viet.pq", day, 15))


def _person(story, short, turn, n, position):
    """The unit's own account that stands watch, where it has one; else somebody invented, always the same."""
    if (short, turn, n) == ("Sao Biển", 2, 0):
        return story.people["tam.nv"].contact
    if (short, turn) == ("BCVT", 1):
        return story.people[("viet.pq", "ha.lt")[n]].contact
    serial = 40 + 17 * [each for each, *_ in ELECTION + AT_SEA].index(short) + 3 * turn + n
    return {"name": names.contact_name(serial), "position": position, "phone": f"0903{serial:06d}"}
