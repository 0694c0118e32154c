"""For an inspector: reads the whole history again and proves that it is as it was sealed, or names the first broken link."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from units.chain import verify


class Command(BaseCommand):
    """Exits 0 when every link holds, 1 when one does not."""

    help = "Kiểm chứng chuỗi niêm phong của lịch sử xử lý; nêu mắt xích hỏng đầu tiên nếu có."

    def handle(self, *args, **options):
        found = verify()
        self.stdout.write(f"Đã đọc lại {found.rows} dòng lịch sử trong {found.seals} mắt xích còn nguyên vẹn.")
        if found.head:
            self.stdout.write(f"Mã của mắt xích cuối còn nguyên vẹn: {found.head}")
        if found.broken:
            at = timezone.localtime(found.broken.at)
            self.stderr.write(
                f"HỎNG tại mắt xích {found.broken.pk} ({found.broken}, niêm phong lúc {at:%H:%M, %d/%m/%Y}): {found.why}."
            )
            raise SystemExit(1)
        self.stdout.write(f"Chuỗi nguyên vẹn; {found.waiting} dòng mới chưa đến lượt niêm phong.")
