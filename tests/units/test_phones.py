"""Telephone numbers of Viet Nam."""

import pytest

from units.phones import phone_digits, phone_fault, phone_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(0203) 382 5123", "02033825123"),
        ("", ""),
    ],
)
def test_stored_as_digits(typed, stored):
    assert phone_digits(typed) == stored


@pytest.mark.parametrize("digits", ["0912345678", "0351234567", "0561234567", "0701234567", "0861234567"])
def test_mobile_numbers(digits):
    assert phone_fault(digits) == ""
    assert phone_fault(digits, mobile=True) == ""


@pytest.mark.parametrize("digits", ["02033825123", "02439876543", "18001166", "1900561234", "113", "119", "18008168"])
def test_fixed_and_service_numbers(digits):
    assert phone_fault(digits) == ""


@pytest.mark.parametrize("digits", ["113", "18001166"])
def test_a_person_has_no_service_number(digits):
    assert phone_fault(digits, mobile=True)


@pytest.mark.parametrize(
    "digits",
    [
        "091234567",
        "09123456789",
        "0412345678",
        "0203382512",
        "912345678",
        "84912345678",
        "abc",
        "0912345678x",
        "09１２345678",
    ],
)
def test_refused(digits):
    assert phone_fault(digits)


def test_an_old_eleven_digit_mobile_number_is_explained():
    assert "2018" in phone_fault("01681234567")


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0912345678", "0912 345 678"),
        ("02033825123", "0203 382 5123"),
        ("02439876543", "024 3987 6543"),
        ("18001166", "1800 1166"),
        ("113", "113"),
        ("", ""),
    ],
)
def test_read_aloud(digits, words):
    assert phone_words(digits) == words
