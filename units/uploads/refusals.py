"""Why a file is not taken, each with the way out: what people read beside the field."""

from django.core.exceptions import ValidationError

REASONS = {
    "archive": "là tệp nén ({what}), bên trong có thể giấu tệp nguy hiểm. Hãy giải nén và tải lên từng tệp.",
    "old_office": "là tệp Office kiểu cũ (.doc, .xls, .ppt), loại có thể mang mã độc. Hãy mở tệp, chọn “Lưu thành” kiểu .docx "
    "hoặc .xlsx rồi tải lên lại.",
    "macro": "có macro (mã lệnh chạy khi mở tệp). Hãy mở tệp, chọn “Lưu thành” kiểu .docx hoặc .xlsx không có macro rồi tải "
    "lên lại.",
    "embedded": "có tệp hoặc chương trình nhúng bên trong ({what}). Hãy xóa phần nhúng (hoặc dán lại thành ảnh), lưu lại rồi "
    "tải lên; tệp nhúng cần gửi thì tải lên riêng.",
    "external": "tự lấy dữ liệu từ nơi khác khi mở ({what}). Hãy ngắt liên kết (trong Excel: Dữ liệu, Sửa liên kết, Ngắt liên "
    "kết; trong Word: Tệp, Thông tin, Sửa liên kết tới tệp), lưu lại rồi tải lên.",
    "encrypted": "được đặt mật khẩu hoặc khóa quyền nên không kiểm tra được. Hãy bỏ mật khẩu, lưu lại rồi tải lên.",
    "active": "có thành phần tự chạy ({what}). Hãy in tệp ra PDF mới (chọn máy in “Lưu thành PDF”) rồi tải tệp mới lên.",
    "attached": "có tệp khác đính kèm bên trong. Hãy tách tệp đính kèm, in lại ra PDF rồi tải lên từng tệp.",
    "two_types": "vừa là {what}, vừa là loại tệp khác ghép vào, cách thường dùng để giấu mã độc. Hãy tạo lại tệp từ phần mềm gốc "
    "rồi tải lên.",
    "bomb": "bung ra quá lớn so với cỡ tệp, có thể làm treo máy chủ. Hãy bỏ ảnh và trang tính không dùng, lưu lại rồi tải lên.",
    "pages": "có {what} trang, mức cho phép là {most}. Hãy tách thành nhiều tệp rồi tải lên.",
    "pixels": "là ảnh quá lớn ({what} triệu điểm ảnh, mức cho phép là {most}). Hãy thu nhỏ ảnh hoặc chụp lại ở cỡ vừa rồi tải "
    "lên.",
    "broken": "bị hỏng, không đọc được. Hãy mở bằng phần mềm đã tạo ra tệp, lưu lại rồi tải lên.",
    "ending": "mang đuôi “{ending}” nhưng nội dung là {what}. Hãy kiểm tra lại tệp, đặt đúng đuôi hoặc chọn tệp khác.",
    "double_ending": "có hai đuôi (“{ending}” đứng trước đuôi thật), cách thường dùng để ngụy trang. Hãy đổi tên tệp rồi tải lên.",
    "turned_name": "có ký tự ẩn đảo chiều chữ trong tên, cách thường dùng để giả đuôi tệp. Hãy đổi tên tệp rồi tải lên lại.",
}


class Unfit(ValidationError):
    """A file that is not taken. `code` is a key of `REASONS`."""

    def __init__(self, name, code, **facts):
        super().__init__(f"Tệp “{name}” {REASONS[code].format(**facts)}", code=code)
