"""How fast a plan is read and checked as its author types: 25 kB, warm, everything known that the rules may ask for."""

import statistics
import time
from datetime import date

from directives.almanac import almanac
from directives.paper import read
from directives.paper.check import check
from plans.calendar.holidays import known_overrides
from tests.directives.check_models import PLAN
from tests.directives.check_pairs import PROVINCE

BAR_MS = 50.0
BAR_ANY_S = 2.0
# Shapes of text that cost most by the megabyte: lines of one letter, items, dates, addressees, signatures, one long line,
# tables, notes, annexes.
SHAPES = (
    *("1\n\n", "Năm\n", "a) b\n", "ngày 1 tháng 1 ", "Kính gửi: Sở A;\n", "- Như trên;\tKT. GIÁM ĐỐC\n"),
    *(
        "báo cáo hằng ngày trước 16 giờ từ ngày 1 đến ",
        "CỘNG HÒA\n",
        "| a | b |\n",
        "trước ngày 1/1/2026; ",
        "Điều 1. Việc\n",
        "a\tb\tc\n",
        "a[1] b\n[1] c\n",
        "Phụ lục II\nDANH SÁCH\n(Kèm theo)\n",
    ),
)
SIZE = 25_000
_TASK = (
    "{n}. Phòng Bưu chính, Viễn thông chủ trì kiểm tra trạm số {n} tại xã Hải Đông, đo mức tín hiệu, nguồn điện dự phòng, "
    "đường truyền; phối hợp với doanh nghiệp viễn thông khắc phục hư hỏng theo Quyết định số {n}/QĐ-SKHCN ngày 04/12/2025 của "
    "Sở Khoa học và Công nghệ về kiểm định; báo cáo kết quả cho Giám đốc Sở trước ngày {day:02d}/02/2026.\n\n"
)


def plan(size: int = SIZE) -> str:
    """A correct plan of about that many bytes: the model's, with more and more to do."""
    start, end = PLAN.index("1. Phòng Bưu chính"), PLAN.index("./.\n\nNơi nhận")
    tasks, number = "", 0
    while len((PLAN + tasks).encode()) < size:
        number += 1
        tasks += _TASK.format(n=number, day=3 + number % 4)
    last = f"{number + 1}. Các doanh nghiệp viễn thông báo cáo kết quả về Sở trước ngày 06/02/2026"
    return f"{PLAN[:start]}{tasks}{last}{PLAN[end:]}"


def run(*, times: int = 40) -> list[tuple[str, float, str, float]]:
    """Name, value, unit and bar (at most) of each figure."""
    text = plan()
    known = {"registry": PROVINCE, "calendar": almanac(known_overrides()), "today": date(2026, 1, 5)}
    spent = []
    for _ in range(times + 3):
        start = time.perf_counter()
        check(read(text), **known)
        spent.append(1000 * (time.perf_counter() - start))
    size = round(len(text.encode()) / 1000)
    slowest = max(_read_megabyte(shape) for shape in SHAPES)
    anything = (f"read 1 MB of any text, the slowest of {len(SHAPES)} shapes", round(slowest, 2), "s", BAR_ANY_S)
    return [
        (f"read + check a {size} kB plan, warm, median", round(statistics.median(spent[3:]), 1), "ms", BAR_MS),
        anything,
    ]


def _read_megabyte(shape: str) -> float:
    """Seconds of processor time: what else the machine does is not the reader's."""
    text = (shape * (1_000_000 // len(shape.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")
    start = time.process_time()
    read(text)
    return time.process_time() - start
