"""Everything in a text that depends on its occasion, each with what it becomes in the next one. Pure.

What is cited stays as it is: numbers, days and titles of other papers are facts. They are told apart so that somebody asks
whether they are still in force.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from directives.moving.model import Move, Moved, OccasionDates, Offer
from directives.moving.names import name_moves
from directives.moving.shift import Shift
from directives.moving.written import Written, days_in, months_padded
from directives.paper.draft import read_body
from directives.paper.phrases import lunar_day
from plans.calendar.holidays import NO_OVERRIDES, Overrides, day_name, is_day_off, previous_working_day
from plans.calendar.labels import day_label, weekday_name
from plans.calendar.lunar import days_of_chap, lunar_of

MOST = 400
FARTHEST = timedelta(days=400)
_BINDING = re.compile(r"\s(?:trước|chậm\s+nhất|đến\s+hết|muộn\s+nhất)\s+(?:\S+\s+){0,5}?(?:ngày\s|\d)")
_REST = r"(?:(?!\s(?:trước|chậm\s+nhất|đến\s+hết|để|gửi|yêu\s+cầu|đề\s+nghị|báo\s+cáo\s+về)\s)[^,;.()\n])"
_CITED = re.compile(
    r"(?:\b[A-ZĐ]\w+(?:\s+[a-zà-ỹđ]+){0,2}\s+)?\bsố(?:\s+hiệu)?:?\s+\d+[a-zA-Z]?\s*[/-]\s*[^\s,;)]*[A-ZĐ][^\s,;)]*"
    r"(?:\s*,?\s*(?:ban\s+hành\s+)?ngày\s+\d[\d/.-]*\d(?:\s+tháng\s+\d+\s+năm\s+\d{4})?)?"
    rf"(?:\s+của\s+{_REST}{{1,160}})?(?:\s+(?:về|v/v)\s+{_REST}{{1,300}})?"
)
_LUNAR = re.compile(
    r"(?<!\d)(?P<n>(?:mùng|mồng)\s*\d{1,2}|[12]?\d|30)(?P<rest>\s*/\s*\d{1,2}\s*(?:âm\s*lịch|ÂL\b)"
    r"|\s*(?:tháng\s+)?(?:Chạp|Giêng)\b|\s*tháng\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?:\s+[Mm]ột)?)\b|\s*Tết\b"
    r"|(?<=m[ùồ]ng \d)|(?<=m[ùồ]ng \d\d))",
    re.IGNORECASE,
)
_EVE = re.compile(r"\b(?:đêm|giao\s+thừa)\b[^.;\n]{0,20}$", re.IGNORECASE)
_DEADLINE = re.compile(r"\b(?:trước|chậm\s+nhất|muộn\s+nhất|hạn|hết)\b[^.;,\n]{0,30}$", re.IGNORECASE)
_BESIDE = re.compile(r"\s*[,(]\s*(?:(?:tức|nhằm|là|dương\s+lịch)\s*)*(?:ngày\s+)?", re.IGNORECASE)


def move_dates(
    text: str,
    *,
    old: OccasionDates,
    new: OccasionDates,
    overrides: Overrides = NO_OVERRIDES,
    renamed: Iterable[tuple[str, str]] = (),
) -> Moved:
    """A body or subject with everything that moves from the old occasion to the new one; at most 400 places.

    `overrides` are the days off as decided, `renamed` are names of bodies then and now. Refuses (ValueError) an occasion in
    years the calendar does not cover."""
    shift = Shift(old, new, overrides)
    finder = _Finder(text, shift, overrides)
    for place in _cited(text):
        finder.take(place)
    for move in name_moves(text, shift, renamed, first=True):
        finder.take(move)
    for move in finder.lunar_moves():
        finder.take(move)
    for move in finder.day_moves():
        finder.take(move)
    for move in name_moves(text, shift, (), first=False):
        finder.take(move)
    return Moved(text, tuple(sorted(finder.moves, key=lambda each: each.start)))


def _cited(text: str) -> Iterable[Move]:
    """Papers that are cited: the bases at the head, and whatever bears a number elsewhere."""
    for basis in read_body(text).bases:
        if text[basis.start : basis.end] == basis.text:
            yield _kept(text, basis.start, basis.end, basis.number or "")
    for match in _CITED.finditer(text):
        yield _kept(text, *match.span(), "")


def _kept(text: str, start: int, end: int, number: str) -> Move:
    binding = _BINDING.search(text, start, end)
    words = text[start:end] if binding is None else text[start : binding.start()].rpartition(",")[0]
    words = words.rstrip(" ,;.")
    why = f"văn bản dẫn chiếu số {number}" if number else "văn bản dẫn chiếu"
    return Move(start, start + len(words), words, words, "cited", why)


class _Finder:
    """The moves of one text; what was taken first stands."""

    def __init__(self, text: str, shift: Shift, overrides: Overrides) -> None:
        self.text, self.shift, self.overrides = text, shift, overrides
        self.padded = months_padded(text)
        self.moves: list[Move] = []
        self.days = days_in(text, shift.nearest)

    def take(self, move: Move) -> None:
        if (
            len(self.moves) < MOST
            and move.end > move.start
            and all(move.end <= each.start or each.end <= move.start for each in self.moves)
        ):
            self.moves.append(move)

    def day_moves(self) -> Iterable[Move]:
        return [self._day(each) for each in self.days if abs(each.on - self.shift.old.d_day) <= FARTHEST]

    def _day(self, each: Written) -> Move:
        sentence = self._sentence(each.start, each.end)
        landing = self.shift.land(each.on, sentence)

        def land(day: date) -> date:
            return self.shift.land(day, sentence).on

        def words(to) -> str:
            follows = to(each.follows) if each.follows else None
            return each.write(to, padded=self.padded, follows=follows)

        stays = not landing.belongs
        proposed = each.text if stays else words(land)
        others = {}
        rest = "" if stays else self._news_of_rest(each, landing.on)
        if rest and not each.bare:
            before = previous_working_day(landing.on, self.overrides)
            others[words(lambda day: before)] = f"ngày làm việc liền trước, {_weekday(before)}"
        others.setdefault(words(self.shift.same_day), "cùng ngày, tháng, năm tương ứng")
        others.setdefault(each.text, "giữ nguyên")
        offers = tuple(Offer(new, why) for new, why in others.items() if new != proposed)
        why = f"{landing.why}; {landing.note}" if landing.note else landing.why
        return Move(
            each.start, each.end, each.text, proposed, "day", why, each.on, None if stays else landing.on, rest, offers
        )

    def _news_of_rest(self, each: Written, on: date) -> str:
        """That nobody works on the new day, told of a deadline and of a day that used to be worked; never of D-day itself."""
        due = _DEADLINE.search(self.text, max(0, each.start - 40), each.start)
        told = on != self.shift.new.d_day and (due or not is_day_off(each.on, self.overrides))
        return self.rest_words(on) if told else ""

    def lunar_moves(self) -> Iterable[Move]:
        """At Tết the words stay: the 23rd of Chạp is the 23rd of Chạp. At other times they follow the solar day beside them."""
        for match in _LUNAR.finditer(self.text):
            named = _lunar_named(match[0])
            if self.shift.kind != "tet":
                move = self._lunar_beside(*match.span(), match[0])
            else:
                move = named and self._lunar(*match.span(), match[0], *named)
            if move:
                yield move

    def _lunar(self, start: int, end: int, old: str, number: int, month: int) -> Move | None:
        """A 30th that does not exist becomes the 29th; the eve stays the eve, however long the month is."""
        days = self.shift.lunar(number, month)
        if days is None:
            return None
        before, on, landed = days
        was, now = (days_of_chap(lunar_of(each.d_day).year) for each in (self.shift.old, self.shift.new))
        if month == 12 and number == was < now and _EVE.search(self.text, max(0, start - 30), start):
            landed, on = now, on + timedelta(days=now - landed)
        words = old if landed == number else re.sub(r"\d{1,2}", str(landed), old, count=1)
        why, rest, offers = f"{_weekday(on)}, {day_label(on)}", "", ()
        if words != old:
            why = f"tháng Chạp trước có {was} ngày, tháng Chạp này có {now} ngày; {why}" if month == 12 else why
            rest, offers = self.rest_words(on), (Offer(old, "giữ nguyên"),)
        return Move(start, end, old, words, "lunar", why, before, on, rest, offers)

    def _lunar_beside(self, start: int, end: int, old: str) -> Move | None:
        for each in self.days:
            first, second = sorted(((start, end), (each.start, each.end)))
            if second[0] - first[1] <= 20 and _BESIDE.fullmatch(self.text, first[1], second[0]):
                landing = self.shift.land(each.on, self._sentence(each.start, each.end))
                new = str(lunar_of(landing.on)) if landing.belongs else old
                why = f"âm lịch của {day_label(landing.on)}"
                offers = (Offer(old, "giữ nguyên"),) if new != old else ()
                return Move(start, end, old, new, "lunar", why, each.on, landing.on, "", offers)
        return None

    def rest_words(self, day: date) -> str:
        """Why nobody works on that day and which working day lies before it; empty for a working day."""
        if not is_day_off(day, self.overrides):
            return ""
        name, before = day_name(day, self.overrides), previous_working_day(day, self.overrides)
        said = f"{_weekday(day)}, {name}" if name else _weekday(day)
        return f"{said}; ngày làm việc liền trước là {_weekday(before)}, {day_label(before)}"

    def _sentence(self, start: int, end: int) -> str:
        first = max(self.text.rfind(mark, max(0, start - 160), start) for mark in (". ", ";", "\n"))
        lasts = [at for at in (self.text.find(mark, end, end + 160) for mark in (". ", ";", "\n")) if at >= 0]
        return self.text[max(first + 1, start - 160) : min(lasts, default=end + 160)]


def _lunar_named(words: str) -> tuple[int, int] | None:
    """Day and month of a lunar day; "28 Chạp" says them without the word for month."""
    if re.search(r"(?:chạp|giêng)$", words, re.IGNORECASE) and "tháng" not in words.lower():
        return int(re.search(r"\d+", words)[0]), 12 if "chạp" in words.lower() else 1
    return lunar_day(words)


def _weekday(day: date) -> str:
    name = weekday_name(day)
    return name[0].lower() + name[1:]
