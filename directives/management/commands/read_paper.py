"""`read_paper FILE`: the paper in a .txt or .docx file as JSON. Public interface; needs no database."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directives.almanac import almanac
from directives.paper import Paper, UnreadablePaper, read, read_docx, secrecy_mark, to_contract
from directives.paper.check import check
from plans.calendar.holidays import known_overrides

MOST_BYTES = 20 * 1024 * 1024


class Command(BaseCommand):
    """Prints JSON and exits 0; exits 1 with one sentence on stderr when refused, 2 on wrong usage."""

    help = "Đọc một văn bản (.txt hoặc .docx) và in nội dung dưới dạng JSON."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            paper = load_checked(file)
        except UnreadablePaper as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal
        json.dump(to_contract(paper), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")


def load_checked(file: Path) -> Paper:
    """The paper of a file with the checker's findings; a paper that bears a mark of secrecy is refused."""
    text = load_text(file)
    mark = secrecy_mark(text)
    if mark:
        raise UnreadablePaper(
            f"Văn bản mang dấu độ mật “{mark}”: không được đưa vào hệ thống này; "
            "hãy xử lý theo quy định về bảo vệ bí mật nhà nước."
        )
    paper = read(text)
    return replace(paper, findings=tuple(check(paper, calendar=almanac(known_overrides()))))


def load_text(file: Path) -> str:
    """The text of a paper's file, without a first line that only names its source."""
    if file.suffix.lower() == ".docx":
        return read_docx(file)
    if file.suffix.lower() != ".txt":
        raise UnreadablePaper("Chỉ đọc được tệp .txt hoặc .docx.")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadablePaper("Tệp quá lớn nên không được mở.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadablePaper(f"Không mở được tệp {file.name}.") from error
    except UnicodeDecodeError as error:
        raise UnreadablePaper("Tệp văn bản không ở bảng mã UTF-8; hãy lưu lại ở bảng mã UTF-8.") from error
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# source:") else text
