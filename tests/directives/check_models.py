"""A correct paper of each kind, in our own words: the checker must find nothing in any of them."""

# ruff: noqa: E501 (a paragraph of a paper is one line)

HEAD = """ỦY BAN NHÂN DÂN TỈNH HẢI GIANG
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 05/{symbol}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Giang, ngày 05 tháng 01 năm 2026
"""

LETTER = """ỦY BAN NHÂN DÂN TỈNH HẢI GIANG
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 05/SKHCN-BCVT
V/v bảo đảm thông tin liên lạc dịp tết Nguyên đán Bính Ngọ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Giang, ngày 05 tháng 01 năm 2026

Kính gửi:
- Các doanh nghiệp bưu chính;
- Các doanh nghiệp viễn thông.

Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh về phục vụ Nhân dân đón Tết, Sở Khoa học và Công nghệ yêu cầu các đơn vị thực hiện:

1. Các doanh nghiệp bưu chính:

a) Chuyển phát kịp thời thư công, không để tồn; báo cáo kết quả về Sở trước ngày 14/01/2026.

b) Niêm yết giờ mở cửa tại từng điểm phục vụ; gửi ảnh và báo cáo kết quả về Sở trước ngày 15/01/2026.

2. Các doanh nghiệp viễn thông:

a) Kiểm tra nguồn điện dự phòng của các trạm; báo cáo kết quả về Sở trước ngày 16/01/2026.

b) Tổ chức trực ứng cứu 24/24 giờ; gửi danh sách người trực về Sở chậm nhất ngày 16/01/2026.

Sở Khoa học và Công nghệ đề nghị các đơn vị thực hiện đúng nội dung trên./.

Nơi nhận:
- Như trên;
- Ủy ban nhân dân tỉnh (để b/c);
- Lưu: VT, BCVT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Bình
"""

TELEGRAM = (
    HEAD.format(symbol="CĐ-SKHCN")
    + """
CÔNG ĐIỆN
Về việc khôi phục thông tin liên lạc sau bão

SỞ KHOA HỌC VÀ CÔNG NGHỆ điện:
- Các doanh nghiệp viễn thông;
- Các doanh nghiệp bưu chính.

Để khôi phục thông tin sau bão, Giám đốc Sở yêu cầu:

1. Các doanh nghiệp viễn thông nối lại các tuyến truyền dẫn, báo cáo kết quả về Sở trước 16 giờ ngày 06/01/2026.

2. Các doanh nghiệp bưu chính kiểm kê bưu gửi bị ướt, báo cáo kết quả về Sở trước 17 giờ ngày 06/01/2026./.

Nơi nhận:
- Như trên;
- Ủy ban nhân dân tỉnh (để b/c);
- Lưu: VT, BCVT.

GIÁM ĐỐC

Nguyễn Văn An
"""
)

PLAN = (
    HEAD.format(symbol="KH-SKHCN")
    + """
KẾ HOẠCH
Bảo đảm thông tin liên lạc phục vụ bầu cử

Căn cứ Luật Viễn thông ngày 24 tháng 11 năm 2023;
Căn cứ Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh về tổ chức cuộc bầu cử.

Sở Khoa học và Công nghệ ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Bảo đảm thông tin liên lạc thông suốt trước, trong và sau ngày bầu cử.

2. Phân công rõ việc, rõ người, rõ thời hạn.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Bưu chính, Viễn thông chủ trì kiểm tra các điểm bầu cử, báo cáo kết quả cho Giám đốc Sở trước ngày 06/02/2026.

2. Các doanh nghiệp viễn thông xây dựng phương án dự phòng, báo cáo Sở trước ngày 30/01/2026./.

Nơi nhận:
- Ủy ban nhân dân tỉnh (để b/c);
- Các phòng, đơn vị thuộc Sở;
- Các doanh nghiệp viễn thông;
- Lưu: VT, BCVT.

GIÁM ĐỐC

Nguyễn Văn An
"""
)

SCHEME = (
    PLAN.replace("KH-SKHCN", "PA-SKHCN")
    .replace("KẾ HOẠCH\n", "PHƯƠNG ÁN\n")
    .replace("ban hành Kế hoạch như sau", "ban hành Phương án như sau")
)

NOTICE = (
    HEAD.format(symbol="TB-SKHCN")
    + """
THÔNG BÁO
Về việc trực giải quyết công việc dịp nghỉ Tết

Sở Khoa học và Công nghệ thông báo lịch trực giải quyết công việc như sau:

Bộ phận một cửa của Sở trực tại trụ sở, tiếp nhận hồ sơ của tổ chức và công dân trong giờ hành chính.

Sở Khoa học và Công nghệ thông báo để các cơ quan, đơn vị biết./.

Nơi nhận:
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, VP.

TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG

Lê Văn Cường
"""
)

REPORT = (
    HEAD.format(symbol="BC-SKHCN")
    + """
BÁO CÁO
Kết quả bảo đảm thông tin liên lạc năm 2025

Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2025 của Ủy ban nhân dân tỉnh về bảo đảm thông tin liên lạc, Sở Khoa học và Công nghệ báo cáo như sau:

I. KẾT QUẢ ĐẠT ĐƯỢC

1. Mạng viễn thông hoạt động ổn định, không có sự cố lớn.

2. Mạng bưu chính phục vụ kịp thời các cơ quan Đảng, Nhà nước và Nhân dân.

II. KIẾN NGHỊ

1. Bố trí kinh phí thay thiết bị cũ.

2. Cho phép tổ chức diễn tập vào quý II./.

Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Lưu: VT, BCVT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Bình
"""
)

