import re
import tomllib
import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from plans.calendar.occasions import propose
from plans.calendar.offsets import daily_instants, span_offsets
from plans.outlines import KINDS, OutlineError, fill, load_outline, outlines, read_outline

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SUNDAY_ELECTION = date(2026, 3, 15)
# What no longer exists in 2026: the district level, the old ministry and department, inspectors of a Sở.
GONE = re.compile(
    r"huyện|thị trấn|thị xã|Thông tin và Truyền thông|TTTT|TT&TT|Văn hóa [-–] Thông tin|thanh tra sở", re.IGNORECASE
)
DRAFTING_LEFTOVERS = re.compile(r"TODO|XXX|\.\.\.|…|  |số \d+/")


def texts(outline):
    yield outline.title
    yield from (*outline.purpose, *outline.requirements, *outline.bases, *outline.organisation)
    yield from (section.heading for section in outline.sections)
    yield from (demand.text for demand in outline.demands)


@pytest.fixture(params=KINDS)
def outline(request):
    return load_outline(request.param)


def test_there_are_three():
    assert [outline.kind for outline in outlines()] == ["election", "tet", "national_day"]


def test_a_kind_without_template_is_refused():
    with pytest.raises(LookupError):
        load_outline("other")


def test_twenty_demands_or_more_each_with_owner_date_and_proof(outline):
    assert len(outline.demands) >= 20
    assert len({demand.key for demand in outline.demands}) == len(outline.demands)
    assert len({demand.text for demand in outline.demands}) == len(outline.demands)
    for demand in outline.demands:
        assert demand.lead, demand.key
        assert (demand.offset is None) != (demand.repeat is None), demand.key
        assert demand.evidence != "none", demand.key
        assert 40 <= len(demand.text) <= 260, demand.key
        assert demand.text.endswith("."), demand.key


def test_every_kind_of_recipient_has_work_and_reports(outline):
    leads = {group for demand in outline.demands for group in demand.lead}
    assert leads >= {"telecom", "postal", "cable", "press", "communes", "own:bcvt", "own:cntt", "own:vanphong"}
    for group in ("telecom", "postal", "cable", "communes"):
        assert any(demand.must_report for demand in outline.demands if group in demand.lead), group


def test_whoever_is_on_duty_sends_a_roster_a_daily_report_and_a_final_report(outline):
    """Sample dispatches put cable firms on duty and then never heard from them."""
    for group in ("telecom", "postal", "cable"):
        mine = [demand for demand in outline.demands if group in demand.lead]
        assert any(demand.evidence == "roster" for demand in mine), group
        assert any(demand.repeat and demand.repeat.phase == "during" and demand.must_report for demand in mine), group
        assert any(demand.offset and demand.offset > 0 and demand.evidence == "report" for demand in mine), group


def test_all_five_kinds_of_proof_and_rosters_are_used(outline):
    used = {demand.evidence for demand in outline.demands}
    assert used >= {"document", "report", "list", "photo", "figure", "roster"}


@pytest.mark.parametrize(("kind", "first", "last"), [("election", -60, 3), ("tet", -30, 8), ("national_day", -10, 5)])
def test_dates_stay_in_their_window(kind, first, last):
    offsets = [demand.offset for demand in load_outline(kind).demands if demand.offset is not None]
    assert (min(offsets), max(offsets)) == (first, last)


@pytest.mark.parametrize("year", [2026, 2027])
def test_dates_fall_within_the_proposed_occasion(outline, year):
    occasion = propose(outline.kind, **({"d_day": SUNDAY_ELECTION} if outline.kind == "election" else {"year": year}))
    for demand in outline.demands:
        if demand.offset is not None:
            day = occasion.d_day + timedelta(days=demand.offset)
            assert occasion.starts_on <= day <= occasion.ends_on, demand.key


def test_daily_reports_cover_each_day_of_the_duty_period():
    occasion = propose("tet", year=2026)
    during = occasion.phases[1]
    first, last = span_offsets(occasion.d_day, during.starts_at, during.ends_at)
    daily = next(demand for demand in load_outline("tet").demands if demand.key == "daily_report")
    dues = daily_instants(occasion.d_day, first, last, daily.at)
    assert [f"{due:%d/%m %H:%M}" for due in dues] == [f"{day}/02 16:00" for day in range(15, 23)]


def test_election_deadlines_are_working_days_of_the_week():
    """Election day is a Sunday, so each offset has its weekday; only the days around the vote may be a weekend."""
    for demand in load_outline("election").demands:
        if demand.offset is not None and demand.offset < -3:
            assert (SUNDAY_ELECTION + timedelta(days=demand.offset)).weekday() < 5, demand.key


def test_teams_are_asked_for_only_when_the_law_has_set_them_up():
    demand = next(demand for demand in load_outline("election").demands if demand.key == "team_contacts")
    assert demand.offset > -43


def test_demands_stand_in_the_order_of_their_dates(outline):
    for section in outline.sections:
        dated = [d.offset for d in outline.demands if d.section == section.key and d.offset is not None]
        assert all(earlier <= later for earlier, later in pairwise(dated)), section.key
    order = [section.key for section in outline.sections]
    places = [order.index(demand.section) for demand in outline.demands]
    assert places == sorted(places)
    assert all(len(section.heading) <= 200 for section in outline.sections)


def test_words_are_of_today(outline):
    for text in texts(outline):
        assert unicodedata.is_normalized("NFC", text)
        assert not GONE.search(text), text
        assert not DRAFTING_LEFTOVERS.search(text), text


