"""The register of outgoing papers as a table to export, with the columns of NĐ 30/2020 PL IV."""

from units.sheets.columns import DAY, NUMBER, Column, Table

REGISTER = Table(
    "register",
    "Sổ văn bản đi",
    "so-van-ban",
    "số",
    (
        Column("number", "Số", 8, kind=NUMBER),
        Column("code", "Số, ký hiệu", 22),
        Column("issued_on", "Ngày tháng", 14, kind=DAY),
        Column("what", "Tên loại và trích yếu", 60),
        Column("signer_name", "Người ký", 26),
        Column("addressees", "Nơi nhận", 46),
        Column("kept", "Đơn vị nhận bản lưu", 20),
        Column("issued_at", "Ngày chuyển", 14, kind=DAY),
        Column("note", "Ghi chú", 46),
    ),
)


def register_rows(lines):
    """The lines of `rows.register_lines` as values of `REGISTER`, the voided ones with their reason."""
    for line in lines.iterator(chunk_size=500):
        paper = line.dispatch
        if line.voided_at:
            note = f"Đã hủy số {line.voided_at:%d/%m/%Y} ({line.voided_by}): {line.void_reason}"
            yield line.number, line.code(), line.issued_on, line.what, line.signer_name, "", "", None, note
            continue
        sent = "; ".join(row.text for row in sorted(paper.addressees.all(), key=lambda row: row.order))
        note = "" if paper.scan_id else "Chờ bản quét" if paper.issued_at else "Chưa ban hành"
        kept = f"VT, {paper.division.short_name}"
        moved = paper.issued_at
        yield line.number, line.code(), line.issued_on, line.what, line.signer_name, sent, kept, moved, note
