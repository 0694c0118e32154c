"""Passwords that are long and yet guessed at once: a known word dressed up with figures and signs."""

import re
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from units.text import fold

# Words of this product, of the offices that use it and of the country: docs/security.md, v5.0.0-6.1.2.
OURS = (
    r"thong|suot|truyen|tin|lien|lac|so|khoa|hoc|cong|nghe|khcn|stttt|bcvt|vien|buu|chinh|dien|ubnd|uy|ban|nhan|dan|tinh|huyen|xa"
    r"|phuong|don|vi|dau|moi|van|thu|lanh|dao|chuyen|quan|tri|admin|administrator|user|ke|hoach|lich|truc|bau|cu|tet|quoc|khanh"
    r"|bao|lu|hai|giang|viet|nam|vnpt|viettel|mobifone|mat|khau|password|passwd|pass|qwerty|abc|xin|chao|anh|yeu|em|toi|la|me|ba"
)
_WORDS = re.compile(f"(?:{OURS})+")
_DRESS = re.compile(r"[\W\d_]+")
FEWEST_LETTERS = 5  # in a core shorter than this the figures and signs are the password


@cache
def _common():
    return CommonPasswordValidator().passwords


class NotGuessed:
    """Refuses a password whose letters alone, without accents, figures and signs, are a common password, words of ours, or
    one of these again and again. Django's own list holds hardly any of twelve characters."""

    def validate(self, password, user=None):
        core = _DRESS.sub("", fold(password))
        if len(core) < FEWEST_LETTERS:
            return
        once = re.sub(r"^(.+?)\1+$", r"\1", core)
        if core in _common() or once in _common() or len(set(once)) < 3 or _WORDS.fullmatch(once):
            raise ValidationError(
                "Mật khẩu này dễ đoán: chỉ là từ quen thuộc thêm số hoặc ký hiệu. Hãy ghép vài từ không liên quan với nhau.",
                code="password_guessed",
            )

    def get_help_text(self):
        return "Không dùng từ quen thuộc (tên cơ quan, tên phần mềm, “mật khẩu”…) rồi chỉ thêm số hoặc ký hiệu."
