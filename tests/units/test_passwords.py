"""A known word dressed up is no password; words that have nothing to do with each other are."""

import pytest
from django.core.exceptions import ValidationError

from units.passwords import NotGuessed


@pytest.mark.parametrize(
    "password",
    [
        "Matkhau@2026!",
        "Mật khẩu 123456",
        "Thongsuot@12345",
        "SoKHCN@Haigiang2026",
        "password.password1",
        "iloveyou!!2026",
        "aaaaaaaaaaaa1",
    ],
)
def test_a_dressed_up_word_is_refused(password):
    with pytest.raises(ValidationError, match="dễ đoán"):
        NotGuessed().validate(password)


@pytest.mark.parametrize(
    "password", ["con ngựa đỏ ăn cỏ", "Tuyet-roi-2-gio-sang", "8dHs!kq02#x7", "9482 7716 0553", "x" * 20 + "y z k w"]
)
def test_any_other_is_taken_whatever_it_is_made_of(password):
    NotGuessed().validate(password)
