"""Every sentence of the libraries that our people can meet is Vietnamese, and the compiled catalogue is the written one."""

import gettext
import re
from pathlib import Path

import allauth
import django
import pytest
from allauth.account import forms
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation

CATALOGUE = settings.BASE_DIR / "config/locale/vi/LC_MESSAGES"
QUOTED = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[0\]) "(.*)"$', re.M)
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I)
FAMILIAR = re.compile(r"\bbạn\b", re.I)
FLOORS = ("units", "plans", "directives", "assignments", "notices", "reports", "config")
TEXTS = {".html", ".txt", ".py", ".js", ".po", ".md"}
UNREACHABLE = {"phone_password_mismatch", "phone_taken", "unknown_phone"}


def test_the_compiled_catalogue_is_the_written_one():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written, context, one = {}, "", ""
    for keyword, text in QUOTED.findall((CATALOGUE / "django.po").read_text()):
        text = text.encode().decode("unicode_escape").encode("latin-1").decode() if "\\" in text else text
        if keyword == "msgctxt":
            context = text + "\x04"
        elif keyword == "msgid":
            one = text
        elif keyword.startswith("msgstr"):
            written[(context + one, 0) if "[" in keyword else context + one] = text
            context = ""
    written.pop("")
    held = {key: text for key, text in compiled._catalog.items() if key != ""}
    assert held == written


def test_each_sentence_still_stands_in_a_library():
    """After an upgrade a reworded sentence would silently come out in English."""
    code = "".join(
        path.read_text() for library in (django, allauth) for path in Path(library.__file__).parent.rglob("*.py")
    )
    said = re.sub(r'"\s*"', "", code)
    ours = [
        text for keyword, text in QUOTED.findall((CATALOGUE / "django.po").read_text()) if keyword.startswith("msgid")
    ]
    assert [text for text in ours if text not in said] == []


def test_errors_of_accounts_are_vietnamese():
    with translation.override("vi"):
        said = {code: str(text) for code, text in get_adapter().error_messages.items() if code not in UNREACHABLE}
    assert {code: text for code, text in said.items() if not VIETNAMESE.search(text)} == {}


def test_people_of_other_offices_are_addressed_as_anh_chi():
    """Never with the familiar "bạn"; "ban hành" and the like are other words."""
    spoken = [settings.BASE_DIR / name for name in ("templates", "static/js", *FLOORS, "docs/huong-dan.md")]
    files = [path for top in spoken for path in ([top] if top.is_file() else top.rglob("*")) if path.suffix in TEXTS]
    assert len(files) > 400
    found = {path.name: line for path in files for line in path.read_text().splitlines() if FAMILIAR.search(line)}
    assert found == {}


@pytest.mark.parametrize(
    "form", [forms.LoginForm, forms.ResetPasswordForm, forms.ChangePasswordForm, forms.AddEmailForm]
)
def test_labels_of_account_forms_are_vietnamese(form):
    request = RequestFactory().get("/")
    with translation.override("vi"):
        fields = form(request=request).fields if form is forms.LoginForm else form().fields
        labels = [str(field.label) for name, field in fields.items()]
    assert [label for label in labels if not VIETNAMESE.search(label)] == []
