"""`make bench`: one line per figure, on both engines, held against the bars of the design; writes bench/latest.json.

`python -m bench quick` takes smaller samples. Figures are of this machine at this moment; a bar missed is said, not hidden.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import check, lighthouse, live, pdf, redline
from config.postgres import private_cluster

ROOT = Path(__file__).resolve().parent.parent
LATEST = ROOT / "bench" / "latest.json"
PARTS = ["bench.pages", "bench.sheet", "bench.imports", "bench.duty", "bench.search", "bench.history", "bench.load"]


def measure_engine(engine, quick):
    """The figures of every part on one engine, each part in a process of its own with a folder and database of its own."""
    figures = []
    for part in PARTS:
        with tempfile.TemporaryDirectory(prefix="thong-suot-bench-") as folder, database(engine) as url:
            environment = {
                name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
            }
            environment |= {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "VAR_DIR": folder,
                "MFA_REQUIRED": "none",
                **url,
            }
            if quick:
                environment["BENCH_QUICK"] = "1"
            done = subprocess.run(
                [sys.executable, "-m", part], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
            )
            if done.returncode:
                raise SystemExit(f"{part} on {engine} failed; see above")
        figures += [[f"{name}, {engine}", *rest] for name, *rest in json.loads(done.stdout.splitlines()[-1])]
    return figures


@contextlib.contextmanager
def database(engine):
    """The environment that points at a fresh database of the engine."""
    if engine == "SQLite":
        yield {}
    else:
        with private_cluster(durable=True) as url:
            yield {"DATABASE_URL": url}


def main():
    quick = "quick" in sys.argv[1:]
    figures = [list(figure) for figure in [*check.run(), *redline.run(), *pdf.run(papers=100 if quick else 500)]]
    show(figures)
    for engine in ("SQLite", "PostgreSQL"):
        found = measure_engine(engine, quick)
        show(found)
        figures += found
    seen = [*live.figures(), *lighthouse.figures()]
    show(seen)
    figures += [list(figure) for figure in seen]
    LATEST.write_text(
        json.dumps(
            {
                "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "cores": os.cpu_count(),
                "figures": [dict(zip(("name", "value", "unit", "bar"), figure, strict=True)) for figure in figures],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
    print(f"written to {LATEST.relative_to(ROOT)}")


def show(figures):
    """A bar is "at most", a negative one "at least"."""
    for name, value, unit, bar in figures:
        met = "" if bar is None else " ok" if (value <= bar if bar > 0 else value >= -bar) else " MISSED"
        word = "" if bar is None else f"  (bar {'≤' if bar > 0 else '≥'} {abs(bar):g}{met})"
        print(f"{name:<78} {value:>9g} {unit}{word}", flush=True)


if __name__ == "__main__":
    main()
