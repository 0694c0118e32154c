"""`render_paper FILE --out X.pdf` (or `X.docx`): a paper in the form of NĐ 30/2020. Public interface; needs no database."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand, CommandParser

from directives.docx import render_docx
from directives.management.commands.read_paper import MOST_BYTES, load_text
from directives.paper import Paper, UnreadablePaper, read, secrecy_mark
from directives.paper.annexes import annex_text
from directives.paper.rebuild import MalformedContract, from_contract
from directives.pdf import UnprintableText, render_pdf

WRITERS: dict[str, Callable[[Paper], bytes]] = {
    ".pdf": lambda paper: render_pdf(paper).pdf,
    ".docx": render_docx,
}


class Command(BaseCommand):
    """Exits 0; 1 with one sentence on stderr when the paper is refused, 2 on wrong usage. A refusal writes nothing."""

    help = (
        "In một văn bản (.txt, .docx hoặc .json của read_paper) thành tệp PDF hoặc Word theo Nghị định 30/2020/NĐ-CP."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--out", metavar="X.pdf", type=Path, required=True, help="tệp .pdf hoặc .docx sẽ ghi")

    def handle(self, *, file: Path, out: Path, **options: object) -> None:
        write = WRITERS.get(out.suffix.lower())
        if write is None:
            self._refuse("Tệp ghi ra (--out) phải có đuôi .pdf hoặc .docx.", code=2)
        try:
            write_whole(out, write(load_paper(file)))
        except (UnreadablePaper, MalformedContract, UnprintableText) as refusal:
            self._refuse(str(refusal))
        except OSError:
            self._refuse(f"Không ghi được tệp {out}: thư mục không có, đã đầy hoặc không cho ghi.")

    def _refuse(self, sentence: str, code: int = 1) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(code)


def load_paper(file: Path) -> Paper:
    """Reads .txt, .docx or .json; refuses secret papers on sight and files that hold no paper."""
    if file.suffix.lower() == ".json":
        paper = from_contract(load_json(file))
        mark = next(filter(None, map(secrecy_mark, _texts(paper))), None)
    else:
        text = load_text(file)
        paper, mark = read(text), secrecy_mark(text)
    if mark:
        raise UnreadablePaper(
            f"Văn bản mang dấu độ mật “{mark}”: không được đưa vào hệ thống này; "
            "hãy xử lý theo quy định về bảo vệ bí mật nhà nước."
        )
    if not (paper.body or paper.subject):
        raise UnreadablePaper("Tệp không có trích yếu và nội dung nào để in.")
    return paper


def _texts(paper: Paper) -> Iterator[str]:
    """What may bear a mark at its head: the paper, and each annex."""
    head = (paper.parent_agency, paper.agency, paper.number, paper.urgency, paper.kind, paper.subject)
    yield "\n".join(filter(None, (*head, *paper.recipients, paper.body)))
    for annex in paper.annexes:
        yield annex_text((annex,))


def load_json(file: Path) -> object:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadablePaper("Tệp quá lớn nên không được mở.")
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UnreadablePaper(f"Không mở được tệp {file.name}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadablePaper(f"Tệp {file.name} không phải là JSON đọc được.") from error


def write_whole(out: Path, content: bytes) -> None:
    """The file appears complete or not at all."""
    draft = out.with_name(f".{out.name}.tmp")
    draft.write_bytes(content)
    draft.replace(out)
