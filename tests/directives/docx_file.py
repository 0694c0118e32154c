"""A written .docx taken apart: its XML, its words, and the PDF that an office suite makes of many of them at once."""

import io
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

from django.conf import settings
from docx.oxml.ns import qn
from lxml import etree

SOFFICE = shutil.which("soffice")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>Times New Roman</family><prefer><family>Paper Serif</family></prefer></alias>
</fontconfig>
"""


class Written:
    """`document` is the main part; `all(tag)` gives its elements of a name such as `w:p`."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])

    def all(self, tag: str, part: str = "word/document.xml") -> list:
        return list(etree.fromstring(self.parts[part]).iter(qn(tag)))

    def styled(self, style: str) -> list[str]:
        """The paragraphs of a style, by the name a reader of Word sees."""
        names = {each.find(qn("w:name")).get(qn("w:val")): each for each in self.all("w:style", "word/styles.xml")}
        key = names[style].get(qn("w:styleId"))
        found = self.document.iter(qn("w:pStyle"))
        return [_text(each.getparent().getparent()) for each in found if each.get(qn("w:val")) == key]

    def words(self) -> Counter[str]:
        """Every word with how often it stands there, the numbers of footnotes glued on as in print."""
        notes = self.all("w:footnote", "word/footnotes.xml")
        paragraphs = [_text(each) for each in self.document.iter(qn("w:p"))]
        paragraphs += [f"{each.get(qn('w:id'))}{_text(each)}" for each in notes if each.get(qn("w:type")) is None]
        return Counter(" ".join(paragraphs).split())


def _text(paragraph) -> str:
    said = []
    for each in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:footnoteReference")):
        if each.tag == qn("w:footnoteReference"):
            said.append(each.get(qn("w:id")))
        else:
            said.append(each.text if each.tag == qn("w:t") else " ")
    return "".join(said).replace("\u00a0", " ")


def words_of_one(docx: bytes, pdf: bytes) -> dict[str, int]:
    """What the PDF says (as anyone copies it out) and the .docx does not, and the other way round (below zero). The PDF may
    repeat the head of a table on each page and show the numbers of its pages."""
    file = Written(docx)
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    text = unicodedata.normalize("NFC", done.stdout.decode())
    said, printed = file.words(), Counter(text.split())
    again = {*" ".join(file.styled("Bảng - đầu cột")).split(), *map(str, range(2, 1 + text.count("\f")))}
    printed.subtract(said)
    return {word: count for word, count in printed.items() if count < 0 or (count and word not in again)}


def by_office(papers: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDF of each .docx by one run of LibreOffice, with our fonts in the place of Times New Roman and a profile of its own.

    About 1 s and 0.2 s a paper; without our fonts it would take a font of the machine, of another width."""
    (folder / "fonts.conf").write_text(FONTS.format(fonts=settings.PAPER_FONTS, cache=folder / "cache"))
    for name, docx in papers.items():
        (folder / f"{name}.docx").write_bytes(docx)
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    files = [folder / f"{name}.docx" for name in papers]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(
        [*command, "--outdir", folder, *files], env=environment, capture_output=True, check=True, timeout=300
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in papers}
