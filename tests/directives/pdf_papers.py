"""Invented papers, one of each form, for measuring the printed page."""

import re
from dataclasses import replace

from directives.paper.model import Item, Paper, SignOff

LABEL = re.compile(r"((?:Điều|Chương|Phần|Mục) \w+|[IVXLC]+|\d+(?:\.\d+)*|[a-zđ]|[-+])[.)]?(?: |$)")


def with_body(paper: Paper, *paragraphs: str) -> Paper:
    """`paper` with this body; a paragraph that opens with a label is an item, and its heading stands between `*`."""
    items, lines, start = [], [], 0
    for paragraph in paragraphs:
        heading = re.search(r"\*(.+?)\*", paragraph)
        line = paragraph.replace(f"*{heading[1]}*", heading[1]) if heading else paragraph
        if label := LABEL.match(line):
            items.append(Item(label[1], heading and heading[1], line[label.end() :], (), start, start + len(line)))
        lines.append(line)
        start += len(line) + 1
    return replace(paper, body="\n".join(lines), items=tuple(items))


LETTER = with_body(
    Paper(
        kind="công văn",
        parent_agency="UBND tỉnh Hải Giang",
        agency="Sở Khoa học và Công nghệ",
        number="/SKHCN-BCVT",
        place="Hải Giang",
        date_iso="2026-11",
        subject="bảo đảm thông tin liên lạc phục vụ bầu cử đại biểu Quốc hội và đại biểu "
        "Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031.",
        recipient_label="Kính gửi",
        recipients=(
            "Ủy ban nhân dân các xã, phường, đặc khu;",
            "- Các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh",
            "Trung tâm Chuyển đổi số tỉnh;",
        ),
        signer=SignOff(("KT. Giám đốc", "Phó Giám đốc"), "Trần Thị Bích Ngọc"),
        noi_nhan=(
            "- Như trên;",
            "UBND tỉnh (để b/c)",
            "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh (để p/h);",
            "Giám đốc, các Phó Giám đốc Sở;",
            "Lưu: VT, BCVT (5)",
        ),
    ),
    "Thực hiện Kế hoạch số 41/KH-UBND ngày 02/11/2026 của Ủy ban nhân dân tỉnh về phục vụ bầu cử, để mạng lưới thông "
    "tin liên lạc của tỉnh thông suốt, an toàn trong mọi tình huống, Sở Khoa học và Công nghệ đề nghị các cơ quan, đơn "
    "vị, doanh nghiệp thực hiện các nội dung sau:",
    "1. *Các doanh nghiệp viễn thông:*",
    "a) Rà soát, đo kiểm vùng phủ sóng tại toàn bộ khu vực bỏ phiếu; nơi nào sóng yếu phải có trạm lưu động hoặc nâng "
    "công suất trạm lân cận, hoàn thành trước ngày 15/02/2027.",
    "b) Chuẩn bị máy phát điện, ắc quy và nhiên liệu đủ cho ít nhất 24 giờ tại các trạm trục và các trạm phục vụ trụ "
    "sở Ủy ban bầu cử các cấp.",
    "c) Bố trí lực lượng trực 24/24 giờ từ 07 giờ 00 ngày 12/3/2027 đến khi có kết quả bầu cử chính thức.",
    "2. *Các doanh nghiệp bưu chính:* ưu tiên, bảo đảm tuyệt đối an toàn việc nhận, vận chuyển và phát tài liệu bầu cử; "
    "không để tồn đọng qua ngày.",
    "3. *Ủy ban nhân dân các xã, phường, đặc khu:*",
    "- Cử một lãnh đạo và một công chức làm đầu mối; gửi họ tên, số điện thoại, thư điện tử về Sở.",
    "- Thông báo cho doanh nghiệp vị trí các khu vực bỏ phiếu, thời gian tổ chức hội nghị và các thay đổi nếu có.",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh kịp thời về Sở Khoa học "
    "và Công nghệ (qua Phòng Bưu chính, Viễn thông) để được hướng dẫn, giải quyết./.",
)

