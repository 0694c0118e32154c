"""Tables, footnotes and annexes: kept when a paper is read, in the forms in which a draft keeps them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from directives.paper import Annex, SignOff, annex_text, read, read_annexes, to_contract
from directives.paper.draft import read_body
from directives.paper.notes import footnotes
from directives.paper.rebuild import from_contract
from directives.paper.tables import Paragraph, Table, blocks

HEAD = "SỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 12/SKHCN-BCVT\nV/v trực Tết\n\nKính gửi: Các doanh nghiệp viễn thông.\n\n"
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An\n\n"
TABLE = "| TT | Việc | Hạn |\n| 1 | Lập danh sách | trước ngày 05/02/2026 |\n| 2 | | trước ngày 06/02/2026 |"
BARS = "TT | Việc | Hạn\n---|---|---\n1 | Lập danh sách | trước ngày 05/02/2026\n2 | | trước ngày 06/02/2026"
TABS = "TT\tViệc\tHạn\n1\tLập danh sách\ttrước ngày 05/02/2026\n2\t\ttrước ngày 06/02/2026"


def test_a_table_stays_a_table_however_it_is_written():
    for written in (TABLE, BARS, TABS):
        paper = read(f"{HEAD}Sở đề nghị:\n\n1. Trực theo bảng sau:\n{written}\n\n2. Báo cáo Sở./.{FOOT}")
        assert paper.body == f"Sở đề nghị:\n1. Trực theo bảng sau:\n{TABLE}\n2. Báo cáo Sở./."
        assert [(item.label, item.heading, item.text) for item in paper.items] == [
            ("1", "Trực theo bảng sau", TABLE),
            ("2", None, "Báo cáo Sở./."),
        ]
        assert [(each.item, each.due) for each in paper.deadlines] == [("1", "2026-02-05"), ("1", "2026-02-06")]
        assert read_body(paper.body) == replace(read_body(paper.body), items=paper.items, body=paper.body)


def test_labels_and_what_was_only_spaced_out_are_no_table():
    spaced = "1.\tTrực 24/24;\n2.\tBáo cáo Sở.\nThời gian:\t8 giờ\nĐịa điểm:\tHội trường\nmột | hai"
    assert read_body(spaced).body == "1. Trực 24/24;\n2. Báo cáo Sở.\nThời gian: 8 giờ\nĐịa điểm: Hội trường\nmột hai"


def test_blocks_are_paragraphs_and_even_rows_at_their_places():
    text = "Như sau:\n| a | b |\n| 1 |\n| 1 | 2 | 3 |\n| | |\nHết"
    found = blocks(text)
    assert found == [
        Paragraph(0, 8, "Như sau:"),
        Paragraph(9, 18, "| a | b |"),
        Paragraph(19, 24, "| 1 |"),
        Table(25, 44, (("1", "2", "3"), ("", "", ""))),
        Paragraph(45, 48, "Hết"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found if isinstance(one, Paragraph))
    assert [one.text for one in blocks("| một | mình |")] == ["| một | mình |"]


def test_notes_need_a_mark_and_words_below_it():
    text = "Theo Luật[1] và mẫu[2], [3] số[4].\n1. Gửi Sở[2].\n[1] Luật số 1.\n[3] Không có dấu.\n[2] Mẫu số 2.\n[2] Lần nữa."
    assert footnotes(text) == {"1": "Luật số 1.", "2": "Mẫu số 2."}
    assert read_body(text).items[0].text == "Gửi Sở[2]."


def test_notes_go_back_from_the_end_to_where_they_are_marked():
    tail = "PHỤ LỤC I\nDANH SÁCH\nĐầu mối[2].\nPhụ lục II\nMẪU\nCột[3].\n[1] Một.\n[2] Hai.\n[3] Ba."
    paper = read(f"{HEAD}Sở đề nghị[1] trực./.{FOOT}{tail}")
    assert paper.body == "Sở đề nghị[1] trực./.\n[1] Một."
    assert [annex.body for annex in paper.annexes] == ["Đầu mối[1].\n[1] Hai.", "Cột[1].\n[1] Ba."]


def test_notes_behind_the_signature_are_notes_of_the_body():
    """Where Word and the pages of agencies put them; there they may be wrapped."""
    paper = read(f"{HEAD}Sở đề nghị[1] trực[2]./.{FOOT}[1] Công văn số 7/SKHCN và Công\nvăn số 8/SKHCN.\n[2] Hai.\nHết")
    assert paper.body == "Sở đề nghị[1] trực[2]./.\n[1] Công văn số 7/SKHCN và Công văn số 8/SKHCN.\n[2] Hai."
    assert paper.annexes == ()


ANNEXES = f"""PHỤ LỤC I: Danh sách đầu mối
(Kèm theo Công văn số 12/SKHCN-BCVT ngày 05 tháng 01 năm 2026
của Sở Khoa học và Công nghệ)

