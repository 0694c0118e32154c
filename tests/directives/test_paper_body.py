"""The tree of items and the joining of wrapped lines."""

from directives.paper import Item, read

HEAD = "Số: 1/AB-C\nV/v việc\n\nKính gửi: Các đơn vị.\n\n"


def outline(items: tuple[Item, ...]) -> list:
    return [[item.label, outline(item.items)] if item.items else item.label for item in items]


def test_letters_in_vietnamese_order_and_levels_mixed_in_one_paper():
    paper = read(
        HEAD
        + "Nội dung:\nPhần I\nVIỆC CHUNG\nI. MỤC ĐÍCH\n1. Một\n1.1. Một một:\na) A;\nb) B;\nc) C;\nd) D;\nđ) Đ;\ne) E;\n"
        "g) G:\n- Gạch:\n+ Cộng;\n+ Cộng nữa.\n1.2. Một hai.\n2. Hai.\nII. VIỆC\n1. Lại một.\nPhần II\nHẾT\n1) Ngoặc;\n2) Ngoặc."
    )
    letters = ["a", "b", "c", "d", "đ", "e", ["g", [["-", ["+", "+"]]]]]
    assert outline(paper.items) == [
        ["Phần I", [["I", [["1", [["1.1", letters], "1.2"]], "2"]], ["II", ["1"]]]],
        ["Phần II", ["1)", "2)"]],
    ]
    part = paper.items[0]
    assert (part.heading, part.items[0].heading, part.items[0].items[0].heading) == ("VIỆC CHUNG", "MỤC ĐÍCH", "Một")


def test_articles_with_clauses_and_points():
    paper = read(
        "QUYẾT ĐỊNH\nVề việc A\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Khoản một.\n2. Khoản hai:\na) Điểm a;\nđ) Điểm đ.\n"
        "Điều 2. Thi hành\nCác đơn vị thi hành theo Điều 1 Quyết định này.\nChương II\nKHÁC\nĐiều 3. Hiệu lực."
    )
    assert outline(paper.items) == [
        ["Chương I", [["Điều 1", ["1", ["2", ["a", "đ"]]]], "Điều 2"]],
        ["Chương II", ["Điều 3"]],
    ]
    clause = paper.items[0].items[1]
    assert (clause.heading, clause.text) == ("Thi hành", "Các đơn vị thi hành theo Điều 1 Quyết định này.")


def test_a_wrapped_line_that_begins_like_an_item_is_none():
    paper = read(
        HEAD + "Căn cứ tình hình thực tế của địa phương, Sở yêu cầu các đơn vị thực hiện\n"
        "các nội dung sau đây cho kịp thời gian:\n\n"
        "1. Thực hiện nghiêm quy định tại khoản 3 Điều 5 và các nội dung nêu tại mục\n"
        "2. Phần III của Kế hoạch đã ban hành, bảo đảm hoàn thành đúng thời hạn theo Điều\n"
        "7 Nghị định đã nêu, trong đó chú trọng giai đoạn từ nay đến hết nhiệm kỳ 2026\n"
        "- 2031 và các năm tiếp theo của toàn ngành trên địa bàn tỉnh theo quy định.\n\n"
        "2. Báo cáo kết quả về Sở để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét theo\n"
        "quy định./."
    )
    assert [item.label for item in paper.items] == ["1", "2"]
    assert paper.items[1].text.startswith("Báo cáo kết quả về Sở")
    assert "mục 2. Phần III" in paper.items[0].text
    assert "2026 - 2031" in paper.items[0].text


def test_hard_wraps_without_blank_lines_are_joined_and_paragraphs_are_not():
    paper = read(
        HEAD + "Thời gian qua, các doanh nghiệp viễn thông trên địa bàn tỉnh đã chủ động bảo\n"
        "đảm thông tin liên lạc, góp phần phục vụ tốt sự chỉ đạo, điều hành của các cấp.\n"
        "Để chuẩn bị cho cuộc bầu cử, Sở yêu cầu các đơn vị thực hiện các nhiệm vụ sau:\n"
        "1. Viễn thông Hải Giang\n"
        "- Kiểm tra, bảo dưỡng nhà trạm và tuyến truyền dẫn; bố trí đủ lực lượng, phương\n"
        "tiện ứng cứu thông tin.\n"
        "- Lập phương án dự phòng.\n"
        "2. Bưu điện tỉnh bảo đảm an toàn, an ninh trong chuyển phát công văn, tài liệu.\n"
        "Sở đề nghị các đơn vị nghiêm túc thực hiện./."
    )
    assert [len(line) > 80 for line in paper.body.split("\n")[:2]] == [True, False]
    assert outline(paper.items) == [["1", ["-", "-"]], "2"]
    assert paper.items[0].heading == "Viễn thông Hải Giang"
    assert paper.items[0].items[0].text.endswith("phương tiện ứng cứu thông tin.")
    assert paper.items[1].text.endswith("tài liệu.")
    assert paper.body.endswith("\nSở đề nghị các đơn vị nghiêm túc thực hiện./.")


def test_table_cells_are_not_items():
    cells = "\n\n".join(["Bậc", "Mức", "1", "Đến 10", "2", "Trên 10", "3", "Trên 20"])
    paper = read(f"{HEAD}1. Biểu mức như sau:\n\n{cells}\n\n2. Thực hiện.")
    assert outline(paper.items) == ["1", "2"]


def test_symbol_broken_at_its_hyphen_is_made_whole():
    paper = read(
        HEAD
        + "Căn cứ Thông tư số 44/2022/TT-\nBTC của Bộ Tài chính quy định quản lý và sử dụng kinh phí thực hiện chính sách,\n"
        "chế độ ưu đãi người có công với cách mạng, thân nhân của người có công với cách\nmạng và người tham gia."
    )
    assert "44/2022/TT-BTC của" in paper.body
    assert paper.bases[0].number == "44/2022/TT-BTC"


def test_bases_one_by_one_and_not_what_they_cite_in_turn():
    paper = read(
        HEAD + "Căn cứ Luật Viễn thông ngày 24 tháng 11 năm 2023;\n"
        "Thực hiện Chỉ thị số 28/CT-TTg ngày 18/9/2025 của Thủ tướng về triển khai Nghị quyết số 5/NQ-A ngày 01/01/2025; Kế hoạch "
        "số 02/KH-UBBC ngày 02/01/2026 của Ủy ban bầu cử và Công văn số 9/UBND-VX ngày 3/1/2026, Sở yêu cầu:\n1. Làm."
    )
    assert [(basis.number, basis.date_iso) for basis in paper.bases] == [
        (None, "2023-11-24"),
        ("28/CT-TTg", "2025-09-18"),
        ("02/KH-UBBC", "2026-01-02"),
        ("9/UBND-VX", "2026-01-03"),
    ]
    assert paper.bases[3].text == "Công văn số 9/UBND-VX ngày 3/1/2026"
