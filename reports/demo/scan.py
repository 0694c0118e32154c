"""A stand-in for the scan of a signed paper: a page that says so. The demonstration fakes neither signature nor seal."""

from directives.paper.model import Paper
from directives.pdf import render_pdf


def blank_scan(dispatch):
    """PDF bytes of one page."""
    return render_pdf(
        Paper(
            kind="công văn",
            agency=dispatch.issuer.name,
            subject=dispatch.subject,
            number=dispatch.code(),
            place=dispatch.place,
            body=f"Trang trình diễn, thay cho bản quét đã ký, đóng dấu của văn bản số {dispatch.code()}.",
        )
    ).pdf
