"""One Excel sheet of 2,200 rows for the rosters of a province: read, judged and shown, then saved, as a browser would ask."""

import json
import re
import time
from datetime import time as clock
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from assignments.models import DutyShift  # noqa: E402
from assignments.sheet.write import Facts, template  # noqa: E402
from tests import make  # noqa: E402

UNITS, PEOPLE, DAYS = 110, 5, 4
ROWS = UNITS * PEOPLE * DAYS
LAYERS = ["Trực lãnh đạo", "Trực điều hành", "Trực ca", "Trực ứng cứu thông tin", "Trực vận hành"]


def filled(units, first):
    """The sheet as an office fills it in: five people of each unit, nobody known yet, a day at a time."""
    lines = []
    for n, unit in enumerate(units):
        for person in range(PEOPLE):
            for later in range(DAYS):
                day = first + timedelta(days=later)
                lines.append(
                    {
                        "unit": unit.name,
                        "name": f"Nguyễn Văn {chr(65 + person)}{'ăâeêiouư'[n % 8]}",
                        "position": "Nhân viên trực",
                        "layers": LAYERS[person],
                        "starts_day": day,
                        "starts_clock": clock(7),
                        "ends_day": day + timedelta(days=1),
                        "ends_clock": clock(7),
                        "place": "Trung tâm điều hành",
                        "phone": f"09{n:03d}{person}0000"[:10],
                    }
                )
    return template(
        Facts("LỊCH TRỰC", "", "Đợt đo", "", "", units=tuple(unit.name for unit in units), lines=tuple(lines))
    )


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.ALLOWED_HOSTS, settings.DOORBELL = ["testserver"], False
    people, occasion = make.cast(), make.occasion()
    units = [make.unit(name=f"Đơn vị nhập tệp {n:03d}") for n in range(UNITS)]
    data = filled(units, occasion.d_day)
    client, url = Client(), reverse("assignments:rosters_upload", args=[occasion.pk])
    client.force_login(people.head)
    client.get(url)
    start = time.perf_counter()
    page = client.post(url, {"upload": SimpleUploadedFile("lich.xlsx", data)})
    previewed = time.perf_counter() - start
    carried = dict(re.findall(r'name="(carried|seen)" value="([^"]*)"', page.content.decode()))
    start = time.perf_counter()
    saved = client.post(url, carried | {"luu": "1"})
    written = time.perf_counter() - start
    assert saved.status_code == 302, saved.status_code
    assert DutyShift.objects.count() == ROWS, DutyShift.objects.count()
    start = time.perf_counter()
    again = client.post(url, {"upload": SimpleUploadedFile("lich.xlsx", data)})
    assert "không có gì phải lưu" in again.content.decode()
    print(
        json.dumps(
            [
                (f"Excel sheet of {ROWS} rows, preview", round(previewed, 2), "s", 5),
                (f"Excel sheet of {ROWS} rows, saved", round(written, 2), "s", None),
                (f"Excel sheet of {ROWS} rows, same again", round(time.perf_counter() - start, 2), "s", 5),
                (f"Excel sheet of {ROWS} rows, its preview page", round(len(page.content) / 1024), "kB", None),
            ],
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
