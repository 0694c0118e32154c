"""The lines our printer sets above and below the body, as plain text: so a draft is judged as the paper it will be."""

from dataclasses import replace

from directives.paper import Paper

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def as_printed(paper: Paper) -> Paper:
    """The paper with `front` and `foot` as `directives.pdf` prints them; number and day stay blank where they are."""
    copies = _listed(paper.noi_nhan)
    return replace(paper, front=_front(paper), foot=_foot(paper, copies), noi_nhan=tuple(copies))


def _front(paper):
    left = [*filter(None, ((paper.parent_agency or "").upper(), (paper.agency or "").upper())), f"Số: {paper.number}"]
    subject = (paper.subject or "").rstrip(" .;,")
    letter = paper.kind == "công văn"
    head = [*left, *([f"V/v {subject}"] if letter and subject else []), "", NATION, MOTTO, _dated(paper)]
    if not letter:
        head += ["", (paper.kind or "").upper(), subject[:1].upper() + subject[1:]]
    if paper.urgency:
        head += ["", paper.urgency]
    return "\n".join([*head, *_send(paper)])


def _dated(paper):
    year, month, day = (*(paper.date_iso or "").split("-"), "", "")[:3]
    months = month.lstrip("0")
    named = " ".join(filter(None, ("ngày", day, "tháng", months.zfill(2) if months in ("1", "2") else months)))
    return f"{paper.place}, {named} năm {year}"


def _send(paper):
    if not paper.recipients:
        return []
    if paper.recipient_label == "điện":
        return ["", f"{(paper.agency or '').upper()} điện:", *(f"- {line}" for line in _listed(paper.recipients))]
    if len(paper.recipients) == 1:
        return ["", f"Kính gửi: {paper.recipients[0]}."]
    return ["", "Kính gửi:", *(f"- {line}" for line in _listed(paper.recipients))]


def _foot(paper, copies):
    listed = ["Nơi nhận:", *(f"- {line}" for line in copies)] if copies else []
    lines = [line.upper() for line in paper.signer.lines]
    parts = (listed, lines, [paper.signer.name] if paper.signer.name else [])
    return "\n\n".join("\n".join(part) for part in parts if part)


def _listed(entries):
    bare = [text for entry in entries if (text := entry.strip(" ;.,").lstrip("-–+• "))]
    return [f"{text};" for text in bare[:-1]] + [f"{text}." for text in bare[-1:]]
