"""For each rule of the checker the smallest change that breaks a correct paper, and the same place put right.

A pair names the model, the words of it that are replaced, and by what: `right` gives a paper without findings, `wrong`
one on which the rule speaks. `also` are rules that rightly speak on the same broken paper.
"""

from datetime import date
from typing import NamedTuple

from directives.paper.check import KnownBasis, Registry
from tests.directives.check_models import LETTER as LETTER_TEXT
from tests.directives.check_models import MODELS

PROVINCE = Registry(
    bodies=frozenset({"Doanh nghiệp bưu chính", "Các doanh nghiệp viễn thông", "UBND tỉnh", "Báo và Đài Hải Giang"}),
    bases=(
        KnownBasis("12/KH-UBND", "2026-01-02"),
        KnownBasis("12/KH-UBND-CU", "2025-01-02", "12/KH-UBND", date(2026, 1, 2)),
    ),
)
TODAY = date(2026, 1, 5)


class Pair(NamedTuple):
    rule: str
    kind: str
    at: str
    wrong: str
    right: str | None = None
    also: tuple[str, ...] = ()

    @property
    def broken(self) -> str:
        return self._with(self.wrong)

    @property
    def repaired(self) -> str:
        return self._with(self.at if self.right is None else self.right)

    def _with(self, words: str) -> str:
        model = MODELS[self.kind]
        assert self.at in model, self
        return model.replace(self.at, words, 1)


LETTER = "công văn"
ANNEXED = "quyết định có phụ lục"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
AGENCY = "ỦY BAN NHÂN DÂN TỈNH HẢI GIANG\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\n"
DAY = "Hải Giang, ngày 05 tháng 01 năm 2026"
SIGN = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"
BASIS = "Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh về phục vụ Nhân dân đón Tết"
LAST = "Sở Khoa học và Công nghệ đề nghị các đơn vị thực hiện đúng nội dung trên./."
DUE = "trước ngày 14/01/2026"
CITED = "Căn cứ Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh về tổ chức cuộc bầu cử."
TASK = "Kiểm tra nguồn điện dự phòng của các trạm"

