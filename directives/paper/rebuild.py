"""Back from the JSON of `read_paper` to a `Paper`. That JSON holds the bases and the items but not the sentences
between them: a further key `body` restores the whole text, without it the body is bases and items only. `annexes` (one
text, as a draft keeps them) and `cosigners` (a list of what `signer` is) may be added too."""

import re
from collections.abc import Iterator
from datetime import date

from directives.paper.annexes import read_annexes
from directives.paper.draft import read_body
from directives.paper.model import Basis, Item, Paper, SignOff

_TEXTS = ("kind", "parent_agency", "agency", "number", "place", "date_iso", "urgency", "subject", "recipient_label")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_DEEPEST = 40


class MalformedContract(ValueError):
    """The JSON is not what `read_paper` writes; the message names the key."""


def from_contract(data: object) -> Paper:
    """Raises `MalformedContract`. Deadlines and findings are not read back: they are found again in the text."""
    if not isinstance(data, dict):
        raise MalformedContract("Tệp JSON phải là một đối tượng như lệnh read_paper in ra.")
    plain = {name: _text(data, name) for name in _TEXTS}
    if plain["date_iso"] and not _is_day(plain["date_iso"]):
        raise MalformedContract("Tệp JSON: “date_iso” phải có dạng 2026-11-22 hoặc 2026-11.")
    whole = _text(data, "body")
    body = read_body(whole) if whole else _body(data)
    return Paper(
        **plain,
        recipients=_texts(data, "recipients"),
        bases=body.bases,
        items=body.items,
        deadlines=body.deadlines,
        signer=_sign_off(_object(data, "signer")),
        noi_nhan=_texts(data, "noi_nhan"),
        body=body.body,
        annexes=read_annexes(_text(data, "annexes") or ""),
        cosigners=tuple(map(_sign_off, _objects(data, "cosigners"))),
    )


def _is_day(iso: str) -> bool:
    """A day, month or year of the calendar."""
    try:
        return bool(_DATE.fullmatch(iso) and date.fromisoformat(iso + "-01" * (2 - iso.count("-"))))
    except ValueError:
        return False


def _sign_off(data: dict) -> SignOff:
    return SignOff(_texts(data, "lines"), _text(data, "name"))


def _body(data: dict) -> Paper:
    lines: list[str] = []
    bases = []
    for each in _objects(data, "bases"):
        start = sum(len(line) + 1 for line in lines)
        text = _text(each, "text") or ""
        lines.append(f"Căn cứ {text};")
        bases.append(Basis(text, _text(each, "number"), _text(each, "date_iso"), start, start + len(lines[-1])))
    items = tuple(_items(data, lines, 0))
    return Paper(bases=tuple(bases), items=items, body="\n".join(lines))


def _items(data: dict, lines: list[str], depth: int) -> Iterator[Item]:
    if depth > _DEEPEST:
        raise MalformedContract("Tệp JSON: các mục lồng nhau quá sâu.")
    for each in _objects(data, "items"):
        label, heading, text = _text(each, "label") or "-", _text(each, "heading"), _text(each, "text") or ""
        start = sum(len(line) + 1 for line in lines)
        first, *more = [heading, *text.split("\n")] if heading else text.split("\n")
        lines += [f"{_marked(label)} {first}", *(line for line in more if line)]
        children = tuple(_items(each, lines, depth + 1))
        yield Item(label, heading, text, children, start, sum(len(line) + 1 for line in lines) - 1)


def _marked(label: str) -> str:
    """The label as it is printed before its text: `1.`, `I.`, `a)`, `Điều 1.`; dashes and chapters stay bare."""
    if re.fullmatch(r"[a-zđ]", label):
        return f"{label})"
    return f"{label}." if re.fullmatch(r"[IVXLC]+|\d+(\.\d+)*|[A-ZĐ]|Điều \w+", label) else label


def _text(data: dict, name: str) -> str | None:
    value = data.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise MalformedContract(f"Tệp JSON: “{name}” phải là chữ hoặc null.")


def _texts(data: dict, name: str) -> tuple[str, ...]:
    value = data.get(name) or []
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise MalformedContract(f"Tệp JSON: “{name}” phải là danh sách chữ.")


def _object(data: dict, name: str) -> dict:
    value = data.get(name) or {}
    if isinstance(value, dict):
        return value
    raise MalformedContract(f"Tệp JSON: “{name}” phải là một đối tượng.")


def _objects(data: dict, name: str) -> list[dict]:
    value = data.get(name) or []
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    raise MalformedContract(f"Tệp JSON: “{name}” phải là danh sách đối tượng.")
