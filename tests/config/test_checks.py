import shutil

from fontTools import subset

from config import checks


def ids(findings):
    return [finding.id for finding in findings]


def test_this_checkout_is_well():
    assert ids(checks.check_paper_fonts(None) + checks.check_folders(None) + checks.check_clock(None)) == []


def test_vietnamese_has_134_letters_of_its_own():
    assert len(checks.VIETNAMESE) == 134
    assert {"ợ", "Ữ", "đ", "Ẫ", "ỹ"} <= checks.VIETNAMESE


def test_missing_fonts_are_an_error_each(settings, tmp_path):
    settings.PAPER_FONTS = tmp_path
    assert ids(checks.check_paper_fonts(None)) == ["config.E001"] * 4


def test_broken_font_is_an_error(settings, tmp_path):
    fonts = shutil.copytree(settings.PAPER_FONTS, tmp_path / "fonts")
    (fonts / "PaperSerif-Bold.ttf").write_bytes(b"not a font")
    settings.PAPER_FONTS = fonts
    assert ids(checks.check_paper_fonts(None)) == ["config.E001"]


def test_font_without_some_letters_is_an_error_that_names_them(settings, tmp_path):
    fonts = shutil.copytree(settings.PAPER_FONTS, tmp_path / "fonts")
    poor = fonts / "PaperSerif-Regular.ttf"
    kept = [f"{ord(letter):x}" for letter in checks.VIETNAMESE - {"ậ", "Ữ"}]
    subset.main([str(settings.PAPER_FONTS / poor.name), f"--output-file={poor}", f"--unicodes={','.join(kept)}"])
    settings.PAPER_FONTS = fonts
    (finding,) = checks.check_paper_fonts(None)
    assert finding.id == "config.E002"
    assert finding.msg.endswith("lacks: ậ Ữ.")


def test_media_root_in_a_file_is_an_error(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert ids(checks.check_folders(None)) == ["config.E003"]


def test_another_zone_is_an_error(settings):
    settings.TIME_ZONE = "Asia/Bangkok"
    assert ids(checks.check_clock(None)) == ["config.E004"]


def test_no_mail_server_is_a_warning_but_not_in_the_demonstration(settings):
    settings.EMAIL_HOST, settings.DEMO = "", False
    assert ids(checks.check_mail(None)) == ["config.W001"]
    settings.DEMO = True
    assert checks.check_mail(None) == []
    settings.EMAIL_HOST, settings.DEMO = "mail.example.vn", False
    assert checks.check_mail(None) == []


def test_missing_harfbuzz_subset_is_a_warning(monkeypatch):
    monkeypatch.setattr(checks.ctypes.util, "find_library", lambda name: None)
    assert ids(checks.check_harfbuzz(None)) == ["config.W002"]
