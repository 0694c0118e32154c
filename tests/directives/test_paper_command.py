"""`read_paper` as the outside sees it: keys, exit codes, one sentence on stderr."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.directives.test_paper_office import letter

KEYS = [
    *("kind", "parent_agency", "agency", "number", "place", "date_iso", "urgency", "subject"),
    *("recipient_label", "recipients", "bases", "items", "deadlines", "signer", "noi_nhan", "findings"),
]
TEXT = "# source: nơi nào đó\nSố: 1/AB-C\nV/v việc\n\nKính gửi: Sở A.\n\n1. Nộp trước ngày 20/01/2026.\n"


def run(file: Path, capsys) -> dict:
    call_command("read_paper", str(file))
    return json.loads(capsys.readouterr().out)


def test_text_file(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    data = run(file, capsys)
    assert list(data) == KEYS
    assert data["recipients"] == ["Sở A"]
    assert data["agency"] is None
    assert data["items"] == [{"label": "1", "heading": None, "text": "Nộp trước ngày 20/01/2026.", "items": []}]
    assert data["deadlines"] == [
        {
            "phrase": "trước ngày 20/01/2026",
            "type": "deadline",
            "due": "2026-01-20",
            "time": None,
            "every": None,
            "item": "1",
        }
    ]
    assert data["signer"] == {"lines": [], "name": None}


def test_word_file(tmp_path, capsys):
    file = tmp_path / "a.docx"
    file.write_bytes(letter())
    assert run(file, capsys)["number"] == "/SKHCN-BCVT"


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.pdf", b"%PDF", ".docx"),
        ("a.txt", b"\xff\xfe\x00x", "UTF-8"),
        ("a.docx", b"x", "Word"),
        ("a.txt", "MẬT\nSố: 1/AB-C\n\nKính gửi: Sở A.".encode(), "mật"),
    ],
    ids=["kind", "encoding", "broken", "secret"],
)
def test_refused_with_one_line(tmp_path, capsys, name, data, word):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(SystemExit) as refusal:
        call_command("read_paper", str(file))
    said = capsys.readouterr()
    assert (refusal.value.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert word in said.err


def test_exit_codes_from_the_shell(tmp_path):
    manage = Path(__file__).parents[2] / "manage.py"

    def exit_code(*args: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, str(manage), "read_paper", *args], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    good = tmp_path / "a.txt"
    good.write_text(TEXT, encoding="utf-8")
    assert exit_code(str(good))[0] == 0
    code, out, err = exit_code(str(tmp_path / "b.txt"))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert exit_code()[0] == 2
