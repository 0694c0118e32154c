"""Search over 100,000 papers, as the list of papers and the page that looks everywhere ask it: accented or not, rare words and
common ones, any order. Each paper has a demand and each demand an assignment to one of 2,000 units with their people."""

import json
import random
import statistics
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from assignments.models import Assignment  # noqa: E402
from directives.models import Dispatch, Requirement  # noqa: E402
from directives.services.drafting import search_key_of  # noqa: E402
from tests import make  # noqa: E402
from units.models import Contact  # noqa: E402
from units.states import UnitKind  # noqa: E402
from units.text import fold  # noqa: E402

PAPERS = 100_000
TIMES = 6
P95_BAR_MS = 100.0
WHAT = [
    "bảo đảm",
    "rà soát",
    "kiểm tra",
    "tăng cường",
    "triển khai",
    "báo cáo",
    "phối hợp",
    "hướng dẫn",
    "đôn đốc",
    "chấn chỉnh",
]
WHICH = [
    "thông tin liên lạc",
    "hạ tầng viễn thông",
    "mạng truyền số liệu chuyên dùng",
    "an toàn thông tin",
    "dịch vụ bưu chính",
    "truyền hình cáp",
    "trạm thu phát sóng",
    "cáp treo trên cột điện",
    "lịch trực 24/24 giờ",
    "phương án ứng cứu thông tin",
]
WHEN = [
    "bầu cử đại biểu Quốc hội",
    "Tết Nguyên đán",
    "Quốc khánh 02/9",
    "mùa mưa bão",
    "đại hội đảng bộ",
    "diễn tập phòng thủ",
    "lễ hội văn hóa",
    "kỳ thi tốt nghiệp",
    "hội nghị xúc tiến đầu tư",
    "bão số",
]
FIRST = [
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Giang",
    "Hải",
    "Hòa",
    "Kim",
    "Long",
    "Mỹ",
    "Ninh",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Thủy",
]
FIRST += ["Trung", "Tường", "Vĩnh", "Xuân", "Yên", "Bắc", "Nam", "Tây", "Thượng", "Hạ", "Ea", "Krông", "Mường", "Nậm"]
FIRST += ["Pa", "Tà", "Thanh", "Thịnh", "Tiên", "Trà", "Triệu", "Vạn", "Việt", "Hưng"]
SECOND = [f"{name} {part}" for name in FIRST[:25] for part in ("Thượng", "Hạ")]
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"]
ASKED_EVERYWHERE = ["t", "xa hai an thuong", "an thuong ra soat ha tang", "Nguyễn Văn Hải", "so 4", "bau cu hai"]
ASKED = [
    "kế hoạch bầu cử",
    "ke hoach bau cu",
    "12345",
    "SKHCN-BCVT",
    "cử bầu viễn thông",
    "bão số 7",
    "hoà mạng",
    "treo cap cot dien",
    "truc 24/24",
    "thong tin",
]


def fill(people):
    now, chance = timezone.now(), random.Random(7)
    drafts = []
    for n in range(PAPERS):
        subject = (
            f"{chance.choice(WHAT)} {chance.choice(WHICH)} phục vụ {chance.choice(WHEN)} {chance.randrange(1, 400)}"
        )
        paper = Dispatch(
            kind=chance.choice(["công văn", "kế hoạch", "công điện", "thông báo"]),
            subject=subject,
            body="1. Thực hiện.",
            place="Hải Giang",
            symbol="SKHCN-BCVT",
            issuer=people.department,
            division=people.division,
            author=people.specialist,
            authority=people.authority,
            created_at=now,
            signed_by=people.leader,
            signer_name=people.leader.full_name,
            signed_at=now,
            signing_way="hand",
            status="numbered",
            number=n + 1,
            year=now.year,
            issued_on=now.date(),
        )
        paper.search_key = search_key_of(paper)
        drafts.append(paper)
    papers = Dispatch.objects.bulk_create(drafts, batch_size=2000)
    demands = Requirement.objects.bulk_create(
        (
            Requirement(dispatch=paper, order=1, label="1", text=text, search_key=fold(text))
            for paper in papers
            for text in [f"{chance.choice(WHAT)} {chance.choice(WHICH)}, báo cáo trước {chance.choice(WHEN)}"]
        ),
        batch_size=2000,
    )
    units = [make.unit(UnitKind.COMMUNE, f"Ủy ban nhân dân xã {one} {two}") for one in FIRST for two in SECOND]
    names = [f"{one} {two} {three}" for one in FAMILY for two in ("Văn", "Thị") for three in FIRST]
    Contact.objects.bulk_create(
        Contact(unit=unit, name=name, sort_key=fold(name), search_key=fold(name))
        for n, unit in enumerate(units)
        for name in [names[n % len(names)]]
    )
    Assignment.objects.bulk_create(
        (
            Assignment(
                requirement=demand,
                dispatch_id=demand.dispatch_id,
                unit=units[n % len(units)],
                given_by=people.specialist,
                armed_at=now,
                moved_at=now,
            )
            for n, demand in enumerate(demands)
        ),
        batch_size=2000,
    )


def ask(client, address, asked):
    """{words: milliseconds of each answer but the first}"""
    spent = {}
    for words in asked:
        for turn in range(TIMES):
            start = time.perf_counter()
            answer = client.get(address, {"q": words})
            took = 1000 * (time.perf_counter() - start)
            if answer.status_code != 200:
                raise SystemExit(f"{words}: {answer.status_code}")
            if turn:
                spent.setdefault(words, []).append(took)
    return spent


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.ALLOWED_HOSTS, settings.DOORBELL = ["testserver"], False
    people = make.cast()
    fill(people)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(people.specialist)
    figures = []
    for what, address, asked in (
        ("search in 100,000 papers, whole page", "directives:dispatch_list", ASKED),
        ("search in everything, whole page", "reports:search", ASKED + ASKED_EVERYWHERE),
    ):
        spent = ask(client, reverse(address), asked)
        every = sorted(took for each in spent.values() for took in each)
        slow = max(spent, key=lambda words: statistics.median(spent[words]))
        figures += [
            (f"{what}, p95", round(every[int(0.95 * len(every))], 1), "ms", P95_BAR_MS),
            (f"  the slowest words ({slow}), median", round(statistics.median(spent[slow]), 1), "ms", None),
        ]
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
