"""What is said about accounts: invitations, what became of them, and changes an administrator made to somebody's account."""

from django.utils import timezone

from units.tokens import VALID_FOR


def _until(at):
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"


def invitation(unit, role, host, link, expires_at):
    """To the invited person; the link is for them alone."""
    by = f" theo lời mời của {host}" if host else ""
    return (
        f"Mời mở tài khoản: {role.lower()} của {unit}",
        f"Mời anh/chị mở đường dẫn sau để đặt mật khẩu và bắt đầu dùng Thông Suốt:\n\n{link}\n\n"
        f"Anh/chị được mời làm {role.lower()} của {unit}{by}. Qua Thông Suốt, đơn vị nhận văn bản, nhiệm vụ của Sở, "
        "báo cáo kết quả và gửi lịch trực.\n"
        f"Đường dẫn dùng được một lần, đến {_until(expires_at)}; không chuyển thư này cho người khác. "
        "Nếu anh/chị không phụ trách việc này, xin báo lại người mời.",
    )


def account_open(name, unit, role, username, email):
    """To the person whose account has just been opened."""
    return (
        "Tài khoản của anh/chị đã mở",
        f"Từ nay anh/chị đăng nhập Thông Suốt bằng tên {username} hoặc thư điện tử {email}, với mật khẩu vừa đặt.\n"
        f"Vai trò: {role.lower()} của {unit}. Nên bật bước xác thực thứ hai ở mục “Bảo mật” để bảo vệ tài khoản.",
    )


def invitation_accepted(name, unit, role):
    """To the one who invited."""
    return (
        f"{name} đã mở tài khoản",
        f"{name} đã nhận lời mời và mở tài khoản: {role.lower()} của {unit}. Anh/chị không phải làm gì thêm.",
    )


def invitation_asked(name, unit):
    """To the one who invited: the link died before it was used."""
    return (
        f"{name} xin gửi lại lời mời",
        f"Đề nghị gửi lại lời mời mở tài khoản cho {name} ({unit}): đường dẫn cũ đã quá {VALID_FOR.days} ngày. "
        "Nếu người này không còn phụ trách, đề nghị thu hồi lời mời.",
    )


def invitation_bounced(name, unit):
    """To the one who invited: the letter could not be delivered."""
    return (
        f"Thư mời {name} không gửi được",
        f"Đề nghị kiểm tra địa chỉ thư của {name} ({unit}) trong danh bạ, sửa cho đúng rồi gửi lại lời mời.",
    )


def right_given(what, unit, by):
    """To whoever may confirm it."""
    return (
        f"Quyền mới chờ xác nhận: {unit}",
        f"{by} vừa giao {what} ({unit}). Quyền này chưa có hiệu lực. Đề nghị đối chiếu với quyết định phân công rồi xác nhận "
        "hoặc từ chối; nếu không ai biết việc này, đề nghị kiểm tra ngay tài khoản của người giao.",
    )


def rights_wait(lines):
    """To whoever may confirm them, each day until they are decided."""
    shown = "\n".join(f"– {line}" for line in lines[:10])
    more = f"\n… và {len(lines) - 10} quyền khác." if len(lines) > 10 else ""
    return (
        f"Còn {len(lines)} quyền chờ xác nhận",
        f"Các quyền sau chưa có hiệu lực, đề nghị xác nhận hoặc từ chối:\n{shown}{more}",
    )


def account_changed(what):
    """To the person whose account or rights were changed."""
    return (
        "Tài khoản của anh/chị vừa được thay đổi",
        f"Nếu anh/chị không biết việc này, đề nghị báo ngay quản trị hệ thống của Sở. {what}",
    )


def access_changed(name, what, by):
    """To the administrators and leaders who did not do it."""
    return (
        f"Cách mở tài khoản của {name} vừa được thay đổi",
        f"{by} thực hiện: {what}\nTrong 7 ngày {name} không xác nhận được quyền. Nếu không ai yêu cầu việc này, đề nghị hỏi ngay "
        "chính người đó và kiểm tra các quyền đang chờ xác nhận.",
    )


def address_changed(by):
    """To the address that opens the account no more."""
    return (
        "Thư điện tử của tài khoản vừa được đổi",
        f"{by} vừa thay địa chỉ này bằng một địa chỉ khác trong tài khoản của anh/chị. Nếu anh/chị không yêu cầu, đề nghị báo ngay "
        "lãnh đạo Sở hoặc một quản trị khác: có thể ai đó đang chiếm tài khoản.",
    )


def history_proven(check):
    """To the administrators, each night: the digest is worth something once it lies outside this system, as this mail does."""
    day = f"{timezone.localtime(check.at):%d/%m/%Y}"
    if check.broken_id:
        return (
            f"KHẨN: nhật ký xử lý đã bị can thiệp (kiểm chứng ngày {day})",
            f"Chuỗi niêm phong hỏng tại mắt xích {check.broken_id}: {check.why}. Trước đó {check.rows} dòng còn nguyên vẹn.\n"
            "Hãy giữ nguyên máy chủ và các bản sao lưu, không sửa gì thêm, báo lãnh đạo và người phụ trách an ninh mạng.",
        )
    return (
        f"Nhật ký xử lý nguyên vẹn, ngày {day}",
        f"Đã đọc lại {check.rows} dòng trong {check.seals} mắt xích. Mã của mắt xích cuối:\n{check.head or '(chưa có)'}\n"
        "Hãy giữ thư này hoặc in ra: mã nằm ngoài hệ thống thì không ai viết lại được nhật ký mà không lộ.",
    )
