"""How fast and how lean papers are printed: a two-page công văn in a process of its own, warm, many times over."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import django

from directives.pdf import render_pdf
from tests.directives.pdf_papers import LETTER

ROOT = Path(__file__).resolve().parent.parent
MEDIAN_BAR_MS = 250.0
MEMORY_BAR_MB = 250.0
WARM_UP = 3


def run(*, papers: int = 500) -> list[tuple[str, float, str, float]]:
    """Name, value, unit and bar (at most) of each figure. About a minute; `papers=100` for a quick look."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "bench.pdf", str(papers)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    return [
        ("two-page công văn to PDF, warm, median", figures["median"], "ms", MEDIAN_BAR_MS),
        (f"resident after {papers} papers", figures["resident"], "MB", MEMORY_BAR_MB),
    ]


def measure(papers: int) -> dict[str, float]:
    """Prints `papers` different two-page papers here; milliseconds and megabytes."""
    django.setup()
    spent = []
    for number in range(papers + WARM_UP):
        paper = replace(LETTER, number=f"{number + 1}/SKHCN-BCVT", date_iso="2026-11-22")
        start = time.perf_counter()
        rendered = render_pdf(paper)
        spent.append(1000 * (time.perf_counter() - start))
        if rendered.pages != 2:
            raise SystemExit(f"the letter has {rendered.pages} pages, not 2")
    return {"median": round(statistics.median(spent[WARM_UP:]), 1), "resident": round(resident_mb(), 1)}


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
