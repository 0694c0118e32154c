"""For an inspector: the history of a period as a zip archive that proves itself without this product."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.services.exports import export_history


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(f"“{text}” không phải ngày dạng 2026-01-31.") from wrong


class Command(BaseCommand):
    """Writes the file, and a line of history that it was written. Refuses to overwrite a file."""

    help = "Xuất nhật ký xử lý của một thời gian cùng chuỗi niêm phong, kèm chương trình kiểm chứng."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="since", type=day, required=True, help="ngày đầu, ví dụ 2026-01-01")
        parser.add_argument("--to", dest="until", type=day, required=True, help="ngày cuối, kể cả ngày đó")
        parser.add_argument("--out", type=Path, required=True, help="tệp .zip sẽ tạo")

    def handle(self, *args, since, until, out, **options):
        try:
            with out.open("xb") as target:
                count = export_history(target, actor=None, now=timezone.now(), since=since, until=until)
        except OSError as refused:
            raise CommandError(f"Không tạo được tệp {out}: {refused.strerror}.") from refused
        except ValidationError as refusal:
            out.unlink()
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Đã xuất {count} dòng vào {out}. Kiểm chứng: python3 kiem_chung.py {out}")
