"""The demands a paper makes: its numbered items that assign work, each with owner, time and proof as far as printed."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from directives.paper.assigned import assigned_rows
from directives.paper.model import Deadline, Item, Paper
from directives.paper.naming import names_body
from directives.paper.text import fold, lowered
from directives.paper.time import Places, find_deadlines, join_label

_ASSIGNING = (
    re.compile(r"\bphan cong|to chuc thuc hien"),
    re.compile(r"\btrach nhiem"),
    re.compile(r"\bnhiem vu|noi dung (?:cong viec|thuc hien|trien khai)|cong tac trong tam|giai phap"),
)
_AIM = re.compile(r"^muc dich\b")
_BACKGROUND = re.compile(
    r"^(?:muc (?:dich|tieu)|yeu cau|can cu|pham vi|doi tuong|kinh phi|thoi gian|dia diem|thanh phan)(?![a-z])"
)
_SECTIONS = re.compile(r"^(?:[IVXLC]+|[A-Z]|Phần .+|Chương .+|Mục .+)$")
_ASKS = re.compile(
    r"^(?:de nghi|yeu cau|giao|phan cong|chi dao|de|truoc mat|dong thoi|ngoai ra|rieng|doi voi|cac dong chi)\s+",
    re.IGNORECASE,
)
_STOPS = (
    r"báo cáo|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|chủ động|triển khai|thực hiện|chỉ đạo|hướng dẫn|tăng cường|"
    r"tham mưu|theo dõi|khẩn trương|tiếp tục|rà soát|kiểm tra|(?<!bầu )(?<!ứng )cử|bố trí|gửi|lập|đảm bảo|bảo đảm|căn cứ|cập nhật|"
    r"phân công|kịp thời|nghiêm túc|cung cấp|duy trì|huy động|tập trung|đẩy mạnh|quán triệt|thường xuyên|sẵn sàng|nộp|đăng ký|"
    r"hoàn thành|thống kê|tổng hợp|phải|cần|không được|tạo điều kiện|hỗ trợ|"
    r"quan tâm|nghiên cứu|xuất cấp|vận động|chấp hành|phân phối|niêm yết|công bố|xem xét|cho ý kiến|treo|mở\s+cửa|đăng\s+tải|tạm dừng|"
    r"khắc phục|xử lý|giải quyết|trả lời|trình\s+(?:UBND|Ủy ban|Chủ tịch|Giám đốc|cấp)|ký\s+(?:kết|cam kết)|"
    r"ban hành|thành lập|đánh giá|trang bị|ứng trực|ưu tiên|chuẩn bị|sơ tán|"
    r"là\s|định kỳ|hằng\s|cân đối|lắp đặt|giám sát|có nhiệm vụ|"
    r"thông báo\s+(?:cho|đến|rộng rãi|công khai)|vận hành|điều động|xác định|kiện toàn|nâng cao|"
    r"chấn chỉnh|siết chặt|theo\s+(?:chức năng|nhiệm vụ|phân công|thẩm quyền)"
)
_CLEAR_STOP = re.compile(rf"\s(?=(?:{_STOPS})\b)")
_OWNER_STOP = re.compile(
    rf"\s(?=(?:{_STOPS}|tuyên truyền)\b)|(?<!ác)(?<!hững)(?<!ột)(?<!,)\s(?=tổ chức\b)|\s(?=xây dựng\s+(?!Đảng))|(?<!hường)\s(?=trực\s)"
)
_REPORT = re.compile(
    r"\bbáo cáo\s+(?!viên|tài chính|số\s)|\bgửi\s+(?:báo cáo|kết quả|danh sách|về|văn bản)|\btổng hợp,?\s+báo cáo"
    r"|\bgửi\s+(?:[^\W\d_]+,?\s+){1,6}về\s+(?:Sở|UBND|Ủy ban|Văn phòng|Phòng|Trung tâm|Công an|cơ quan|địa chỉ|hộp thư)\b"
    r"|\bthông báo\s+(?:kết quả|danh sách)|\bđăng ký\s+(?:danh sách|về)|\bbáo cáo\s*[.,;]",
    re.IGNORECASE,
)
_EVIDENCE = (
    (
        re.compile(r"\bdanh sách\b[^.;\n]{0,60}\btrực\b|\blịch trực\b|\bdanh sách\b[^.;\n]{0,30}\bđầu mối\b"),
        "roster list",
    ),
    (re.compile(r"\b(?:gửi|nộp|báo cáo|lập|cung cấp|đăng ký)\s+(?:\w+\s+){0,2}danh sách\b", re.I), "roster list"),
    (
        re.compile(
            r"(?<!cơ sở )(?<!để )\b(?:xây dựng|ban hành|lập|gửi)\s+(?:và\s+\w+\s+\w+\s+)?(?:kế hoạch|phương án)\b", re.I
        ),
        "plan",
    ),
)
_MOST_NAMES = 60
_TELLING = ("biên bản", "báo cáo", "tờ trình", "hợp đồng")
_BINDING = ("deadline", "recurring", "relative")
_SENT = re.compile(
    r"\b(?:gửi|nộp|trình)\s+(?:\w+\s+){0,2}(?:kế hoạch|phương án)\b|\b(?:kế hoạch|phương án)\b[^.;\n]{0,60}\b(?:gửi|trình|nộp)\s",
    re.I,
)


@dataclass(frozen=True)
class Demand:
    """One demand. `start` and `end` are its place in `Paper.body`; `label` is empty for an unnumbered paragraph."""

    label: str
    heading: str | None
    text: str
    start: int
    end: int
    addressed: str | None = None
    due_phrase: str | None = None
    deadline: Deadline | None = None
    every: str | None = None
    must_report: bool = False
    evidence_kind: str | None = None


def requirements(paper: Paper) -> list[Demand]:
    """The items of the list that assigns work, else of any section those that set a time; the rows of tables that assign
    work, instead of an item that is nothing else; then paragraphs outside every item that set a time of their own."""
    chosen, prefix = _assigning(paper)
    demands = [_demand(paper, item, join_label(prefix, item.label)) for item in chosen]
    demands = demands or _dated(paper)
    rows = _tabled(paper)
    if rows:
        starts = [row.start for row in rows]
        bare = {(item.start, item.end) for item in chosen if not item.items}
        kept = [each for each in demands if (each.start, each.end) not in bare or not _holds(each, starts)]
        demands = sorted([*kept, *rows], key=lambda each: each.start)
    told = {paper.body.rfind("\n", 0, row.start) + 1 for row in rows}
    loose = [each for each in _loose(paper) if each.start not in told]
    return demands + [each for each in loose if not any(one.start <= each.start < one.end for one in demands)]


def _tabled(paper: Paper) -> list[Demand]:
    """The demands in tables; their deadline stands in another cell of their row."""
    if paper.kind in _TELLING:
        return []
    places = Places(paper.items)
    demands = []
    for row in assigned_rows(paper.body):
        times = [each for each in paper.deadlines if row.row[0] <= each.start < row.row[1]]
        if not times and row.due:
            times = [replace(each, start=row.row[0], end=row.row[1]) for each in find_deadlines(row.due, (), 0)]
        path = places.at(row.start)[0]
        label = join_label(path, row.label) if row.label else path or ""
        demands.append(_build(label, None, row.text, row.start, row.end, row.owner, times))
    return demands


def _holds(demand: Demand, starts: list[int]) -> bool:
    first = bisect_left(starts, demand.start)
    return first < len(starts) and starts[first] < demand.end


def _dated(paper: Paper) -> list[Demand]:
    binding = [each.start for each in paper.deadlines if each.type in _BINDING]
    return [
        _demand(paper, item, join_label(section.label, item.label))
        for section in paper.items
        for item in section.items
        if item.label not in ("-", "+") and any(item.start <= start < item.end for start in binding)
    ]


def _assigning(paper: Paper) -> tuple[list[Item], str | None]:
    """The numbered items at the top, or those of the section that assigns work when the paper has sections, or the
    sections themselves where each names a body. A paper whose first item is its aim has sections, whatever their numbers."""
    items = paper.items
    numbered = [item for item in items if item.label not in ("-", "+")]
    sections = [item for item in numbered if _SECTIONS.match(item.label)]
    if not sections and numbered and _AIM.match(fold(numbered[0].heading or numbered[0].text)):
        sections = numbered
    if not sections:
        return numbered or [item for item in items if _time_words(item) or owner_of(item)], None
    for pattern in _ASSIGNING:
        for section in reversed(sections):
            if section.heading and pattern.search(fold(section.heading)) and section.items:
                inner = [item for item in section.items if item.label not in ("-", "+")]
                return inner or list(section.items), section.label
    bodies = [item for item in sections if item.heading and owner_of(item)]
    if paper.kind not in _TELLING and len(bodies) > 1 and len(bodies) * 2 >= len(sections):
        return bodies, None
    if sections is not numbered:
        return [], None
    asking = [item for item in numbered if not _BACKGROUND.match(fold(item.heading or item.text[:40]))]
    return asking or numbered, None


def _time_words(item: Item) -> bool:
    return bool(_REPORT.search(item.text))


def _demand(paper: Paper, item: Item, label: str) -> Demand:
    text = paper.body[item.start : item.end]
    times = [each for each in paper.deadlines if item.start <= each.start < item.end]
    owner = owner_of(item) or _addressee(paper, item)
    return _build(label, item.heading, text, item.start, item.end, owner, times)


def _addressee(paper: Paper, item: Item) -> str | None:
    """The addressee whose name opens the item, whatever verb follows it."""
    words = _without_ask(item.heading or item.text)
    plain = fold(words[:300])
    for name in sorted(paper.recipients[:_MOST_NAMES], key=len, reverse=True):
        if plain.startswith(fold(name)) and not plain[len(name) : len(name) + 1].isalnum():
            return words[: len(name)]
    return None


def _loose(paper: Paper) -> list[Demand]:
    demands = []
    start = 0
    times = [each for each in paper.deadlines if each.item is None and each.type in _BINDING]
    for paragraph in paper.body.split("\n"):
        end = start + len(paragraph)
        here = [each for each in times if start <= each.start < end]
        if here:
            demands.append(_build("", None, paragraph, start, end, _asked(paragraph), here))
        start = end + 1
    return demands


def _build(
    label: str, heading: str | None, text: str, start: int, end: int, owner: str | None, times: list[Deadline]
) -> Demand:
    """The deadline of a demand is the first that falls due; a cadence stands beside it."""
    due = next((each for each in times if each.type == "deadline"), None)
    often = next((each for each in times if each.type == "recurring"), None)
    first = due or often or next((each for each in times if each.type == "relative"), None)
    reports = bool(_REPORT.search(text))
    return Demand(
        label=label,
        heading=heading,
        text=text,
        start=start,
        end=end,
        addressed=owner,
        due_phrase=first.phrase if first else None,
        deadline=first,
        every=often.every if often else None,
        must_report=reports,
        evidence_kind=_evidence(text, reports),
    )


def proof_in(text: str) -> bool:
    """The text says what is to be filed or reported; a plan that is only to be drawn up is neither."""
    found = _evidence(text, bool(_REPORT.search(text)))
    return found is not None and (found != "plan" or bool(_SENT.search(text)))


def _evidence(text: str, reports: bool) -> str | None:
    lower = lowered(text)
    if "danh sách" in lower or "lịch trực" in lower:
        for pattern, kind in _EVIDENCE[:2]:
            if pattern.search(text):
                return kind
    if reports:
        return "report"
    planned = "kế hoạch" in lower or "phương án" in lower
    return "plan" if planned and _EVIDENCE[2][0].search(text) else None


def owner_of(item: Item) -> str | None:
    """Who must act: a heading that names bodies, else the subject of the first sentence."""
    if item.heading:
        name = _without_ask(item.heading)
        return _CLEAR_STOP.split(name, maxsplit=1)[0] if names_body(name) else None
    return _subject(item.text)


def _asked(text: str) -> str | None:
    """'… Sở … đề nghị <owner> báo cáo …'"""
    found = re.search(r"\b(?:đề nghị|yêu cầu)\s+", text)
    return _subject(text[found.end() :] if found else text)


def _subject(text: str) -> str | None:
    first, *others = re.split(r"[.\n]", text, maxsplit=1)[0].split(";")
    for other in others[:5]:
        if _OWNER_STOP.search(first) or not names_body(other.strip()):
            break
        first = f"{first};{other}"
    sentence = _without_ask(first)
    head, colon, rest = sentence.partition(": ")
    announced = re.match(r"^(?:cac|nhung)? ?\w+(?: \w+)?$", fold(head)) and fold(head).startswith(("cac ", "nhung "))
    if colon and len(head) <= 200 and not announced:
        if not names_body(head):
            sentence = _without_ask(rest)
        elif not _CLEAR_STOP.search(head):
            return head.strip(" ,-")
    found = _OWNER_STOP.search(sentence)
    if not found or found.start() > 200:
        return None
    name = sentence[: found.start()].strip(" ,-:")
    return name if name and names_body(name) and not name.endswith((" để", " cho")) else None


def _without_ask(text: str) -> str:
    while found := _ASKS.match(fold(text[:30])):
        text = text[found.end() :]
    return text.strip(" :.;")