{TABS}

[khổ ngang]
Phụ lục 2
MẪU BÁO CÁO
KẾT QUẢ TRỰC

I. TÌNH HÌNH
1. Mạng lưới.
Phụ lục I nêu trên là căn cứ.

QUY CHẾ
Trực và báo cáo
(Ban hành kèm theo Quyết định số 3/QĐ-SKHCN)
Điều 1. Phạm vi
NGƯỜI KÝ
Trần Văn B
"""


def test_annexes_behind_the_foot_or_behind_the_end_of_a_paper_without_one():
    for foot in (FOOT, "\n"):
        paper = read(f"{HEAD}Sở đề nghị trực theo Phụ lục I./.{foot}{ANNEXES}")
        first, second, third = paper.annexes
        assert paper.body == "Sở đề nghị trực theo Phụ lục I./."
        assert paper.signer.name == ("Nguyễn Văn An" if foot == FOOT else None)
        assert first == Annex("Phụ lục I", "Danh sách đầu mối", TABLE)
        assert (second.label, second.title, second.landscape) == ("Phụ lục 2", "MẪU BÁO CÁO KẾT QUẢ TRỰC", True)
        assert second.body == "I. TÌNH HÌNH\n1. Mạng lưới.\nPhụ lục I nêu trên là căn cứ."
        assert second.body[second.items[0].items[0].start :].startswith("1. Mạng")
        assert (third.label, third.title) == (None, "QUY CHẾ Trực và báo cáo")
        assert third.items[0].heading == "Phạm vi"
        assert read_annexes(annex_text(paper.annexes)) == paper.annexes
        more = {
            "body": paper.body,
            "annexes": annex_text(paper.annexes),
            "cosigners": [{"lines": ["THƯ KÝ"], "name": "A B"}],
        }
        again = from_contract({**to_contract(paper), **more})
        assert (again.annexes, again.cosigners) == (paper.annexes, (SignOff(("THƯ KÝ",), "A B"),))


def test_an_outline_behind_the_name_is_not_lost():
    paper = read(f"{HEAD}Sở đề nghị trực./.{FOOT}ĐỀ CƯƠNG BÁO CÁO\n1. Tình hình\n")
    assert paper.annexes == read_annexes("ĐỀ CƯƠNG BÁO CÁO\n1. Tình hình")
    assert paper.annexes[0].title == "ĐỀ CƯƠNG BÁO CÁO"
    assert read(f"{HEAD}Sở đề nghị trực./.{FOOT}ĐÃ SAO Y\nBẢN CHÍNH\n").annexes == ()


LINES = st.sampled_from(
    [
        *(
            "Phụ lục",
            "PHỤ LỤC II",
            "phụ lục 3. DANH SÁCH",
            "Phụ lục I: Mẫu",
            "Phụ lục này.",
            "QUY CHẾ",
            "DANH SÁCH",
            "GIÁM ĐỐC",
        ),
        *(
            "(Kèm theo)",
            "(Ban hành kèm theo Quyết định",
            "số 3)",
            "[khổ ngang]",
            "1. Một",
            "a) hai;",
            "I. BA",
            "- bốn:",
            "",
            "---",
        ),
        *(
            "| a | b |",
            "| A |",
            "| | c |",
            "|",
            "a | b",
            "d\te\tf",
            "g\th",
            "x[1] y",
            "[1] Một.",
            "[2] Hai",
            "Từ[2]",
            "Hoạt động",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=14, unique=True).map("\n".join))
def test_what_was_read_is_read_again_the_same(text):
    once = read_annexes(text)
    assert read_annexes(annex_text(once)) == once
    body = read_body(text)
    assert read_body(body.body) == body
    places = [one for one in blocks(body.body) if isinstance(one, Table)]
    assert all(len({*map(len, table.rows)}) == 1 for table in places)
