"""Demands: which items, who owns them, when they are due, what proves them."""

import pytest

from directives.paper import read, requirements
from directives.paper.draft import read_body

HEAD = "Số: 1/AB-C\nV/v việc\n\nKính gửi: Các đơn vị.\n\nSở đề nghị:\n\n"


def demands(body: str):
    return requirements(read(f"{HEAD}{body}"))


@pytest.mark.parametrize(
    ("item", "owner"),
    [
        ("1. Doanh nghiệp Bưu chính:\n- Kiểm soát;\n- Niêm yết.", "Doanh nghiệp Bưu chính"),
        ("1. Đề nghị UBND các xã, phường:\n- Hỗ trợ;\n- Báo cáo.", "UBND các xã, phường"),
        ("1. Viễn thông Hải Giang báo cáo kết quả.", "Viễn thông Hải Giang"),
        ("1. Giao Phòng Bưu chính, Viễn thông chủ trì, phối hợp.", "Phòng Bưu chính, Viễn thông"),
        ("1. Sở Nội vụ: Tham mưu UBND tỉnh.", "Sở Nội vụ"),
        (
            "1. Các tổ chức chính trị - xã hội tỉnh vận động hội viên tích cực tham gia.",
            "Các tổ chức chính trị - xã hội tỉnh",
        ),
        ("1. Thường trực HĐND các xã chỉ đạo.", "Thường trực HĐND các xã"),
        ("1. Thực hiện nghiêm chế độ trực lãnh đạo.", None),
        ("1. Mục đích\nBảo đảm thông tin.", None),
    ],
)
def test_owner_is_the_heading_or_the_subject_of_the_sentence(item, owner):
    assert demands(item)[0].addressed == owner


def test_due_cadence_report_and_proof():
    first, second, third, fourth = demands(
        "1. Bưu điện tỉnh gửi danh sách lãnh đạo trực Tết về Sở trước ngày 20/01/2026.\n\n"
        "2. Doanh nghiệp viễn thông:\n- Xây dựng phương án ứng cứu;\n- Báo cáo 02 lần/ngày về Sở.\n\n"
        "3. Doanh nghiệp viễn thông lập phương án dự phòng, hoàn thành chậm nhất ngày 05/3/2026.\n\n"
        "4. Báo cáo viên cơ sở tuyên truyền về bầu cử."
    )
    assert (first.due_phrase, first.deadline.due) == ("trước ngày 20/01/2026", "2026-01-20")
    assert (first.must_report, first.evidence_kind) == (True, "roster list")
    assert (second.every, second.must_report, second.evidence_kind) == ("2/day", True, "report")
    assert "- Xây dựng phương án ứng cứu;" in second.text
    assert (third.deadline.due, third.must_report, third.evidence_kind) == ("2026-03-05", False, "plan")
    assert (fourth.must_report, fourth.evidence_kind, fourth.deadline) == (False, None, None)


def test_in_a_plan_only_the_section_that_assigns_work():
    found = demands(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Một;\nII. NỘI DUNG THỰC HIỆN\n1. Bảo dưỡng.\n2. Trực.\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Phòng A: chủ trì.\n2. Doanh nghiệp: báo cáo trước ngày 01/3/2026.\nIV. KINH PHÍ\n1. Theo quy định."
    )
    assert [(one.label, one.addressed) for one in found] == [("III.1", "Phòng A"), ("III.2", "Doanh nghiệp")]


def test_a_request_without_number_counts_when_it_sets_a_time():
    found = demands("1. Rà soát.\n\nĐề nghị các doanh nghiệp báo cáo về Sở trước ngày 12/3/2026./.")
    assert [(one.label, one.addressed, one.due_phrase) for one in found] == [
        ("1", None, None),
        ("", "các doanh nghiệp", "trước ngày 12/3/2026"),
    ]


def test_nothing_asked_nothing_found():
    assert demands("Xin trân trọng cảm ơn.") == []


def test_a_row_of_a_table_that_assigns_work_is_a_demand():
    paper = read(
        "KẾ HOẠCH\nVề việc A\n\nI. MỤC ĐÍCH\nGiữ liên lạc.\nII. PHÂN CÔNG\n1. Nhiệm vụ:\n"
        "| TT | Hạn | Nội dung công việc | Đơn vị phối hợp | Đơn vị chủ trì |\n"
        "| I | | Trước đợt | | |\n"
        "| 1 | trước ngày 05/02/2026 | Lập danh sách đầu mối | VNPT | Phòng BCVT |\n"
        "| 2 | 06/02/2026 | Kiểm tra trạm | | Thanh tra Sở |\n2. Văn phòng Sở báo cáo kết quả.\n"
    )
    demands = requirements(paper)
    assert [(each.label, each.text, each.addressed, each.due_phrase) for each in demands] == [
        ("II.1.1", "Lập danh sách đầu mối", "Phòng BCVT", "trước ngày 05/02/2026"),
        ("II.1.2", "Kiểm tra trạm", "Thanh tra Sở", "Thời hạn: 06/02/2026"),
        ("II.2", "2. Văn phòng Sở báo cáo kết quả.", "Văn phòng Sở", None),
    ]
    assert all(paper.body[each.start : each.end] == each.text for each in demands)
    assert [
        each.label for each in requirements(read_body(paper.body[paper.body.index("|") : paper.body.index("2. Văn")]))
    ] == ["1", "2"]
