"""Two texts as a redline, three as one: pure, no database."""

import pytest

from directives.redline import Clash, merge_texts, redline

BASE = """Sở yêu cầu các đơn vị thực hiện:
1. Các doanh nghiệp viễn thông: kiểm tra trạm phát sóng trước ngày 20/01/2027.
2. Bưu điện tỉnh: giữ an toàn thư công, báo cáo về Sở chậm nhất ngày 25/01/2027.
3. Báo Hải Giang tuyên truyền trên các ấn phẩm.
| STT | Trạm | Địa điểm |
| 1 | Núi Đèo | Xã Sơn Hải |
| 2 | Bến Gót | Xã Cát Bà |
Đề nghị các đơn vị thực hiện./."""


def told(changes):
    """Each row as `kind: text`, struck out in [-…-], added in {+…+}; cells parted by strokes."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    rows = []
    for row in changes.rows:
        cells = ["".join(marks[kind].format(text) for kind, text in cell) for cell in row.cells]
        rows.append(f"{row.kind}: {' / '.join(cells)}")
    return rows


def changed(before, after):
    return [row for row in told(redline(before, after)) if not row.startswith("same")]


def test_words_inside_a_changed_paragraph():
    after = BASE.replace("trước ngày 20/01/2027", "chậm nhất ngày 22/01/2027")
    assert changed(BASE, after) == [
        "changed: 1. Các doanh nghiệp viễn thông: kiểm tra trạm phát sóng "
        "[-trước ngày 20/01/2027-]{+chậm nhất ngày 22/01/2027+}."
    ]


def test_a_paragraph_inserted_renumbers_the_rest_quietly():
    after = BASE.replace("2. Bưu", "2. Công an tỉnh: canh phòng cột ăng ten.\n3. Bưu").replace("3. Báo", "4. Báo")
    changes = redline(BASE, after)
    assert changed(BASE, after) == [
        "new: {+2. Công an tỉnh: canh phòng cột ăng ten.+}",
        "renumbered: [-2.-]{+3. +}Bưu điện tỉnh: giữ an toàn thư công, báo cáo về Sở chậm nhất ngày 25/01/2027.",
        "renumbered: [-3.-]{+4. +}Báo Hải Giang tuyên truyền trên các ấn phẩm.",
    ]
    assert changes.said() == "1 đoạn thêm, 2 đoạn chỉ đổi số mục"


def test_a_moved_paragraph_is_one_move_with_its_words_changed_inside():
    lines = BASE.split("\n")
    moved = lines[1].replace("1. ", "3. ").replace("trạm phát sóng", "trạm thu phát sóng")
    after = "\n".join([lines[0], "1" + lines[2][1:], "2" + lines[3][1:], moved, *lines[4:]])
    assert [row.split(":")[0] for row in changed(BASE, after)] == ["left", "renumbered", "renumbered", "moved"]
    assert "kiểm tra trạm {+thu +}phát sóng" in changed(BASE, after)[-1]


def test_tables_change_cell_by_cell():
    after = BASE.replace("| 2 | Bến", "| 2 | Cột cờ | Phường Minh Khai |\n| 3 | Bến").replace("Xã Sơn", "Xã Việt")
    assert changed(BASE, after) == [
        "changed: 1 / Núi Đèo / Xã [-Sơn -]{+Việt +}Hải",
        "new: {+2+} / {+Cột cờ+} / {+Phường Minh Khai+}",
        "renumbered: [-2-]{+3+} / Bến Gót / Xã Cát Bà",
    ]


def test_a_new_column_leaves_the_others_alone():
    assert changed("| Trạm | Nơi |\n| Núi Đèo | Sơn Hải |", "| Trạm | Máy nổ | Nơi |\n| Núi Đèo | 2 | Sơn Hải |") == [
        "changed: Trạm / {+Máy nổ+} / Nơi",
        "changed: Núi Đèo / {+2+} / Sơn Hải",
    ]


@pytest.mark.parametrize("after", [BASE.replace(" ", "  "), BASE.replace("\n", " \n\n"), BASE.replace("\n", "\r\n")])
def test_spaces_are_no_change(after):
    assert not redline(BASE, after).changed
    assert redline(BASE, after).said() == "không đổi"


def test_a_rewritten_paragraph_is_struck_out_whole():
    assert changed("1. Kiểm tra trạm phát sóng.", "1. Trực lãnh đạo đủ hai bốn giờ.") == [
        "gone: [-1. Kiểm tra trạm phát sóng.-]",
        "new: {+1. Trực lãnh đạo đủ hai bốn giờ.+}",
    ]


def test_both_texts_can_be_read_out_of_the_redline():
    """Nothing is left out: struck out and same give the old lines, added and same the new ones."""
    after = BASE.replace("trước ngày", "xong trước").replace("Xã Cát", "Đặc khu Cát").replace("3. Báo", "a) Báo")
    for text, kinds in ((BASE, {"same", "gone"}), (after, {"same", "new"})):
        read = [
            "".join(t for cell in row.cells for kind, t in cell if kind in kinds) for row in redline(BASE, after).rows
        ]
        letters = ["".join(line.split()) for line in read if line]
        assert letters == ["".join(line.replace("|", "").split()) for line in text.split("\n")]


def test_what_did_not_change_is_folded_with_a_line_left_around_each_change():
    before = "\n".join(f"{n}. Đoạn số {n} nói một việc." for n in range(1, 21))
    blocks = redline(before, before.replace("số 10 nói", "số 10 không nói")).blocks()
    assert [(block.folded, len(block.rows)) for block in blocks] == [(True, 8), (False, 3), (True, 9)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- x y\n" * 9_000, "- x z\n" * 9_000),
        ("| a | b |\n" * 9_000, "| a | c |\n" * 9_000),
        ("a " * 90_000, "b " * 90_000),
        (" ".join(map(str, range(20_000))), " ".join(str(n % 7) for n in range(20_000))),
        ("", BASE),
        (BASE, ""),
        ("", ""),
    ],
)
def test_anything_is_compared(before, after):
    changes = redline(before, after)
    assert changes.changed == (before != after)
    assert changes.blocks() or before == after


def test_a_megabyte_is_not_compared_and_says_so():
    changes = redline("a" * 500_000, "b" * 500_000)
    assert (changes.too_long, changes.changed, changes.blocks()) == (True, True, [])
    assert "dài quá" in changes.said()


MINE = BASE.replace("ngày 20/01/2027", "ngày 18/01/2027")


def test_changes_of_different_paragraphs_are_joined():
    theirs = BASE.replace("thư công,", "thư công và bưu phẩm,").replace("Xã Cát Bà", "Đặc khu Cát Hải")
    merged, clashes = merge_texts(BASE, MINE, theirs)
    assert clashes == []
    assert merged == theirs.replace("ngày 20/01/2027", "ngày 18/01/2027")


def test_numbers_follow_whoever_changed_them():
    theirs = BASE.replace("1. Các", "1. Công an tỉnh canh phòng cột ăng ten.\n2. Các")
    theirs = theirs.replace("2. Bưu", "3. Bưu").replace("3. Báo", "4. Báo")
    merged, clashes = merge_texts(BASE, MINE, theirs)
    assert clashes == []
    assert merged == theirs.replace("ngày 20/01/2027", "ngày 18/01/2027")


@pytest.mark.parametrize(("prefer", "kept"), [("mine", "18/01/2027"), ("theirs", "15/01/2027")])
def test_one_paragraph_changed_by_both_is_told(prefer, kept):
    theirs = BASE.replace("ngày 20/01/2027", "ngày 15/01/2027").replace("trên các ấn phẩm", "trên báo in")
    merged, clashes = merge_texts(BASE, MINE, theirs, prefer)
    lines = [text.split("\n")[1] for text in (BASE, MINE, theirs)]
    assert clashes == [Clash(*lines)]
    assert kept in merged
    assert "trên báo in" in merged


def test_struck_out_by_one_and_changed_by_the_other_is_told():
    theirs = "\n".join(line for line in BASE.split("\n") if not line.startswith("1."))
    assert merge_texts(BASE, MINE, theirs)[1] == [Clash(BASE.split("\n")[1], MINE.split("\n")[1], None)]
    assert merge_texts(BASE, BASE, theirs) == (theirs, [])


def test_what_both_add_stands_twice_and_what_both_write_anew_is_told():
    end = "Đề nghị các đơn vị thực hiện./."
    merged, clashes = merge_texts(
        BASE, BASE.replace(end, f"4. Việc một.\n{end}"), BASE.replace(end, f"4. Ca hai.\n{end}")
    )
    assert clashes == []
    assert merged.split("\n")[-3:] == ["4. Ca hai.", "4. Việc một.", end]
    one, two = BASE.replace(end, "Trân trọng."), BASE.replace(end, "Xin cảm ơn quý vị.")
    assert merge_texts(BASE, one, two)[1] == [Clash(None, "Trân trọng.", "Xin cảm ơn quý vị.")]
