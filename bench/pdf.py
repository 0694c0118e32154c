"""How fast and how lean papers are printed: a two-page công văn in a process of its own, warm, many times over; the same written
for Word, and for comparison the same made a PDF by LibreOffice, in the same run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import django

from directives.docx import render_docx
from directives.pdf import render_pdf
from directives.pdf.pages import picture
from tests.directives.docx_file import SOFFICE, by_office
from tests.directives.pdf_page import Printed
from tests.directives.pdf_papers import LETTER

ROOT = Path(__file__).resolve().parent.parent
MEDIAN_BAR_MS = 250.0
MEMORY_BAR_MB = 250.0
WARM_UP = 3
ALONE, TOGETHER = 5, 20


def run(*, papers: int = 500) -> list[tuple[str, float, str, float]]:
    """Name, value, unit and bar (at most) of each figure. About a minute; `papers=100` for a quick look."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "bench.pdf", str(papers)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    found = [
        ("two-page công văn to PDF, warm, median", figures["median"], "ms", MEDIAN_BAR_MS),
        (f"resident after {papers} papers", figures["resident"], "MB", MEMORY_BAR_MB),
        ("the same to Word, warm, median", figures["word"], "ms", None),
        ("a page of it as a picture for the screen, median", figures["picture"], "ms", None),
    ]
    if "alone" not in figures:
        print("LibreOffice is not installed: nothing to compare with", file=sys.stderr)
        return found
    return [
        *found,
        ("the same from Word to PDF by LibreOffice, a process each, median", figures["alone"], "ms", None),
        (f"the same by LibreOffice, {TOGETHER} in one process, each", figures["together"], "ms", None),
    ]


def measure(papers: int) -> dict[str, float]:
    """Prints `papers` different two-page papers here; milliseconds and megabytes."""
    django.setup()
    letters = [replace(LETTER, number=f"{at + 1}/SKHCN-BCVT", date_iso="2026-11-22") for at in range(papers + WARM_UP)]
    spent = []
    for letter in letters:
        start = time.perf_counter()
        rendered = render_pdf(letter)
        spent.append(1000 * (time.perf_counter() - start))
        two_pages(rendered.pages)
    figures = {"median": round(statistics.median(spent[WARM_UP:]), 1), "resident": round(resident_mb(), 1)}
    written, spent = [], []
    for letter in letters:
        start = time.perf_counter()
        written.append(render_docx(letter))
        spent.append(1000 * (time.perf_counter() - start))
    figures["word"] = round(statistics.median(spent[WARM_UP:]), 1)
    figures["picture"] = pictured(rendered.pdf)
    return figures | (compare(written) if SOFFICE else {})


def pictured(pdf: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path, spent = Path(folder) / "filed.pdf", []
        path.write_bytes(pdf)
        for _ in range(20):
            start = time.perf_counter()
            picture(path, "application/pdf", 1, drawn=True)
            spent.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(spent), 1)


def compare(written: list[bytes]) -> dict[str, float]:
    """LibreOffice with a warm profile: one file a process, then many at once, in milliseconds a paper."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_office({"first": written[0]}, folder)
        spent = []
        for docx in written[:ALONE]:
            start = time.perf_counter()
            done = by_office({"alone": docx}, folder)
            spent.append(1000 * (time.perf_counter() - start))
            two_pages(len(Printed(done["alone"]).sizes))
        start = time.perf_counter()
        by_office({f"paper-{at}": docx for at, docx in enumerate(written[:TOGETHER])}, folder)
        together = 1000 * (time.perf_counter() - start) / TOGETHER
    return {"alone": round(statistics.median(spent)), "together": round(together)}


def two_pages(pages: int) -> None:
    if pages != 2:
        raise SystemExit(f"the letter has {pages} pages, not 2")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
