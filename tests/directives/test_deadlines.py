"""What phrases of time mean, to the second, and how an instant is written."""

from datetime import date, datetime, time

import pytest

from directives.deadlines import ZONE, daily_phrase, due_from, end_of, in_words, last_day, phrase_of, readings

ON = date(2026, 11, 22)


def at(*parts):
    return datetime(*parts, tzinfo=ZONE)


@pytest.mark.parametrize(
    "phrase, dues",
    [
        ("trước ngày 20/01/2027", [at(2027, 1, 20), at(2027, 1, 21)]),
        ("hoàn thành trước ngày 20/01/2027", [at(2027, 1, 20), at(2027, 1, 21)]),
        ("chậm nhất ngày 20/01/2027", [at(2027, 1, 21)]),
        ("đến hết ngày 05/02/2027", [at(2027, 2, 6)]),
        ("trước 16 giờ 30 ngày 12/3/2027", [at(2027, 3, 12, 16, 30)]),
        ("trước ngày 10/01", [at(2027, 1, 10), at(2027, 1, 11)]),
        ("trước ngày 30/02/2027", []),
        ("24/24 giờ", []),
        ("", []),
        (None, []),
    ],
)
def test_readings(phrase, dues):
    assert [each.due_at for each in readings(phrase, ON)] == dues


def test_the_literal_reading_says_the_day_before():
    literal, lenient = readings("trước ngày 20/01/2027", ON)
    assert literal.words.startswith("hết ngày 19/01/2027")
    assert lenient.words.startswith("hết ngày 20/01/2027")


def test_a_lunar_day_is_found_in_the_calendar():
    assert [each.due_at for each in readings("chậm nhất ngày 28 tháng Chạp", ON)] == [at(2027, 2, 5)]


@pytest.mark.parametrize("day, hour", [(date(2027, 1, 19), None), (date(2027, 1, 19), time(16, 30))])
def test_a_last_day_goes_there_and_back(day, hour):
    assert last_day(due_from(day, hour)) == (day, hour)


def test_words_of_an_instant():
    assert due_from(None) is None
    assert phrase_of(end_of(date(2027, 1, 19))) == "chậm nhất ngày 19/01/2027"
    assert phrase_of(at(2027, 1, 19, 16)) == "trước 16 giờ 00 ngày 19/01/2027"
    assert in_words(at(2027, 1, 19, 16)) == "16:00 ngày 19/01/2027"
    assert daily_phrase(date(2027, 2, 5), date(2027, 2, 9)) == "hằng ngày, từ ngày 05/02/2027 đến hết ngày 09/02/2027"


@pytest.mark.parametrize("due_at", [end_of(date(2027, 1, 19)), at(2027, 1, 19, 16)])
def test_our_own_phrases_read_back_as_they_were_meant(due_at):
    assert [each.due_at for each in readings(phrase_of(due_at), ON)] == [due_at]
