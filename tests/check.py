"""The quick gate, two commands at a time: `python -m tests.check`. Shows the output of what fails only."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
GATES = {
    "Django checks as in production": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "missing migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "template lint": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "import contracts": [BIN / "lint-imports"],
    "lint": [BIN / "ruff", "check", "--output-format", "concise", "."],
    "formatting": [BIN / "ruff", "format", "--check", "--output-format", "concise", "."],
}


def production(var_dir):
    """The environment of a real installation, so that `check --deploy` judges what will run."""
    return {
        "VAR_DIR": var_dir,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": "https://thongsuot.example.vn",
        "ALLOWED_HOSTS": "thongsuot.example.vn",
        "CSRF_TRUSTED_ORIGINS": "https://thongsuot.example.vn",
        "TRUSTED_PROXIES": "1",
        "SMTP_HOST": "mail.example.vn",
        "DEBUG": "0",
        "DEMO": "0",
    }


def run(gate, environment):
    name, command = gate
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=BASE,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    lines = [f"  {name:<32} {verdict:<7} {time.monotonic() - started:5.1f} s"]
    if done.returncode:
        lines.append(done.stdout.rstrip())
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    return done.returncode == 0


def check():
    """How many gates refused."""
    with tempfile.TemporaryDirectory() as var_dir, ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        environment = production(var_dir)
        return list(pool.map(lambda gate: run(gate, environment), GATES.items())).count(False)


if __name__ == "__main__":
    sys.exit(1 if check() else 0)