DECISION = (
    HEAD.format(symbol="QĐ-SKHCN")
    + """
QUYẾT ĐỊNH
Về việc thành lập Tổ ứng cứu thông tin

GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ

Căn cứ Luật Viễn thông ngày 24 tháng 11 năm 2023;
Căn cứ Quyết định số 45/QĐ-UBND ngày 10/12/2025 của Ủy ban nhân dân tỉnh về chức năng, nhiệm vụ của Sở;
Theo đề nghị của Trưởng phòng Bưu chính, Viễn thông.

QUYẾT ĐỊNH:

Điều 1. Thành lập Tổ ứng cứu thông tin gồm các ông, bà có tên trong danh sách kèm theo.

Điều 2. Tổ ứng cứu có nhiệm vụ xử lý sự cố mạng viễn thông trên địa bàn tỉnh.

Điều 3. Chánh Văn phòng Sở và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Ủy ban nhân dân tỉnh (để b/c);
- Lưu: VT, BCVT.

GIÁM ĐỐC

Nguyễn Văn An
"""
)

GUIDANCE = (
    HEAD.format(symbol="HD-SKHCN")
    + """
HƯỚNG DẪN
Cách gửi báo cáo sự cố viễn thông

Sở Khoa học và Công nghệ hướng dẫn các đơn vị thực hiện như sau:

1. Doanh nghiệp viễn thông báo cáo sự cố về Sở trong vòng 30 phút kể từ khi phát hiện sự cố.

2. Phòng Bưu chính, Viễn thông tổng hợp, báo cáo Giám đốc Sở hằng ngày./.

Nơi nhận:
- Các doanh nghiệp viễn thông;
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, BCVT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Bình
"""
)

DIRECTIVE = (
    HEAD.format(symbol="CT-UBND").replace("SỞ KHOA HỌC VÀ CÔNG NGHỆ\n", "")
    + """
CHỈ THỊ
Về việc bảo đảm thông tin liên lạc phục vụ bầu cử

Để cuộc bầu cử diễn ra an toàn, Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Khoa học và Công nghệ chủ trì kiểm tra hạ tầng viễn thông, báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 06/02/2026.

2. Ủy ban nhân dân các xã, phường, đặc khu bố trí người trực, gửi danh sách người trực về Sở Khoa học và Công nghệ trước ngày 30/01/2026./.

Nơi nhận:
- Sở Khoa học và Công nghệ;
- Ủy ban nhân dân các xã, phường, đặc khu;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Phạm Văn Dũng
"""
)

SUBMISSION = (
    HEAD.format(symbol="TTr-SKHCN")
    + """
TỜ TRÌNH
Về việc phê duyệt phương án ứng cứu thông tin

Kính gửi: Ủy ban nhân dân tỉnh.

Thực hiện Quyết định số 45/QĐ-UBND ngày 10/12/2025 của Ủy ban nhân dân tỉnh về chức năng, nhiệm vụ của Sở, Sở Khoa học và Công nghệ trình Ủy ban nhân dân tỉnh xem xét, phê duyệt phương án ứng cứu thông tin năm 2026.

Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định./.

Nơi nhận:
- Như trên;
- Lưu: VT, BCVT.

GIÁM ĐỐC

Nguyễn Văn An
"""
)

INVITATION = (
    HEAD.format(symbol="GM-SKHCN")
    + """
GIẤY MỜI
Họp triển khai công tác bảo đảm thông tin liên lạc

Sở Khoa học và Công nghệ trân trọng kính mời: Lãnh đạo các doanh nghiệp viễn thông.

Tới dự cuộc họp triển khai công tác bảo đảm thông tin liên lạc.

Chủ trì: Ông Nguyễn Văn An, Giám đốc Sở.

Thời gian: 08 giờ 00 phút, ngày 15/01/2026.

Địa điểm: Phòng họp số 1, trụ sở Sở./.

Nơi nhận:
- Các doanh nghiệp viễn thông;
- Lưu: VT, VP.

TL. GIÁM ĐỐC
KT. CHÁNH VĂN PHÒNG
PHÓ CHÁNH VĂN PHÒNG

Lê Văn Cường
"""
)

PROGRAMME = (
    HEAD.format(symbol="CTr-SKHCN")
    + """
CHƯƠNG TRÌNH
Công tác quý I năm 2026

Sở Khoa học và Công nghệ ban hành Chương trình công tác quý I năm 2026 như sau:

I. TRỌNG TÂM

1. Phục vụ tết Nguyên đán và cuộc bầu cử.

2. Rà soát hạ tầng viễn thông.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Bưu chính, Viễn thông theo dõi, báo cáo Giám đốc Sở trước ngày 31/3/2026.

2. Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở trước ngày 31/3/2026./.

Nơi nhận:
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, VP.

GIÁM ĐỐC

Nguyễn Văn An
"""
)

ANNEXED = DECISION.replace("kèm theo.", "tại Phụ lục I và Phụ lục II kèm theo.").replace(
    "\nNguyễn Văn An\n",
    "\nNguyễn Văn An\n\nPhụ lục I\nDANH SÁCH TỔ ỨNG CỨU\n(Kèm theo Quyết định số 05/QĐ-SKHCN)\n"
    "\nPhụ lục II\nDANH SÁCH TRẠM DỰ PHÒNG\n(Kèm theo Quyết định số 05/QĐ-SKHCN)\n",
)

MODELS = {
    "công văn": LETTER,
    "công điện": TELEGRAM,
    "kế hoạch": PLAN,
    "phương án": SCHEME,
    "thông báo": NOTICE,
    "báo cáo": REPORT,
    "quyết định": DECISION,
    "hướng dẫn": GUIDANCE,
    "chỉ thị": DIRECTIVE,
    "tờ trình": SUBMISSION,
    "giấy mời": INVITATION,
    "chương trình": PROGRAMME,
    "quyết định có phụ lục": ANNEXED,
}
