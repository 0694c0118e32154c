"""`check_paper FILE`: the checker's findings, one a line. Public interface; needs no database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directives.management.commands.read_paper import load_checked
from directives.paper import UnreadablePaper


class Command(BaseCommand):
    """Prints `level rule where: message` and exits 0, whatever was found; exits 1 with one sentence on stderr when the
    file is refused, 2 on wrong usage. Rules that need the province's own data stay silent: there is no database."""

    help = "Soát một văn bản (.txt hoặc .docx) theo Nghị định 30/2020/NĐ-CP; mỗi dòng là một phát hiện."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            paper = load_checked(file)
        except UnreadablePaper as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal
        for each in paper.findings:
            message = " ".join(each.message.split())
            self.stdout.write(f"{each.level} {each.rule} {each.where}: {message}")
