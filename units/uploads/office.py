"""What a Word or Excel file holds besides words and numbers: nothing that runs, fetches, hides or bursts is taken.

Nothing is unpacked to disk; of the parts only those are read that say what the file is made of, and Word's with fields. A part
with a DTD or in another encoding than Office writes is refused."""

import io
import re
import stat
import zipfile
import zlib

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.conf import settings

from units.uploads.refusals import Unfit

MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
TYPES = "[content_types].xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS = 3_000
MOST_TEXT = 40 * 1024 * 1024  # of one part that is read here
HEAD = 4096
# How a part begins when Office wrote it: UTF-8, perhaps comments, then its root; no DTD, no other encoding.
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?>(?:<\?.*?\?>\s*)*)(?>(?:<!--.*?-->\s*)*)<[A-Za-z_]", re.S)
_ENCODED = re.compile(rb"^[^>]*\sencoding\s*=\s*[\"'](?!utf-8[\"'])", re.I)
# A template or picture on the author's own disk reaches nobody; everything else that is fetched on opening does.
_LOCAL = re.compile(r"(?:file:/{3})?[A-Za-z]:[\\/]|[^:/\\]+$")
_FETCHES = re.compile(
    r"\bDDE(?:AUTO)?\b|^\s*LINK\s+\w|\bINCLUDE(?:PICTURE|TEXT)\s+\"?\s*(?:\w+:/|[\\/]{2})", re.I | re.M
)
WORDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError),
    *(ParseError, DefusedXmlException),
)


def kind_of_zip(data, name):
    """The kind (docx or xlsx); any other archive is refused (Unfit), and so is one that is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.lower() for info in archive.infolist()}
    except BROKEN as damaged:
        raise Unfit(name, "broken") from damaged
    if "encryptedpackage" in names:
        raise Unfit(name, "encrypted")
    kind = next((kind for part, kind in MAIN.items() if part in names), None)
    if kind is None:
        raise Unfit(name, "archive", what=".zip")
    return kind


def check_office(data, name, *, inner=False):
    """Refuses (Unfit) macros, controls, embedded programs, links that are followed on opening, DDE, passwords, bombs and
    damage. An embedded workbook, as charts have, is judged as its carrier is, one deep."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive.infolist(), name)
            trees = _trees(archive, name)
            _check_types(trees, name)
            _check_relations(trees, name)
            _check_fields(trees, name)
            for part in (info for info in archive.infolist() if _carried(archive, info)):
                if inner or not part.filename.lower().endswith((".docx", ".xlsx")):
                    raise Unfit(name, "embedded", what=part.filename.rpartition("/")[2])
                within = archive.read(part)
                kind_of_zip(within, name)
                check_office(within, name, inner=True)
    except BROKEN as damaged:
        raise Unfit(name, "broken") from damaged


def _check_parts(parts, name):
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(name, "encrypted")
    if len(names) > MOST_PARTS or sum(part.file_size for part in parts) > 10 * settings.UPLOAD_MAX_BYTES:
        raise Unfit(name, "bomb")
    if len(set(names)) != len(names) or any(_strange(part) for part in parts):
        raise Unfit(name, "broken")
    for part in names:
        if "vba" in part or part.endswith(".bas"):
            raise Unfit(name, "macro")
        if "/macrosheets/" in part or "/dialogsheets/" in part:
            raise Unfit(name, "macro")
        if "/activex/" in part:
            raise Unfit(name, "embedded", what="điều khiển ActiveX")
        if "/externallinks/" in part:
            raise Unfit(name, "external", what="liên kết tới bảng tính khác")


def _carried(archive, part):
    """Another file inside this one, wherever it stands: by its folder or by how it begins."""
    with archive.open(part) as opened:
        return "/embeddings/" in part.filename.lower() or opened.read(8).startswith((b"PK\x03\x04", OLE2))


def _strange(part):
    """A link instead of a file, or a way out of the folder it would be unpacked in."""
    way = part.filename.replace("\\", "/")
    return stat.S_ISLNK(part.external_attr >> 16) or way.startswith("/") or ".." in way.split("/") or ":" in way


def _trees(archive, name):
    """Part: its XML, of the parts that say what the file is made of, what it fetches, and which of Word's hold fields. Every
    XML part must begin as Office writes it, for others read them after us."""
    trees = {}
    for part in archive.infolist():
        lower = part.filename.lower()
        if not lower.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as opened:
            head = opened.read(HEAD)
        if _BEGINS.match(head) is None or _ENCODED.search(head):
            raise Unfit(name, "broken")
        declares = lower == TYPES or lower.endswith(".rels")
        if declares or not lower.startswith("xl/"):
            if part.file_size > MOST_TEXT:
                raise Unfit(name, "bomb")
            data = archive.read(part)
            if declares or b"instr" in data:
                trees[lower] = fromstring(data, forbid_dtd=True)
    return trees


def _check_types(trees, name):
    entries = trees.get(TYPES, ())
    types = " ".join(entry.get("ContentType", "") for entry in entries).lower()
    if "macroenabled" in types or "vbaproject" in types or "macrosheet" in types:
        raise Unfit(name, "macro")
    if "activex" in types:
        raise Unfit(name, "embedded", what="điều khiển ActiveX")
    if "externallink" in types:
        raise Unfit(name, "external", what="liên kết tới bảng tính khác")
    for entry in entries:  # what is read as XML must bear the ending by which it was read here
        ending = (entry.get("PartName") or entry.get("Extension", "")).lower()
        if entry.get("ContentType", "").lower().endswith("xml") and not ending.endswith(("xml", "rels")):
            raise Unfit(name, "broken")


def _check_relations(trees, name):
    for facts in (entry for part, tree in trees.items() if part.endswith(".rels") for entry in tree.iter()):
        kind = facts.get("Type", "").rpartition("/")[2].lower()
        target = facts.get("Target", "").strip()
        if kind in ("oleobject", "afchunk", "control"):
            raise Unfit(name, "embedded", what="đối tượng OLE" if kind == "oleobject" else "nội dung nhúng")
        if kind == "vbaproject":
            raise Unfit(name, "macro")
        if kind in ("externallink", "connections"):
            what = "bảng tính khác" if kind == "externallink" else "nguồn dữ liệu"
            raise Unfit(name, "external", what=f"liên kết tới {what}")
        if facts.get("TargetMode", "").lower() != "external":
            continue
        if kind == "hyperlink":
            if re.match(r"(?:javascript|vbscript|data|ms-[\w-]+):", target, re.I):
                raise Unfit(name, "active", what="liên kết chạy lệnh")
        elif not _LOCAL.match(target):
            what = "mẫu văn bản" if kind == "attachedtemplate" else "ảnh" if kind == "image" else "liên kết"
            raise Unfit(name, "external", what=f"{what} ở máy khác")


def _check_fields(trees, name):
    """Word's fields, whose words may be split over many runs."""
    for tree in trees.values():
        said = []
        for entry in tree.iter():
            tag = entry.tag.rpartition("}")[2]
            if tag == "instrText":
                said.append(entry.text or "")
            elif tag == "fldChar":
                said.append("\n")
            elif tag == "fldSimple":
                said.extend("\n" + value for value in entry.attrib.values())
        if _FETCHES.search("".join(said)):
            raise Unfit(name, "external", what="trường DDE hoặc chèn tệp từ xa")
