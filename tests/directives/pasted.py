"""An invented paper of the shape people paste: number and day blank, V/v over lines, items with dashes, one deadline;
and the page it is read on, as a browser would send it back."""

# ruff: noqa: E501 (a paragraph of a pasted paper is one line)

LETTER = """Số: /SKHCN-BCVT
V/v bảo đảm thông tin liên lạc phục vụ
Tết Nguyên đán Đinh Mùi năm 2027

Hải Giang, ngày tháng 01 năm 2027

Kính gửi:

- Các doanh nghiệp viễn thông;
- Bưu điện tỉnh Hải Giang;
- Đội chiếu bóng lưu động vùng cao.

Thực hiện Chỉ thị số 53-CT/TU ngày 18/12/2026 của Ban Thường vụ Tỉnh ủy về tổ chức Tết; Công văn số 4953/UBND-THNV ngày 31/12/2026 của Ủy ban nhân dân tỉnh về các nhiệm vụ dịp Tết;

Để mạng lưới thông suốt trong những ngày Tết, Sở Khoa học và Công nghệ yêu cầu các đơn vị thực hiện một số nhiệm vụ sau:

1. Các doanh nghiệp viễn thông:

- Đo kiểm vùng phủ sóng tại trung tâm xã, bến xe, chợ hoa; nơi yếu phải tăng cường trạm lưu động.

- Chuẩn bị máy phát điện và nhiên liệu đủ dùng hai ngày cho các trạm trục.

2. Bưu điện tỉnh Hải Giang:

- Giữ tuyệt đối an toàn thư công, không để tồn qua đêm.

3. Duy trì trực lãnh đạo, trực ca 24/24 giờ trong những ngày Tết; có sự cố thì báo cáo ngay về Sở.

4. Các doanh nghiệp viễn thông báo cáo danh sách lãnh đạo trực Tết về Sở Khoa học và Công nghệ trước ngày 20/01/2027.

Sở Khoa học và Công nghệ đề nghị các đơn vị nghiêm túc triển khai./.

Nơi nhận:

- Như trên;
- UBND tỉnh (b/c);
- Lưu: VT, BCVT.

**KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC**

Lý Thanh Hòa
"""

MARKED = "MẬT\n\n" + LETTER


def fields(response):
    """Every field of the page's draft as a browser would send it back."""
    draft = response.context["draft"]
    data = {}
    for form in [draft.main, *(form for part in draft.parts() for form in part)]:
        for bound in form:
            value = bound.value()
            if isinstance(value, dict) and "rows" in value:
                data[bound.html_name] = [
                    f"{'group' if hasattr(row, 'members') else 'unit'}-{row.pk}" for row in value["rows"]
                ]
                data[f"{bound.html_name}-more"] = value["more"]
            elif value not in (None, False):
                data[bound.html_name] = getattr(value, "pk", value)
    for part in draft.parts():
        data |= {bound.html_name: bound.value() for bound in part.management_form}
    for form in draft.requirements:
        data[form["reading"].html_name] = next((value for value, _, chosen in form.meanings() if chosen), "")
    return data
