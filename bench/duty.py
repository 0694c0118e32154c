"""The evening before a province's duty day: 2,240 people told of their shifts; the rosters of 140 units on paper; 200 papers
joined for the printer."""

import io
import json
import resource
import time
from datetime import datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from assignments.duty import ZONE  # noqa: E402
from assignments.models import DutyShift  # noqa: E402
from assignments.pdf import occasion_pdf  # noqa: E402
from assignments.selectors.prints import rosters_to_print  # noqa: E402
from directives.pdf import render_pdf  # noqa: E402
from directives.pdf.join import Part, join  # noqa: E402
from notices.models import Notice  # noqa: E402
from notices.sweeps import remind_duty  # noqa: E402
from tests import make  # noqa: E402
from tests.directives.pdf_papers import LETTER  # noqa: E402
from units.models import Contact  # noqa: E402

UNITS, PEOPLE, PAPERS = 140, 16, 200
EVE = datetime(2027, 3, 14, 18, tzinfo=ZONE)
MORNING = datetime(2027, 3, 15, 7, tzinfo=ZONE)
FACTS = {"layers": ["shift"], "starts_at": MORNING, "ends_at": MORNING + timedelta(hours=12)}


@transaction.atomic
def fill(occasion):
    """Each unit with a focal person, sixteen people on duty, and an accepted roster."""
    for n in range(UNITS):
        unit = make.unit(name=f"Công ty Viễn thông và Hạ tầng số {n:03d}")
        Contact.objects.create(unit=unit, name="Đầu mối", sort_key="x", email=f"{n}@haigiang.example", is_focal=True)
        people = Contact.objects.bulk_create(
            Contact(
                unit=unit,
                name=f"Nguyễn Thị {chr(65 + i)}",
                sort_key="x",
                position="Trưởng ca vận hành khai thác",
                phone="0912345678",
                email=f"{n}-{i}@haigiang.example",
            )
            for i in range(PEOPLE)
        )
        place = "Trung tâm điều hành mạng, phường An Bình"
        shifts = DutyShift.objects.bulk_create(
            DutyShift(unit=unit, contact=one, place=place, status="accepted", in_force=True, **FACTS) for one in people
        )
        make.roster(unit, "accepted", of=occasion, shifts=shifts)


def timed(act):
    start = time.perf_counter()
    made = act()
    return made, round(time.perf_counter() - start, 2)


def resident():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    call_command("migrate", verbosity=0)
    people, occasion = make.cast(), make.occasion(d_day=MORNING.date())
    fill(occasion)
    before = resident()
    _, told = timed(lambda: remind_duty(now=EVE))
    _, again = timed(lambda: remind_duty(now=EVE + timedelta(minutes=1)))
    grown = resident() - before
    said = Notice.objects.filter(key__startswith="shift:").count()
    if said != UNITS * PEOPLE:
        raise SystemExit(f"{said} people were told, not {UNITS * PEOPLE}")
    printed, owing = rosters_to_print(people.leader, occasion, {})
    _, volume = timed(lambda: occasion_pdf(occasion, printed, owing, people.leader, EVE))
    letter = render_pdf(LETTER).pdf
    parts = [Part(str(n), io.BytesIO(letter)) for n in range(PAPERS)]
    pages, joined = timed(lambda: join(parts, io.BytesIO()))
    if pages != 2 * PAPERS:
        raise SystemExit(f"{pages} pages were joined, not {2 * PAPERS}")
    figures = [
        (f"{said} people told of their shifts", told, "s", 5),
        ("the same again, nothing new", again, "s", 5),
        ("memory grown by it", round(grown), "MB", 100),
        (f"rosters of {UNITS} units, {UNITS * PEOPLE} shifts, on paper", volume, "s", 5),
        (f"{PAPERS} papers joined for the printer", joined, "s", 5),
    ]
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