def test_bases_invent_no_number(outline):
    assert not any(re.search(r"\d", basis) for basis in outline.bases)


def test_title_takes_the_name_of_the_occasion():
    def title(kind, **when):
        occasion = propose(kind, **when)
        return fill(load_outline(kind).title, occasion=occasion.name, year=occasion.d_day.year)

    assert title("tet", year=2027) == "Kế hoạch bảo đảm thông tin liên lạc dịp Tết Nguyên đán Đinh Mùi năm 2027"
    assert title("national_day", year=2027) == "Kế hoạch bảo đảm thông tin liên lạc dịp Quốc khánh 02/9 năm 2027"
    assert title("election", d_day=SUNDAY_ELECTION) == (
        "Kế hoạch bảo đảm thông tin liên lạc phục vụ bầu cử đại biểu Quốc hội khóa XVI "
        "và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031"
    )


def test_fill_keeps_a_proper_name():
    assert fill("dịp {occasion} ({year})", occasion="Tết", year=2027) == "dịp Tết (2027)"


def test_no_sentence_is_copied_from_the_sample_papers(outline):
    if not CORPUS.is_dir():
        pytest.skip("the sample papers are not on this machine")
    run = 12

    def runs(text):
        words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
        return {" ".join(words[i : i + run]) for i in range(len(words) - run + 1)}

    samples = set()
    for path in CORPUS.glob("*.txt"):
        samples |= runs(path.read_text(encoding="utf-8"))
    # The name of the law is the same in every paper.
    copied = {
        common for text in texts(outline) for common in runs(text) & samples if "quốc hội và đại biểu" not in common
    }
    assert copied == set()


GOOD = """
title = "Kế hoạch {occasion}"
purpose = ["Mục đích."]
requirements = ["Yêu cầu."]
bases = ["Luật"]
organisation = ["Thực hiện."]
sections = [{ key = "before", heading = "Trước" }]
[[demand]]
key = "plan"
section = "before"
text = "Lập phương án."
lead = ["telecom"]
offset = -3
evidence = "document"
must_report = true
"""


def test_a_small_template_is_read():
    demand = read_outline("x", GOOD).demands[0]
    assert (demand.offset, demand.at, demand.repeat, demand.groups) == (-3, None, None, ("telecom",))


def test_daily_between_two_days():
    source = GOOD.replace("offset = -3", 'repeat = { every = "day", from = -2, until = 1, time = "16:00" }')
    demand = read_outline("x", source).demands[0]
    assert (demand.repeat.phase, demand.repeat.first, demand.repeat.last, f"{demand.at:%H:%M}") == (
        None,
        -2,
        1,
        "16:00",
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("offset = -3", "", "either offset or repeat"),
        ("offset = -3", 'offset = -3\nrepeat = { every = "day", phase = "during" }', "either offset or repeat"),
        ("offset = -3", 'repeat = { every = "day" }', "either phase, or from and until"),
        ("offset = -3", 'repeat = { every = "day", from = 2, until = 1 }', "until comes before from"),
        ("offset = -3", 'repeat = { every = "week", phase = "during" }', "every"),
        ("offset = -3", 'repeat = { every = "day", phase = "later" }', "phase"),
        ("offset = -3", 'repeat = { every = "day", phase = "during" }\ntime = "16:00"', "inside repeat"),
        ("offset = -3", 'offset = "-3"', "whole number"),
        ("offset = -3", "offset = true", "whole number"),
        ("offset = -3", 'offset = -3\ntime = "25:00"', "HH:MM"),
        ("offset = -3", "offset = -3\ncolour = 1", "unknown colour"),
        ('"telecom"', '"huyen"', "group"),
        ('["telecom"]', "[]", "nobody leads"),
        ('lead = ["telecom"]', 'lead = ["telecom"]\nsupport = ["telecom"]', "repeated telecom"),
        ('evidence = "document"', 'evidence = "film"', "evidence"),
        ("must_report = true", 'must_report = "yes"', "true or false"),
        ("must_report = true", "", "missing must_report"),
        ('section = "before"', 'section = "after"', "section"),
        ('"Lập phương án."', '" Lập phương án."', "blanks"),
        ('"Lập phương án."', '"Lập phương án {when}."', "placeholder"),
        ('"Lập phương án."', '"Lập phương án {."', "text"),
        ('"Lập phương án."', f'"{unicodedata.normalize("NFD", "Lập phương án.")}"', "NFC"),
        ('title = "Kế hoạch {occasion}"', "", "missing title"),
        ('bases = ["Luật"]', "bases = []", "bases"),
        (
            'sections = [{ key = "before", heading = "Trước" }]',
            'sections = [{ key = "before", heading = "Trước" }, { key = "spare", heading = "Thừa" }]',
            "without demands",
        ),
        ("title", "[[[", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(old, new, complaint):
    with pytest.raises(OutlineError, match=re.escape(complaint)) as refusal:
        read_outline("x", GOOD.replace(old, new, 1))
    assert str(refusal.value).startswith("x: ")


def test_a_repeated_key_is_refused():
    demand = GOOD[GOOD.index("[[demand]]") :]
    with pytest.raises(OutlineError, match="repeated plan"):
        read_outline("x", GOOD + demand)


def test_the_files_are_all_there_is():
    files = {path.stem for path in (ROOT / "plans" / "data" / "outlines").glob("*.toml")}
    assert files == set(KINDS)
    for path in (ROOT / "plans" / "data").rglob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
