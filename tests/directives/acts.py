"""The people and the papers that tests of `directives` walk through their life."""

from django.core.files.uploadedfile import SimpleUploadedFile

from directives import services
from tests.files import PDF

BODY = (
    "Căn cứ Kế hoạch số 41/KH-UBND ngày 02/11/2026 của Ủy ban nhân dân tỉnh về bảo đảm thông tin;\n"
    "Sở yêu cầu các đơn vị thực hiện:\n"
    "1. Các doanh nghiệp viễn thông: kiểm tra trạm phát sóng trước ngày 20/01/2027.\n"
    "2. Bưu điện tỉnh: giữ an toàn thư công, báo cáo về Sở chậm nhất ngày 25/01/2027."
)
REASON = "Thiếu hạn hoàn thành ở mục 2."


def scan(name="ban-quet.pdf", data=PDF):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def demand(label, text, *targets, **fields):
    return {"label": label, "text": text, "targets": [(target, "lead") for target in targets]} | fields


def save(draft, parts, *, actor, now, version=1, **fields):
    kept = {name: getattr(draft, name) for name in ("kind", "subject", "body", "division", "urgency", "authority")}
    return services.save_draft(draft, actor=actor, now=now, version=version, **parts, **(kept | fields))


def walk_to(dispatch, cast, now, status):
    """The paper moved by the people who move it, up to `status`."""
    steps = {
        "review": lambda d: services.submit_dispatch(d, actor=cast.specialist, now=now),
        "approved": lambda d: services.approve_dispatch(d, actor=cast.leader, now=now),
        "signed": lambda d: services.sign_dispatch(
            d, actor=cast.leader, now=now, authority=cast.authority, signed_at=now
        ),
        "numbered": lambda d: services.number_dispatch(d, actor=cast.clerk, now=now),
    }
    for name, step in steps.items():
        if dispatch.status == status:
            break
        dispatch = step(dispatch)
        assert dispatch.status == name
    return dispatch
