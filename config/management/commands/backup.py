"""`manage.py backup make | prove [FILE] | restore FILE [--replace] | list`: exit 0, or 1 with one sentence."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from config.backup import keeping, restoring
from config.backup.archive import FILES, Refusal


def files_in(manifest):
    return sum(name.startswith(FILES) for name in manifest.members)


class Command(BaseCommand):
    help = "Sao lưu và khôi phục toàn bộ dữ liệu: cơ sở dữ liệu cùng tệp đính kèm."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("make", help="sao lưu, rồi thử khôi phục bản vừa lập vào cơ sở dữ liệu tạm")
        proof = acts.add_parser("prove", help="thử khôi phục một bản (mặc định: bản mới nhất) vào cơ sở dữ liệu tạm")
        proof.add_argument("file", nargs="?", type=Path)
        back = acts.add_parser("restore", help="khôi phục từ một bản sao lưu; phần mềm phải dừng")
        back.add_argument("file", nargs="?", type=Path)
        back.add_argument("--replace", action="store_true", help="thay dữ liệu hiện có (được giữ lại dưới tên khác)")
        acts.add_parser("list", help="liệt kê các bản sao lưu")

    def handle(self, *args, act, file=None, replace=False, **options):
        now = timezone.now()
        try:
            if act == "make":
                self.make(now)
            elif act == "prove":
                self.prove(file, now)
            elif act == "restore":
                self.restore(file, replace, now)
            else:
                for path in keeping.archives():
                    self.stdout.write(keeping.describe(path))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(f"Cơ sở dữ liệu báo lỗi: {' '.join(str(error).split())}") from error
        except OSError as error:
            raise CommandError(f"Máy chủ báo lỗi khi đọc hoặc ghi tệp: {error}") from error

    def make(self, now):
        path, manifest = keeping.make_backup(now=now)
        size = path.stat().st_size / 1024**2
        self.stdout.write(f"Đã sao lưu: {path} ({size:,.1f} MB, {files_in(manifest)} tệp đính kèm)")
        if manifest.lost:
            names = ", ".join(manifest.lost[:5])
            self.stderr.write(f"CẢNH BÁO: {len(manifest.lost)} tệp bị mất hoặc bị thay đổi trên máy chủ: {names}")
        keeping.prove(path, now=now)
        self.stdout.write("Đã khôi phục thử bản này vào cơ sở dữ liệu tạm: đủ dòng, đủ tệp.")

    def prove(self, file, now):
        path = file or next(iter(keeping.archives()), None)
        if path is None:
            raise Refusal("Chưa có bản sao lưu nào.")
        manifest = keeping.prove(path, now=now)
        rows = sum(manifest.counts.values())
        self.stdout.write(f"{path.name} khôi phục được: {rows} dòng, {files_in(manifest)} tệp đính kèm.")

    def restore(self, file, replace, now):
        if file is None:
            raise Refusal("Hãy ghi tên bản sao lưu: make restore FILE=… (danh sách: manage.py backup list).")
        manifest, aside = restoring.restore(file, now=now, replace=replace)
        self.stdout.write(f"Đã khôi phục dữ liệu lúc {manifest.made_at}, {files_in(manifest)} tệp đính kèm.")
        if aside:
            self.stdout.write(f"Dữ liệu trước đó được giữ lại: {aside}")
        if manifest.lost:
            self.stderr.write(f"CẢNH BÁO: bản sao lưu này vốn đã thiếu {len(manifest.lost)} tệp đính kèm.")
        if restoring.other_key(manifest):
            self.stderr.write(
                "CẢNH BÁO: khóa bí mật (SECRET_KEY) khác với lúc sao lưu: người dùng phải đặt lại xác thực hai lớp. "
                "Nếu còn giữ khóa cũ, hãy dùng lại khóa đó."
            )
