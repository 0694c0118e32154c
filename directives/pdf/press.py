"""Paper to PDF by WeasyPrint: tagged PDF/A-3a, our fonts only, nothing fetched, the same bytes for the same paper."""

import threading
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from directives.paper.model import Paper
from directives.pdf.anchors import PrintedPlace, places
from directives.pdf.fonts import STYLES, font_file
from directives.pdf.ink import UnprintableText
from directives.pdf.sheet import PrintExtras, lay_out

# Never resolved: it only turns the relative addresses of paper.css into names the fetcher can look up.
HOME = "https://paper.invalid/"
VARIANT = "pdf/a-3a"
PX = 0.75
PLAIN = PrintExtras()
_of_thread = threading.local()


class SignBox(NamedTuple):
    """Where the signature goes: page from 1, corners in points from the bottom left of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class RenderedPaper(NamedTuple):
    pdf: bytes
    pages: int
    sign_box: SignBox | None
    places: tuple[PrintedPlace, ...] = ()


class FontsOnly(URLFetcher):
    """Serves the paper's four font files. Any other address stops the rendering: no paper has a reason to ask."""

    def fetch(self, url, headers=None):
        for style in STYLES:
            if url == f"{HOME}paper/fonts/PaperSerif-{style}.ttf":
                return URLFetcherResponse(url, font_file(style).read_bytes(), {"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"Văn bản không được tải gì từ ngoài: {url[:200]}")


@cache
def _stylesheet() -> str:
    return (settings.BASE_DIR / "static" / "css" / "paper.css").read_text(encoding="utf-8")


def _assets() -> tuple[FontConfiguration, CSS]:
    """One font configuration a thread: shared between threads it corrupts memory, made anew each time it leaks."""
    if not hasattr(_of_thread, "assets"):
        fonts = FontConfiguration()
        sheet = CSS(string=_stylesheet(), base_url=f"{HOME}css/paper.css", url_fetcher=FontsOnly(), font_config=fonts)
        _of_thread.assets = fonts, sheet
    return _of_thread.assets


def render_pdf(paper: Paper, *, extra: PrintExtras = PLAIN) -> RenderedPaper:
    """Print `paper`; a number that begins with `/` and a date without a day leave room for the clerk's hand.

    Refuses with `UnprintableText` what the fonts cannot print. About 0.15 s for two pages, more the first time."""
    sheet = lay_out(paper, extra)
    html = render_to_string("directives/pdf/paper.html", {"sheet": sheet})
    fonts, css = _assets()
    source = HTML(string=html, base_url=HOME, url_fetcher=FontsOnly())
    document = source.render(stylesheets=[css], font_config=fonts, pdf_variant=VARIANT)
    pdf = document.write_pdf(pdf_variant=VARIANT)
    return RenderedPaper(pdf, len(document.pages), _sign_box(document.pages), places(document.pages))


def unprintable(paper: Paper, *, extra: PrintExtras = PLAIN) -> str:
    """Why `paper` would not print, in a sentence; empty when it would. Lays it out and renders nothing."""
    try:
        lay_out(paper, extra)
    except UnprintableText as refusal:
        return str(refusal)
    return ""


def _sign_box(pages) -> SignBox | None:
    for number, page in enumerate(pages, 1):
        if "o-ky" in page.anchors:
            left, top, right, bottom = (PX * side for side in page.anchors["o-ky"])
            height = PX * page.height
            return SignBox(number, left, height - bottom, right, height - top)
    return None
