"""Where a line may end: headings are broken by sense and evenly, numbers and dates of the body never in two."""

import re

from directives.pdf.fonts import width

BOUND = re.compile(
    r"(?i:(?<=\bnăm)|(?<=\bngày)|(?<=\btháng)|(?<=\bsố)|(?<=\bkhóa)|(?<=\bkỳ)|(?<=\bthứ)|(?<=\blần)) (?=[\dIVX])"
    r"|(?<=\d) (?=[-–] ?\d)|(?<=\d [-–]) (?=\d)"
)
# A line does not end on a word that leads on, nor inside the commonest compounds of such titles.
LEADING = re.compile(r"và|của|về|các|những|trong|cho|với|tại|từ|đến|ở|bằng|theo|là|do|một|số|không|tỉnh|xã|phường|sở")
COMPOUND = re.compile(
    "an ninh|an toàn|ban hành|báo cáo|bảo đảm|bầu cử|bưu chính|chỉ đạo|chỉ huy|chuyển đổi|chương trình|công an|công nghệ"
    "|công tác|đại biểu|đảm bảo|đặc khu|địa bàn|doanh nghiệp|đổi mới|giám sát|hạ tầng|hội đồng|kế hoạch|khoa học|kiểm tra"
    "|liên lạc|mạng lưới|nguyên đán|nhân dân|nhiệm kỳ|nhiệm vụ|phối hợp|phục vụ|phương án|quân sự|quản lý|quốc gia|quốc hội"
    "|quốc khánh|rà soát|sẵn sàng|sáng tạo|tăng cường|thành lập|thành phố|thiên tai|thông báo|thông suốt|thông tin"
    "|thực hiện|tình hình|tình huống|tổ chức|triển khai|trọng tâm|trung tâm|truyền thông|ứng cứu|ứng phó|ủy ban|vận hành"
    "|viễn thông|việt nam|xử lý"
)
# An official number with its "số", a day, an hour, a span of years, a telephone number, a cited article: each on one line.
WHOLE = re.compile(
    r"(?:\bsố )?(?<![^\s(“\"])[\dA-ZĐ][\w.-]{0,12}/(?:[\w/-]|\.(?=\w)){1,18}(?![\w/-])"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{4})?(?![\w/-])|\b\d{1,2} giờ(?: \d{2})?(?: phút)?\b"
    r"|\b\d{4} [-–] \d{4}\b|\b0\d{2,4}(?: \d{1,4}){2,3}\b"
    r"|\b(?:Điều|khoản|Phụ lục|Chương|Phần|Quý|quý|ngày|tháng|năm) (?:\d{1,4}|[IVX]{1,5})\b(?!/)"
)
# The last word of a paragraph is seldom left alone: a short one takes the word before it along.
LAST = re.compile(r"(?<=\s)\S{1,9} \S{1,7}$")
ONE_LINE = 60
LONGEST_HEADING = 8


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut into parts, each with whether it must stay on one line."""
    parts, at = [], 0
    for match in WHOLE.finditer(text):
        parts += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    last = LAST.search(text, at) if len(text) > ONE_LINE else None
    if last:
        parts += [(text[at : last.start()], False), (last[0], True)]
        at = len(text)
    return [part for part in [*parts, (text[at:], False)] if part[0]]


def wrap(text: str, style: str, size: float, room: float) -> list[str]:
    """Break a centred heading into as few lines as `room` points allow, even in length and cut where it reads well."""
    words = BOUND.sub("\u00a0", text).split(" ")
    widths = [width(word, style, size) for word in words]
    space = width(" ", style, size)
    count = _fewest(widths, space, room)
    if count == 1 or count > LONGEST_HEADING:
        return [" ".join(words)]
    ends = _cut(words, widths, space, room, count)
    return [" ".join(words[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _fewest(widths: list[float], space: float, room: float) -> int:
    count, used = 1, 0.0
    for wide in widths:
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        used += wide + (space if used else 0)
    return count


def _cut(words: list[str], widths: list[float], space: float, room: float, count: int) -> list[int]:
    """Ends of the `count` lines that cost least: the square of each line's width, more where the cut reads badly."""
    costs: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        further: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in costs.items():
            used = -space
            for end in range(start + 1, len(words) + 1):
                used += space + widths[end - 1]
                if used > room and end > start + 1:
                    break
                total = cost + used**2 + (_awkward(words, end) * room) ** 2
                if end not in further or total < further[end][0]:
                    further[end] = total, [*ends, end]
        costs = further
    return costs[len(words)][1]


def _awkward(words: list[str], end: int) -> float:
    if end == len(words):
        return 0.0
    last, following = words[end - 1].casefold(), words[end].casefold().rstrip(",.;:")
    if LEADING.fullmatch(last):
        return 0.6
    return 0.5 if COMPOUND.fullmatch(f"{last} {following}") else 0.0
