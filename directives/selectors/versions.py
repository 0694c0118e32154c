"""Versions of a draft: what changed between two of them, and since somebody's last look."""

from dataclasses import dataclass

from directives.redline import Redline, redline
from directives.states import DispatchKind, Urgency


@dataclass(frozen=True)
class Part:
    """One part of a paper as it changed."""

    title: str
    changes: Redline


def compared(before, after):
    """The parts of a paper, each with what changed from one `DispatchVersion` to another. No query."""
    parts = [
        ("Trích yếu", before.subject, after.subject),
        ("Kính gửi", *_sent(before.addressees, after.addressees)),
        ("Nội dung", before.body, after.body),
        ("Phụ lục", before.annexes, after.annexes),
        ("Yêu cầu", _table(before.requirements), _table(after.requirements)),
        ("Nơi nhận", *_sent(before.copies, after.copies)),
    ]
    if before.kind and after.kind:  # known since versions keep them
        parts.insert(0, ("Thông tin chung", _facts(before), _facts(after)))
        parts.insert(3, ("Căn cứ", _lines(before.bases), _lines(after.bases)))
    return [Part(title, redline(*texts)) for title, *texts in parts]


def _facts(version):
    urgency = Urgency(version.urgency).label if version.urgency in Urgency.values else version.urgency
    kind = DispatchKind(version.kind).label if version.kind in DispatchKind.values else version.kind
    return f"Loại văn bản: {kind}\nĐộ khẩn: {urgency}\nKhối chữ ký: {version.signer or 'chưa chọn'}"


def _lines(texts):
    return "\n".join(" ".join(text.split()) for text in texts)


def _table(rows):
    """Words parted by strokes as rows of a table: a changed deadline is one changed cell."""
    return _lines(f"| {row} |" for row in rows)


def _sent(before, after):
    """Lines with whom they are sent to; what is printed alone where one version was kept without that."""
    if all(" | " in line for line in [*before, *after]):
        return _table(before), _table(after)
    return tuple(_lines(line.partition(" | ")[0] for line in lines) for lines in (before, after))


@dataclass(frozen=True)
class Since:
    """What changed since a person's last look: the version they saw, when, and the parts that changed."""

    version: int
    at: object
    parts: list[Part]


def changes_since(dispatch, seen):
    """What changed from the version this person saw before to the one of now (`DispatchView`); None when they never saw
    another. One query."""
    if seen is None or seen.earlier is None:
        return None
    rows = {row.version: row for row in dispatch.versions.filter(version__in=[seen.earlier, dispatch.version])}
    if len(rows) < 2:
        return None
    parts = compared(rows[seen.earlier], rows[dispatch.version])
    return Since(seen.earlier, seen.earlier_at, [part for part in parts if part.changes.changed])
