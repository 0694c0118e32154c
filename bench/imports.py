"""The address book from one file of 2,200 rows: previewed, saved, read again, exported, as a browser would ask."""

import json
import re
import time
import tracemalloc

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests import make  # noqa: E402
from units.models import Contact, Unit, UnitEntry  # noqa: E402
from units.sheets.columns import CONTACTS, UNITS  # noqa: E402
from units.sheets.template import template, xlsx_file  # noqa: E402
from units.states import UnitKind  # noqa: E402

UNIT_ROWS, PEOPLE = 1100, 1100
ABOVE = "Ủy ban nhân dân tỉnh Hải Giang"
ROWS, MANY = UNIT_ROWS + PEOPLE, 10_000


def filled(position):
    """A hundred thousand inhabitants' worth of communes, each with its focal person."""
    units = [
        ["", f"{n + 10:05d}", "", "", f"Ủy ban nhân dân xã Đo Tốc độ {n:04d}", "", UnitKind.COMMUNE.label, ABOVE]
        for n in range(UNIT_ROWS)
    ]
    for n, row in enumerate(units):
        row.extend(["", f"Số {n} đường Bến Cảng", "", f"xa{n}@haigiang.example", None, None])
    people = [
        [f"Ủy ban nhân dân xã Đo Tốc độ {n % UNIT_ROWS:04d}", "", f"Nguyễn Thị {'ĂÂĐÊÔƠƯ'[n % 7]}nh", position]
        for n in range(PEOPLE)
    ]
    for n, row in enumerate(people):
        row.extend([f"09{n:08d}", f"n{n}@haigiang.example", "Có"])
    return template([UNITS, CONTACTS], {UNITS.key: units, CONTACTS.key: people})


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settings.ALLOWED_HOSTS, settings.DOORBELL = ["testserver"], False
    people = make.cast()
    client, url = Client(), reverse("units:import_file")
    client.force_login(people.head)
    client.get(url)
    figures = []

    def timed(words, ask, bar=None):
        start = time.perf_counter()
        answer = ask()
        figures.append((f"Address book of {words}", round(time.perf_counter() - start, 2), "s", bar))
        return answer

    def preview(data):
        page = client.post(url, {"upload": SimpleUploadedFile("danh-ba.xlsx", data)})
        return dict(re.findall(r'name="(carried|seen)" value="([^"]*)"', page.content.decode())), page

    for position, words in (("Phó Chủ tịch", "new"), ("Chủ tịch", "half of them changed")):
        data, before = filled(position), UnitEntry.objects.count()
        carried, page = timed(f"{ROWS} rows, {words}: preview", lambda data=data: preview(data), 5)
        saved = timed(f"{ROWS} rows, {words}: saved", lambda sent=carried: client.post(url, sent | {"luu": "1"}), 5)
        assert saved.status_code == 302, page.content.decode()[-3000:]
        assert UnitEntry.objects.count() == before + 1 + (ROWS if words == "new" else PEOPLE)
    _, page = timed(f"{ROWS} rows, the same again: preview", lambda: preview(data), 5)
    assert "không có gì phải lưu" in page.content.decode()
    unit = Unit.objects.order_by("pk").last()
    Contact.objects.bulk_create(
        Contact(unit=unit, name="Người Đo", sort_key="x", search_key="x", phone="0912345678") for _ in range(MANY)
    )
    rows = timed(
        f"{MANY} people and more, exported",
        lambda: b"".join(client.get(reverse("units:contact_export")).streaming_content),
    )
    tracemalloc.start()
    xlsx_file(
        CONTACTS, (["Đơn vị", "", "Người", "", "", "", "", None, None, ""] for _ in range(len(rows) and MANY))
    ).close()
    figures.append(
        ("Memory of writing 10000 rows as .xlsx", round(tracemalloc.get_traced_memory()[1] / 1e6, 1), "MB", 20)
    )
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