PAIRS = (
    Pair(
        "head-absent",
        LETTER,
        LETTER_TEXT.partition("Hải Giang, ngày")[0],
        "Số: 05/SKHCN-BCVT\nV/v bảo đảm thông tin\n\n",
    ),
    Pair("nation", LETTER, NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHIÃ VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    Pair("motto", LETTER, MOTTO, "Độc lập-Tự do-Hạnh phúc"),
    Pair("agency-absent", LETTER, AGENCY, ""),
    Pair("number-absent", LETTER, "Số: 05/SKHCN-BCVT\n", ""),
    Pair("number-colon", LETTER, "Số: 05/SKHCN-BCVT", "Số 05/SKHCN-BCVT", "Số: /SKHCN-BCVT"),
    Pair("number-zero", LETTER, "Số: 05/", "Số: 5/"),
    Pair("symbol-spaces", LETTER, "05/SKHCN-BCVT", "05/SKHCN - BCVT"),
    Pair("symbol-capitals", "kế hoạch", "05/KH-SKHCN", "05/KH-SKHCn", "05/KH-SKHCN"),
    Pair("symbol-kind", LETTER, "05/SKHCN-BCVT", "05/CV-SKHCN"),
    Pair("symbol-kind", "kế hoạch", "05/KH-SKHCN", "05/QĐ-SKHCN"),
    Pair("date-absent", LETTER, f"{DAY}\n", ""),
    Pair("place-absent", LETTER, "Hải Giang, ngày", "ngày"),
    Pair("place-comma", LETTER, "Hải Giang, ngày", "Hải Giang ngày"),
    Pair("place-short", LETTER, "Hải Giang, ngày", "TP. Hồ Chí Minh, ngày", "Thành phố Hồ Chí Minh, ngày"),
    Pair("day-zero", LETTER, "ngày 05 tháng 01", "ngày 5 tháng 01"),
    Pair("month-zero", LETTER, "ngày 05 tháng 01", "ngày 05 tháng 1"),
    Pair("date-slashed", LETTER, DAY, "Hải Giang, ngày 05/01/2026"),
    Pair("date-impossible", LETTER, "ngày 05 tháng 01", "ngày 32 tháng 01"),
    Pair(
        "subject-absent",
        LETTER,
        "V/v bảo đảm thông tin liên lạc dịp tết Nguyên đán Bính Ngọ\n",
        "",
    ),
    Pair("letter-title", LETTER, f"{DAY}\n", f"{DAY}\n\nCÔNG VĂN\n", f"{DAY}\n"),
    Pair("about-label", LETTER, "V/v bảo đảm", "Về việc bảo đảm"),
    Pair("about-label", "quyết định", "Về việc thành lập", "V/v thành lập"),
    Pair("about-stop", LETTER, "Nguyên đán Bính Ngọ\n\nCỘNG", "Nguyên đán Bính Ngọ.\n\nCỘNG"),
    Pair(
        "subject-case",
        "kế hoạch",
        "Bảo đảm thông tin liên lạc phục vụ bầu cử\n",
        "BẢO ĐẢM THÔNG TIN LIÊN LẠC PHỤC VỤ BẦU CỬ\n",
    ),
    Pair("urgency-unknown", "công điện", "\nCÔNG ĐIỆN", "\nHỎA TỐC HẸN GIỜ\n\nCÔNG ĐIỆN", "\nHỎA TỐC\n\nCÔNG ĐIỆN"),
    Pair("send-absent", "tờ trình", "Kính gửi: Ủy ban nhân dân tỉnh.\n\n", ""),
    Pair("send-needless", "kế hoạch", "Căn cứ Luật", "Kính gửi: UBND tỉnh.\n\nCăn cứ Luật", "Căn cứ Luật"),
    Pair(
        "call-absent",
        "công điện",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ điện:\n- Các doanh nghiệp viễn thông;\n- Các doanh nghiệp bưu chính.\n\n",
        "",
    ),
    Pair("invite-absent", "giấy mời", "trân trọng kính mời: Lãnh đạo", "thông báo: Lãnh đạo"),
    Pair("send-colon", LETTER, "Kính gửi:\n", "Kính gửi\n"),
    Pair("send-one", "tờ trình", "Kính gửi: Ủy ban nhân dân tỉnh.", "Kính gửi:\n- Ủy ban nhân dân tỉnh."),
    Pair("send-dashes", LETTER, "- Các doanh nghiệp bưu chính;\n-", "Các doanh nghiệp bưu chính;\n-"),
    Pair("send-marks", LETTER, "- Các doanh nghiệp bưu chính;", "- Các doanh nghiệp bưu chính,"),
    Pair("basis-number", "kế hoạch", CITED, "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh về tổ chức cuộc bầu cử."),
    Pair("basis-date", LETTER, "12/KH-UBND ngày 02/01/2026 của", "12/KH-UBND của"),
    Pair("basis-issuer", LETTER, BASIS, "Kế hoạch số 12/KH-UBND ngày 02/01/2026 về phục vụ Nhân dân đón Tết"),
    Pair("law-number", "kế hoạch", "Luật Viễn thông ngày", "Luật Viễn thông số 24/2023/QH15 ngày"),
    Pair("basis-marks", "kế hoạch", "24 tháng 11 năm 2023;", "24 tháng 11 năm 2023,"),
    Pair("basis-after", LETTER, "ngày 02/01/2026 của", "ngày 20/02/2026 của", also=("basis-misdated",)),
    Pair(
        "basis-year",
        LETTER,
        "Kế hoạch số 12/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2021 của Chính phủ",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
    ),
    Pair("basis-superseded", LETTER, "12/KH-UBND ngày 02/01/2026", "12/KH-UBND-CU ngày 02/01/2025"),
    Pair("basis-misdated", LETTER, "ngày 02/01/2026 của", "ngày 03/01/2026 của"),
    Pair(
        "symbol-cited",
        LETTER,
        TASK,
        f"{TASK} theo Thông báo số 7/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh",
        TASK,
    ),
    Pair(
        "cited-spaces",
        LETTER,
        TASK,
        f"{TASK} theo Công văn số 46 - CV/TU ngày 04/01/2026 của Tỉnh ủy",
        f"{TASK} theo Công văn số 46-CV/TU ngày 04/01/2026 của Tỉnh ủy",
        ("citation-full",),
    ),
    Pair(
        "citation-full",
        LETTER,
        TASK,
        f"{TASK} theo Quyết định số 12/2016/QĐ-UBND",
        f"{TASK} theo Quyết định số 12/2016/QĐ-UBND ngày 04/4/2016 của Ủy ban nhân dân tỉnh",
    ),
    Pair("label-order", "kế hoạch", "2. Phân công rõ việc", "3. Phân công rõ việc"),
    Pair("letter-order", LETTER, "b) Tổ chức trực", "c) Tổ chức trực"),
    Pair("label-mark", "quyết định", "Điều 1. Thành lập", "Điều 1: Thành lập"),
    Pair("label-mark", LETTER, "a) Kiểm tra nguồn", "a. Kiểm tra nguồn"),
    Pair(
        "level-title",
        "quyết định",
        "Điều 1. Thành lập",
        "Chương I\n\nĐiều 1. Thành lập",
        "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Thành lập",
    ),
    Pair(
        "level-numeral",
        "quyết định",
        "Điều 1. Thành lập",
        "Chương 1\nQUY ĐỊNH CHUNG\n\nĐiều 1. Thành lập",
        "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Thành lập",
    ),
    Pair("section-capitals", "kế hoạch", "I. MỤC ĐÍCH, YÊU CẦU", "I. Mục đích, yêu cầu"),
    Pair("heading-marks", LETTER, "2. Các doanh nghiệp viễn thông:", "2. Các doanh nghiệp viễn thông."),
    Pair("end-mark", LETTER, LAST, LAST.replace("./.", ".")),
    Pair("end-mark-early", LETTER, f"{DUE}.", f"{DUE}./."),
    Pair("copies-absent", LETTER, "Nơi nhận:\n- Như trên;\n- Ủy ban nhân dân tỉnh (để b/c);\n- Lưu: VT, BCVT.\n", ""),
    Pair("copies-colon", LETTER, "Nơi nhận:\n", "Nơi nhận\n"),
    Pair("copies-above", LETTER, "- Như trên;\n", ""),
    Pair("copies-above", LETTER, "- Như trên;", "- Như Kính gửi;"),
    Pair("copies-above-needless", "kế hoạch", "Nơi nhận:\n", "Nơi nhận:\n- Như trên;\n"),
    Pair("copies-article", "quyết định", "- Như Điều 3;\n", ""),
    Pair("copies-file", LETTER, "(để b/c);\n- Lưu: VT, BCVT.\n", "(để b/c).\n"),
    Pair("copies-file-colon", LETTER, "- Lưu: VT, BCVT.", "- Lưu VT, BCVT."),
    Pair("copies-file-unit", LETTER, "- Lưu: VT, BCVT.", "- Lưu: VT."),
    Pair("copies-marks", LETTER, "(để b/c);", "(để b/c),"),
    Pair("sign-absent", LETTER, f"{SIGN}\nTrần Thị Bình\n", ""),
    Pair("sign-name", LETTER, "\nTrần Thị Bình\n", ""),
    Pair("sign-form", LETTER, "KT. GIÁM ĐỐC\n", "KT.GIÁM ĐỐC\n"),
    Pair("sign-capitals", LETTER, "KT. GIÁM ĐỐC\n", "KT. Giám đốc\n"),
    Pair("sign-second-line", LETTER, SIGN, "KT. GIÁM ĐỐC\n"),
    Pair("sign-deputy", LETTER, SIGN, "PHÓ GIÁM ĐỐC\n"),
    Pair("sign-for-head", LETTER, SIGN, "KT. GIÁM ĐỐC\nTRƯỞNG PHÒNG\n"),
    Pair("sign-collective", LETTER, SIGN, "TM. GIÁM ĐỐC\nGIÁM ĐỐC\n", "GIÁM ĐỐC\n"),
    Pair(
        "sign-mandate",
        LETTER,
        SIGN,
        "TUQ. GIÁM ĐỐC\nKT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n",
        "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG\n",
    ),
    Pair("sign-acting", LETTER, SIGN, "Q. PHÓ GIÁM ĐỐC\n", "Q. GIÁM ĐỐC\n"),
    Pair("sign-acting", LETTER, SIGN, "QUYỀN GIÁM ĐỐC\n", "Q. GIÁM ĐỐC\n"),
    Pair("sign-in-charge", LETTER, SIGN, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC PHỤ TRÁCH\n"),
    Pair("sign-degree", LETTER, "Trần Thị Bình", "ThS. Trần Thị Bình"),
    Pair("sign-name-case", LETTER, "Trần Thị Bình", "TRẦN THỊ BÌNH"),
    Pair(
        "annex-mentioned",
        LETTER,
        "Trần Thị Bình\n",
        "Trần Thị Bình\n\nPhụ lục\nDANH SÁCH CÁC TRẠM\n(Kèm theo Công văn số 05/SKHCN-BCVT)\n",
        "Trần Thị Bình\n",
    ),
    Pair("annex-number", ANNEXED, "Phụ lục II\n", "Phụ lục 2\n"),
    Pair(
        "annex-source",
        ANNEXED,
        "DANH SÁCH TỔ ỨNG CỨU\n(Kèm theo Quyết định số 05/QĐ-SKHCN)\n",
        "DANH SÁCH TỔ ỨNG CỨU\n",
    ),
    Pair("annex-case", ANNEXED, "DANH SÁCH TỔ ỨNG CỨU", "Danh sách Tổ ứng cứu"),
    Pair("annex-case", ANNEXED, "Phụ lục II\n", "PHỤ LỤC II\n"),
    Pair("capital-item", LETTER, f"a) {TASK}", f"a) {TASK[0].lower()}{TASK[1:]}"),
    Pair("capital-body", LETTER, "Sở Khoa học và Công nghệ yêu cầu", "Sở khoa học và công nghệ yêu cầu"),
    Pair("capital-people", LETTER, "phục vụ Nhân dân đón", "phục vụ nhân dân đón"),
    Pair("capital-tet", LETTER, "đón Tết", "đón Tết Nguyên đán", "đón tết Nguyên đán"),
    Pair("capital-place", LETTER, TASK, f"{TASK} tại Huyện Ba Chẽ", f"{TASK} tại huyện Ba Chẽ"),
    Pair("capital-numbered", LETTER, TASK, f"{TASK} tại phường 5", f"{TASK} tại Phường 5"),
    Pair("capital-citing", LETTER, TASK, f"{TASK} theo Khoản 2 Điều 3", f"{TASK} theo khoản 2 Điều 3"),
    Pair("capital-document", LETTER, "Thực hiện Kế hoạch số", "Thực hiện kế hoạch số"),
    Pair("capital-lunar", LETTER, "đón Tết", "đón tết Nguyên đán Bính ngọ", "đón tết Nguyên đán Bính Ngọ"),
    Pair("capital-weekday", LETTER, TASK, f"{TASK} vào thứ hai hằng tuần", f"{TASK} vào thứ Hai hằng tuần"),
    Pair(
        "own-words",
        LETTER,
        "của các trạm;",
        "của hạ tầng mạng cấp; rà soát hạ tầng mạng cáp;",
        "của hạ tầng mạng cáp; rà soát hạ tầng mạng cáp;",
    ),
    Pair("tone-place", LETTER, TASK, f"{TASK}, hòa mạng, hoà sóng", f"{TASK}, hòa mạng, hòa sóng"),
    Pair("doubled-word", LETTER, "của các trạm;", "của của các trạm;"),
    Pair("misspelt", LETTER, TASK, f"{TASK}, bổ xung nhiên liệu", f"{TASK}, bổ sung nhiên liệu"),
    Pair("hyphen-spaces", LETTER, TASK, f"{TASK}, Truyền thanh -Truyền hình", f"{TASK}, Truyền thanh - Truyền hình"),
    Pair(
        "years-span",
        LETTER,
        TASK,
        f"{TASK} giai đoạn 2026 - 2030, nhiệm kỳ 2026-2031",
        f"{TASK} giai đoạn 2026 - 2030, nhiệm kỳ 2026 - 2031",
    ),
    Pair("syllable", LETTER, TASK, f"{TASK}, đuợc vận hành", f"{TASK}, được vận hành"),
    Pair("syllable", LETTER, TASK, f"{TASK}, viêc vận hành", f"{TASK}, việc vận hành"),
    Pair("words-joined", LETTER, TASK, f"{TASK} của ông NguyễnVăn An", f"{TASK} của ông Nguyễn Văn An"),
    Pair("abbreviation", LETTER, "Ủy ban nhân dân tỉnh (để b/c)", "UB bầu cử tỉnh", "Ủy ban bầu cử tỉnh"),
    Pair("abbreviation", LETTER, "Ủy ban nhân dân tỉnh (để b/c)", "UBND các xã thuộc tx", "UBND tỉnh", ("district",)),
    Pair("doubled-word", LETTER, "Kế hoạch số 12", "Kế hoạch số số 12"),
    Pair("space-before", LETTER, "của các trạm;", "của các trạm ;"),
    Pair("space-before", LETTER, TASK, f"{TASK} ,nhiên liệu", f"{TASK}, nhiên liệu"),
    Pair("space-before", LETTER, TASK, f"{TASK}, đăng :04 bài", f"{TASK}, đăng: 04 bài"),
    Pair("space-after", LETTER, TASK, f"{TASK},nhiên liệu", f"{TASK}, nhiên liệu"),
    Pair("weekday-wrong", LETTER, TASK, f"{TASK} thứ Ba, ngày 12/01/2026", f"{TASK} thứ Hai, ngày 12/01/2026"),
    Pair("date-unreal", LETTER, TASK, f"{TASK} từ ngày 31/02/2026", f"{TASK} từ ngày 28/02/2026"),
    Pair("can-chi-wrong", LETTER, "đón Tết", "đón xuân Ất Tỵ 2026", "đón xuân Bính Ngọ 2026"),
    Pair(
        "lunar-wrong",
        LETTER,
        TASK,
        f"{TASK} từ ngày 28 tháng Chạp (tức ngày 16/02/2026)",
        f"{TASK} từ ngày 28 tháng Chạp (tức ngày 15/02/2026)",
    ),
    Pair("lunar-unreal", LETTER, TASK, f"{TASK} từ 30 Tết", f"{TASK} từ 29 Tết"),
    Pair(
        "window-reversed",
        LETTER,
        TASK,
        f"{TASK} từ ngày 20/02/2026 đến ngày 14/02/2026",
        f"{TASK} từ ngày 14/02/2026 đến ngày 20/02/2026",
    ),
    Pair("due-before-issue", LETTER, DUE, "trước ngày 14/01/2025"),
    Pair("due-day-off", LETTER, DUE, "trước ngày 19/01/2026"),
    Pair("lead-short", LETTER, DUE, "trước ngày 08/01/2026"),
    Pair("lead-blank", LETTER, "ngày 05 tháng 01 năm 2026", "ngày     tháng 01 năm 2026"),
    Pair("demand-owner", LETTER, "2. Các doanh nghiệp viễn thông:", "2. Công tác kỹ thuật:"),
    Pair("demand-date", LETTER, " trước ngày 15/01/2026", ""),
    Pair("demand-proof", LETTER, "; gửi ảnh và báo cáo kết quả về Sở trước", " trước"),
    Pair(
        "demand-proof",
        LETTER,
        "; gửi ảnh và báo cáo kết quả về Sở trước",
        " trước",
        "; gửi số liệu, hình ảnh về Sở trước",
    ),
    Pair("demand-proof", LETTER, "báo cáo kết quả về Sở trước ngày 16", "lập phương án dự phòng trước ngày 16"),
    Pair(
        "addressee-idle",
        LETTER,
        "- Các doanh nghiệp viễn thông.",
        "- Các doanh nghiệp viễn thông;\n- Báo và Đài Hải Giang.",
    ),
    Pair(
        "owner-unaddressed",
        LETTER,
        "1. Các doanh nghiệp bưu chính:",
        "1. Công ty Điện lực Hải Giang:",
        None,
        ("addressee-idle",),
    ),
    Pair("duty-unreported", LETTER, "gửi danh sách người trực về Sở", "báo cáo kết quả về Sở"),
    Pair("district", LETTER, "- Ủy ban nhân dân tỉnh (để b/c);", "- Ủy ban nhân dân các huyện, thị xã;"),
    Pair("body-gone", LETTER, "- Ủy ban nhân dân tỉnh (để b/c);", "- Bộ Thông tin và Truyền thông;"),
    Pair("body-unknown", "tờ trình", "Kính gửi: Ủy ban nhân dân tỉnh.", "Kính gửi: Ban Quản lý dự án 9."),
    Pair("secrecy", LETTER, "Kính gửi:\n", "MẬT\n\nKính gửi:\n"),
    Pair("party-form", "chỉ thị", "Số: 05/CT-UBND", "Số: 05-CT/TU"),
    Pair("no-paper", LETTER, LETTER_TEXT, "Sáng nay Sở tổ chức kiểm tra các trạm phát sóng.\n"),
)
