"""Numbering help: labels follow when items are added, moved or taken out, and nothing else changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.paper.markers import find_marker
from directives.paper.renumber import ALPHABET, renumber


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("I. A\n1. x\n1. y\n2. z\nII. B\n1. x\nIV. C", "I. A\n1. x\n2. y\n3. z\nII. B\n1. x\nIII. C"),
        (
            "1. x:\na) m;\nb) n;\nc) o;\nd) p;\ne) q;\nf) r.\n3. y",
            "1. x:\na) m;\nb) n;\nc) o;\nd) p;\nđ) q;\ne) r.\n2. y",
        ),
        (
            "1. x:\n- a;\n+ b;\n2. y theo mục 4\n2. z theo khoản 2",
            "1. x:\n- a;\n+ b;\n2. y theo mục 4\n3. z theo khoản 2",
        ),
        (
            "1. x\n1.1. a\n1.2. b\n1. y\n1.1. c\n1.1.1. d\n1.1.1. e\n1.3. f",
            "1. x\n1.1. a\n1.2. b\n2. y\n2.1. c\n2.1.1. d\n2.1.2. e\n2.2. f",
        ),
        ("II. x\n2.1. a\n2.1. b", "I. x\n1.1. a\n1.2. b"),
        ("5. x\n6. y\n9. z", "5. x\n6. y\n7. z"),
        ("2. x\n3. y", "1. x\n2. y"),
        (
            "Chương I\nĐiều 1. a\nĐiều 2. b\nChương III\nĐiều 4. c theo Điều 2\nĐiều 5a. d\nĐiều 6. e",
            "Chương I\nĐiều 1. a\nĐiều 2. b\nChương II\nĐiều 3. c theo Điều 2\nĐiều 5a. d\nĐiều 4. e",
        ),
        ("I. A\n1. x\n2. y\nII. B\n3. z\n5. t", "I. A\n1. x\n2. y\nII. B\n3. z\n4. t"),
        ("1. x\n2. y\nĐề nghị:\n1. z\n1. t", "1. x\n2. y\nĐề nghị:\n1. z\n2. t"),
        ("01. x\n01. y\n  (a) m\n\t(a) n\n(1) p\n(1) q", "01. x\n02. y\n  (a) m\n\t(b) n\n(1) p\n(2) q"),
        (
            "Phần thứ nhất\nPhần thứ hai\n| 1. | 2. |\n| 1. | 2. |\nx[1]\n[1] 3. y",
            "Phần thứ nhất\nPhần thứ hai\n| 1. | 2. |\n| 1. | 2. |\nx[1]\n[1] 3. y",
        ),
    ],
    ids=[
        "levels",
        "letters",
        "references",
        "dotted",
        "under-roman",
        "meant",
        "lost-first",
        "articles",
        "runs-on",
        "another",
        "dress",
        "no-list",
    ],
)
def test_labels_follow(typed, wanted):
    assert renumber(typed) == wanted


def test_more_items_than_letters_keep_what_was_typed():
    lines = [f"{letter}) x" for letter in ALPHABET]
    assert renumber("\n".join([*lines, "z) x", "w) x"])) == "\n".join([*lines, "z) x", "w) x"])


LABELS = (
    "I.|II.|IV.|1.|2.|3.|7.|1.1.|1.2.|2.1.|3.1.1.|a)|b)|đ)|f)|-|+|A.|1)|2)|(a)|(2)|Điều 1.|Điều 3.|Điều 5a.|Chương II|Phần I|"
    "Mục 2|Phần thứ hai|[1]"
)
LINES = st.tuples(st.sampled_from(LABELS.split("|")), st.sampled_from(["Việc một", "Khoản 2 điểm a:", "X[1];"])).map(
    " ".join
)


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES | st.sampled_from(["", "Đề nghị:", "| 1 | 2 |"]), min_size=1, max_size=12))
def test_once_is_enough_and_only_labels_change(lines):
    once = renumber("\n".join(lines))
    assert renumber(once) == once
    for before, after in zip(lines, once.split("\n"), strict=True):
        old, new = find_marker(before), find_marker(after)
        assert (old and (old.style, before[old.at :])) == (new and (new.style, after[new.at :]))
        assert old or before == after