PLAN = with_body(
    replace(
        LETTER,
        kind="kế hoạch",
        number="/KH-SKHCN",
        subject="Bảo đảm thông tin liên lạc phục vụ Tết Nguyên đán Đinh Mùi năm 2027",
        recipient_label=None,
        recipients=(),
        signer=SignOff(("Giám đốc",), "Phạm Văn Khải"),
        noi_nhan=(
            "UBND tỉnh (để b/c);",
            "Các doanh nghiệp viễn thông;",
            "Các phòng, trung tâm thuộc Sở;",
            "Lưu: VT, BCVT",
        ),
    ),
    "Căn cứ Luật Viễn thông;",
    "Căn cứ Nghị định số 163/2024/NĐ-CP ngày 24 tháng 12 năm 2024 của Chính phủ quy định chi tiết một số điều và biện "
    "pháp thi hành Luật Viễn thông;",
    "Căn cứ Chỉ thị số 09/CT-UBND ngày 10 tháng 11 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh về tổ chức đón Tết;",
    "Sở Khoa học và Công nghệ ban hành Kế hoạch bảo đảm thông tin liên lạc phục vụ Tết như sau:",
    "I. *Mục đích, yêu cầu*",
    "1. *Mục đích*",
    "a) Bảo đảm mạng lưới thông suốt, an toàn; khắc phục sự cố nhanh nhất, không để mất liên lạc diện rộng.",
    "b) Phân công rõ người, rõ việc, rõ thời hạn, rõ sản phẩm.",
    "2. *Yêu cầu*",
    "Các đơn vị chủ động, không chờ nhắc; số liệu báo cáo phải đúng và đủ.",
    "II. *Nội dung*",
    "1. Trước Tết: kiểm tra toàn bộ tuyến trục, nhà trạm và nguồn dự phòng.",
    "2. Trong Tết: trực lãnh đạo, trực điều hành và trực kỹ thuật 24/24 giờ.",
    "III. *Tổ chức thực hiện*",
    "Phòng Bưu chính, Viễn thông theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Giám đốc Sở",
)

DECISION = with_body(
    replace(
        PLAN,
        kind="quyết định",
        number="7/QĐ-SKHCN",
        date_iso="2027-01-05",
        subject="Về việc thành lập Tổ thường trực bảo đảm thông tin liên lạc",
        noi_nhan=("Như Điều 3;", "UBND tỉnh (để b/c);", "Lưu: VT, VP."),
    ),
    "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Căn cứ Quyết định số 35/2025/QĐ-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh Hải Giang quy định chức "
    "năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Khoa học và Công nghệ,",
    "Theo đề nghị của Chánh Văn phòng Sở;",
    "QUYẾT ĐỊNH",
    "Điều 1. Thành lập Tổ thường trực bảo đảm thông tin liên lạc gồm 07 thành viên có tên trong danh sách kèm theo.",
    "Điều 2. Tổ thường trực có nhiệm vụ theo dõi tình trạng mạng lưới, tổng hợp báo cáo của các doanh nghiệp và tham "
    "mưu xử lý sự cố; tự giải thể sau khi hoàn thành nhiệm vụ.",
    "Điều 3. Chánh Văn phòng Sở, Trưởng các phòng, đơn vị thuộc Sở và các thành viên Tổ thường trực chịu trách nhiệm "
    "thi hành Quyết định này./.",
)

TELEGRAM = with_body(
    replace(
        LETTER,
        kind="công điện",
        number="3/CĐ-SKHCN",
        date_iso="2026-09-02",
        urgency="hỏa tốc",
        subject="Ứng phó bão số 5, bảo đảm thông tin liên lạc",
        recipient_label="điện",
        noi_nhan=("UBND tỉnh (để b/c);", "Lưu: VT, BCVT."),
        signer=SignOff(("Giám đốc",), "Phạm Văn Khải"),
    ),
    "Hồi 04 giờ ngày 02/9/2026, tâm bão số 5 cách bờ biển tỉnh khoảng 180 km, sức gió mạnh nhất cấp 11, giật cấp 13. Sở "
    "Khoa học và Công nghệ yêu cầu các đơn vị:",
    "1. Gia cố cột ăng ten, nhà trạm; hoàn thành trước 16 giờ 00 ngày 02/9/2026.",
    "2. Báo cáo tình trạng mạng lưới về Sở hai lần mỗi ngày, trước 06 giờ 00 và trước 18 giờ 00.",
)

REPORT = with_body(
    replace(
        PLAN,
        kind="báo cáo",
        number="/BC-SKHCN",
        subject="Tình hình sẵn sàng thông tin liên lạc phục vụ bầu cử",
        recipient_label="Kính gửi",
        recipients=("Ủy ban nhân dân tỉnh Hải Giang.",),
        noi_nhan=("Như trên;", "Giám đốc Sở (để b/c);", "Lưu: VT, BCVT."),
    ),
    "Thực hiện Kế hoạch số 41/KH-UBND ngày 02/11/2026 của Ủy ban nhân dân tỉnh, Sở Khoa học và Công nghệ báo cáo tình "
    "hình chuẩn bị của các doanh nghiệp và Ủy ban nhân dân cấp xã như sau:",
    "I. *Kết quả*",
    "Đến 08 giờ 00 ngày 22/11/2026 có 96 trên 112 đơn vị đã hoàn thành các nhiệm vụ đến hạn (chi tiết tại Phụ lục).",
    "II. *Kiến nghị*",
    "Đề nghị Ủy ban nhân dân tỉnh chỉ đạo các xã còn chậm hoàn thành trước ngày 30/11/2026./.",
)
