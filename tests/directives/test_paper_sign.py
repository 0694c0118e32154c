"""Signature blocks and copy lists in the orders that text extraction leaves them."""

import pytest

from directives.paper import SignOff, read

BODY = "Kính gửi: Các đơn vị.\n\nSở đề nghị thực hiện./.\n\n"
COPIES = "Nơi nhận:\n- Như trên;\n- Các phòng, đơn vị thuộc\nSở (để t/h);\n- Lưu: VT, BCVT.\n"
ENTRIES = ("Như trên;", "Các phòng, đơn vị thuộc Sở (để t/h);", "Lưu: VT, BCVT.")


@pytest.mark.parametrize(
    ("block", "lines", "name"),
    [
        ("GIÁM ĐỐC\n\nLê Thị Hoa", ["GIÁM ĐỐC"], "Lê Thị Hoa"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nLê Thị Hoa", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Lê Thị Hoa"),
        ("**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**\n\n**Lê Thị Hoa**", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Lê Thị Hoa"),
        ("Q. GIÁM ĐỐC Lê Thị Hoa", ["Q. GIÁM ĐỐC"], "Lê Thị Hoa"),
        (
            "TM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hoa",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            "Lê Thị Hoa",
        ),
        (
            "TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nGIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ\nLê Thị Hoa",
            ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ"],
            "Lê Thị Hoa",
        ),
        ("TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG BƯU CHÍNH,\nVIỄN THÔNG\nLÊ THỊ HOA", None, "LÊ THỊ HOA"),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ\nĐại tá Lê Thị Hoa", ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ"], "Đại tá Lê Thị Hoa"),
        (
            "TM. TIỂU BAN\nTRƯỞNG TIỂU BAN\nLê Thị Hoa\nPHÓ CHỦ TỊCH",
            ["TM. TIỂU BAN", "TRƯỞNG TIỂU BAN", "PHÓ CHỦ TỊCH"],
            "Lê Thị Hoa",
        ),
        ("GIÁM ĐỐC", ["GIÁM ĐỐC"], None),
    ],
)
@pytest.mark.parametrize("first", ["copies", "block"])
def test_block_before_or_after_the_copy_list(block, lines, name, first):
    text = f"{COPIES}\n{block}\n" if first == "copies" else f"{block}\n\n{COPIES}"
    paper = read(BODY + text)
    lines = lines or ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG BƯU CHÍNH, VIỄN THÔNG"]
    assert (list(paper.signer.lines), paper.signer.name) == (lines, name)
    assert paper.noi_nhan == ENTRIES
    assert paper.body == "Sở đề nghị thực hiện./."


def test_two_columns_side_by_side():
    paper = read(
        BODY + "Nơi nhận:\t\tKT. GIÁM ĐỐC\n- Như trên;\t\tPHÓ GIÁM ĐỐC\n- Các phòng, đơn vị thuộc\nSở (để t/h);\n"
        "- Lưu: VT, BCVT.\n\t\tLê Thị Hoa\n"
    )
    assert (paper.signer.lines, paper.signer.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Thị Hoa")
    assert paper.noi_nhan == ENTRIES


def test_title_beside_the_label_with_one_space():
    paper = read(BODY + "Nơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\nLê Thị Hoa")
    assert (paper.signer.lines, paper.signer.name) == (("GIÁM ĐỐC",), "Lê Thị Hoa")
    assert paper.noi_nhan == ("Như trên;", "Lưu: VT.")


def test_no_copy_list():
    paper = read(
        "Kính gửi: Các đơn vị.\n\nYêu cầu nộp báo cáo.\n\nTUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG HÀNH CHÍNH\n\nLê Thị Hoa"
    )
    assert (paper.signer.lines, paper.signer.name) == (("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG HÀNH CHÍNH"), "Lê Thị Hoa")
    assert paper.body == "Yêu cầu nộp báo cáo."


def test_what_follows_the_signature_is_neither_body_nor_name():
    paper = read(f"{BODY}{COPIES}\nGIÁM ĐỐC\n\nLê Thị Hoa\n\nPHỤ LỤC I\nDANH MỤC\n1. Một.\n[1] Chú thích.")
    assert paper.signer.name == "Lê Thị Hoa"
    assert (paper.items, paper.noi_nhan) == ((), ENTRIES)
    assert "Phụ" not in paper.body


def test_a_sentence_about_an_office_is_no_signature():
    paper = read("Kính gửi: Các đơn vị.\n\nGiám đốc Sở giao Chánh Văn phòng Sở thực hiện.\nChủ tịch UBND xã báo cáo.")
    assert (paper.signer.lines, paper.signer.name) == ((), None)
    assert "Chủ tịch UBND xã báo cáo." in paper.body


MINUTES = "BIÊN BẢN\nHọp giao ban\n\nNội dung họp./.\n\n"
CLERK, CHAIR = SignOff(("THƯ KÝ",), "Trần Thị Bình"), SignOff(("CHỦ TRÌ",), "Nguyễn Văn An")
SAVED = "Nơi nhận:\n- Lưu: VT.\n"


@pytest.mark.parametrize(
    ("foot", "signer", "others"),
    [
        (f"THƯ KÝ\t\tCHỦ TRÌ\n\nTrần Thị Bình\t\tNguyễn Văn An\n\n{SAVED}", CHAIR, (CLERK,)),
        (f"THƯ KÝ\nTrần Thị Bình\n\nCHỦ TRÌ\nNguyễn Văn An\n\n{SAVED}", CHAIR, (CLERK,)),
        (f"{SAVED}\nCHỦ TRÌ\nNguyễn Văn An\n\nTHƯ KÝ\nTrần Thị Bình", CHAIR, (CLERK,)),
        ("THƯ KÝ          CHỦ TRÌ\nTrần Thị Bình          Nguyễn Văn An", CHAIR, (CLERK,)),
        (
            "SỞ A\tSỞ B\tCÔNG AN TỈNH\nGIÁM ĐỐC\tGIÁM ĐỐC\tKT. GIÁM ĐỐC\n\t\tPHÓ GIÁM ĐỐC\n"
            f"Trần Thị Bình\tNguyễn Văn An\tHà Văn Mạnh\n\n{SAVED}",
            SignOff(("CÔNG AN TỈNH", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Hà Văn Mạnh"),
            (SignOff(("SỞ A", "GIÁM ĐỐC"), "Trần Thị Bình"), SignOff(("SỞ B", "GIÁM ĐỐC"), "Nguyễn Văn An")),
        ),
        (
            "ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B\nKT. GIÁM ĐỐC\tGIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Thị Bình\tNguyễn Văn An",
            SignOff(("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC"), "Nguyễn Văn An"),
            (SignOff(("ĐẠI DIỆN BÊN A", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Thị Bình"),),
        ),
    ],
    ids=["beside", "clerk-first", "clerk-last", "spaces", "three", "contract"],
)
def test_several_signatures(foot, signer, others):
    paper = read(MINUTES + foot)
    assert (paper.signer, paper.cosigners, paper.body) == (signer, others, "Nội dung họp./.")
    assert paper.noi_nhan == (("Lưu: VT.",) if SAVED in foot else ())
