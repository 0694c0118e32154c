"""Vietnamese telephone numbers: what is one, how it is stored (digits only, from 0) and how people read it."""

import re

MOBILE = re.compile(r"0[35789][0-9]{8}")
FIXED = re.compile(r"02[0-9]{9}")
SERVICE = re.compile(r"1[89]00[0-9]{4,6}|1[0-9]{2,3}")


def phone_digits(text):
    """The digits of a number as stored: no spaces, dots or dashes, +84 written as 0."""
    digits = re.sub(r"[\s.\-()]", "", text)
    return re.sub(r"^(\+84|0084)0?", "0", digits)


def phone_fault(digits, *, mobile=False):
    """What is wrong with a number, as a Vietnamese sentence; empty when it can be dialled in Viet Nam."""
    if not re.fullmatch(r"[0-9]+", digits):
        return "Số điện thoại chỉ gồm chữ số (có thể bắt đầu bằng +84)."
    if re.fullmatch(r"01[2689][0-9]{8}", digits):
        return "Đây là số di động 11 chữ số, đã đổi đầu số từ năm 2018. Hãy hỏi lại số 10 chữ số."
    if MOBILE.fullmatch(digits) or FIXED.fullmatch(digits):
        return ""
    if SERVICE.fullmatch(digits) and not mobile:
        return ""
    return "Số điện thoại không đúng: di động có 10 chữ số (03, 05, 07, 08, 09…), cố định có 11 chữ số (02…)."


def phone_words(digits):
    """A stored number in groups, as it is read aloud: 0912 345 678, 0203 382 5123."""
    if len(digits) == 10 and digits.startswith("0"):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    if re.match(r"02[48]", digits) and len(digits) == 11:
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if len(digits) == 11:
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    if len(digits) >= 8:
        return f"{digits[:4]} {digits[4:]}"
    return digits
