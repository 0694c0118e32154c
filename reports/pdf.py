"""The state of an occasion as a báo cáo in official form (NĐ 30/2020 PL III mẫu 1.4), number and day left for the clerk."""

from dataclasses import replace

from django.utils import timezone

from directives.paper.draft import read_body
from directives.paper.model import SignOff
from directives.pdf import PaperTable, PrintExtras, render_pdf
from notices.ladder import last_day
from reports.selectors.readiness import standings, unit_lines
from units.selectors import own_department
from units.selectors.history import last_check


def since(moment):
    """The last day a late demand could still be met, or a dash."""
    return f"{last_day(moment):%d/%m/%Y}" if moment else "–"


def readiness_report(occasion, now):
    """PDF bytes. Reads the same selectors as the screen, so the figures agree."""
    department = own_department()
    standing = standings([occasion], now)[0]
    lines = unit_lines(occasion, now)
    local = timezone.localtime(now)
    late = [line for line in lines if line.late]
    counts = {figure.label: figure.count for figure in standing.figures()}
    body = [
        f"Sở báo cáo tình hình thực hiện các yêu cầu bảo đảm thông tin liên lạc {occasion.name} "
        f"(ngày {occasion.d_day:%d/%m/%Y}). Số liệu tính đến {local:%H} giờ {local:%M} phút ngày {local:%d/%m/%Y}.",
        "1. Kết quả chung",
        f"Sở đã giao {standing.total} lượt yêu cầu đến {len(lines)} đơn vị; {standing.closed} lượt đã hoàn thành "
        f"({standing.percent}%), {counts['chờ Sở xác nhận']} lượt chờ xác nhận, {counts['đang thực hiện']} lượt đang thực hiện, "
        f"{counts['chưa tiếp nhận']} lượt chưa tiếp nhận.",
        "2. Tồn tại",
        f"{standing.late} lượt yêu cầu đã quá hạn, thuộc {len(late)} đơn vị; {counts['có vướng mắc']} lượt có vướng mắc; "
        f"{counts['không thực hiện được']} lượt đơn vị báo không thực hiện được."
        if late or counts["có vướng mắc"] or counts["không thực hiện được"]
        else "Không có yêu cầu nào quá hạn hoặc vướng mắc.",
    ]
    if late:
        body.append(
            "Các đơn vị chậm nhất: " + "; ".join(f"{line.unit.name} ({line.late} yêu cầu)" for line in late[:3]) + "."
        )
        body.append("Đề nghị lãnh đạo Sở chỉ đạo đôn đốc các đơn vị nêu trên hoàn thành ngay các yêu cầu đã quá hạn.")
    check = last_check()
    if check and check.head:
        day = f"{timezone.localtime(check.at):%d/%m/%Y}"
        body.append(f"Mã niêm phong nhật ký xử lý ngày {day} (SHA-256): {check.head}")
    body[-1] += "./." if not body[-1].endswith(".") else "/."
    paper = replace(
        read_body("\n".join(body)),
        kind="báo cáo",
        parent_agency=str(department.parent) if department.parent else None,
        agency=department.name,
        number=f"/BC-{department.short_name}",
        place=department.issuing_place,
        date_iso=f"{local:%Y-%m}",
        subject=f"Tình hình thực hiện bảo đảm thông tin liên lạc {occasion.name}",
        signer=SignOff(("GIÁM ĐỐC",), None),
        noi_nhan=("Lãnh đạo Sở", "Các phòng, trung tâm thuộc Sở", f"Lưu: VT, {department.short_name}"),
    )
    table = PaperTable(
        title="Tình hình thực hiện theo đơn vị",
        columns=("STT", "Đơn vị", "Được giao", "Hoàn thành", "Quá hạn", "Trễ từ"),
        rows=[
            (str(n), line.unit.name, str(line.total), str(line.closed), str(line.late), since(line.late_since))
            for n, line in enumerate(lines, 1)
        ],
        widths=(6, 48, 9, 10, 9, 18),
    )
    return render_pdf(paper, extra=PrintExtras(issuer=department.name, tables=[table] if lines else [])).pdf
