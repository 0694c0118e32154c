"""Collects what others made into `var/assets`: the page kit, icons, fonts. Run by config/setup.py in `.venv`.

`var/assets/vendor` is for pages; `var/assets/paper/fonts` holds the four faces of the printed paper. Each folder is built
beside and swapped in, so an interrupted run leaves the old one or none, and the missing stamp makes it run again.
"""

import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from config import uifont
from config.setup import ASSETS, BASE, BUILD

MODULES = BUILD / "npm" / "node_modules"
CROSCORE = Path("/usr/share/fonts/truetype/croscore")
CROSCORE_LICENCE = Path("/usr/share/doc/fonts-croscore/copyright")
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
PAPER_FAMILY = "Paper Serif"
PAPER_LETTERS = (
    "U+0020-007E,U+00A0-024F,U+0300-0304,U+0306-030C,U+031B,U+0323,U+1E00-1EFF,U+2000-206F,U+20AB,U+20AC,U+2116,"
    "U+2122,U+2070-208E,U+2190-2193,U+2200-22FF,U+25A0-25FF"
)
STROKE_WIDTH = "1.75"
KEPT = ("viewBox", "fill", "stroke", "stroke-linecap", "stroke-linejoin")
SVG = "{http://www.w3.org/2000/svg}"
SOURCE_MAP = re.compile(rb"/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=\S+")


def copy_text(source, target):
    """Copy a style sheet or script without its source map, whose absence would stop the hashing of static files."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(SOURCE_MAP.sub(b"", source.read_bytes()).rstrip() + b"\n")


def icon_names():
    lines = (BASE / "static" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def icon_file(name):
    plain = name.removesuffix("-filled")
    return MODULES / "@tabler" / "icons" / "icons" / ("outline" if plain == name else "filled") / f"{plain}.svg"


def write_sprite(target):
    """One file of symbols that take their colour and size from the page."""
    names = icon_names()
    unknown = [name for name in names if not icon_file(name).exists()]
    if unknown:
        raise SystemExit(f"static/icons.txt names icons that Tabler does not have: {', '.join(unknown)}")
    ET.register_namespace("", SVG.strip("{}"))
    sprite = ET.Element(f"{SVG}svg")
    for name in names:
        drawing = ET.parse(icon_file(name)).getroot()  # noqa: S314 - our own locked package
        kept = {key: drawing.get(key) for key in KEPT if drawing.get(key)}
        if "stroke" in kept:
            kept["stroke-width"] = STROKE_WIDTH
        symbol = ET.SubElement(sprite, f"{SVG}symbol", {"id": name, **kept})
        for shape in drawing:
            if shape.get("d") != "M0 0h24v24H0z":
                shape.tail = None
                symbol.append(shape)
    target.parent.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(sprite).write(target, encoding="utf-8", xml_declaration=True)


def page_kit(folder):
    copy_text(MODULES / "bootstrap" / "dist" / "css" / "bootstrap.min.css", folder / "bootstrap" / "bootstrap.min.css")
    write_sprite(folder / "icons" / "sprite.svg")
    shutil.copy(MODULES / "@tabler" / "icons" / "LICENSE", folder / "icons" / "LICENSE.txt")
    font = MODULES / "@fontsource" / "be-vietnam-pro"
    uifont.make(font / "files", folder / "fonts")
    shutil.copy(font / "LICENSE", folder / "fonts" / "LICENSE.txt")


def rename(font, style):
    """A changed font may not carry the original's name."""
    spaced = style.replace("BoldItalic", "Bold Italic")
    names = font["name"]
    postscript = f"{PAPER_FAMILY.replace(' ', '')}-{style}"
    for number, text in {
        1: PAPER_FAMILY,
        2: spaced,
        3: postscript,
        4: f"{PAPER_FAMILY} {spaced}",
        6: postscript,
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    for number in (7, 16, 17):
        names.removeNames(nameID=number)


def paper_fonts(folder):
    """Tinos (the widths of Times New Roman) cut to Vietnamese and signs, unhinted: 71 kB a style instead of 550."""
    fonts = folder / "fonts"
    fonts.mkdir(parents=True)
    for style in STYLES:
        source = CROSCORE / f"Tinos-{style}.ttf"
        if not source.exists():
            raise SystemExit(f"{source} is missing: install the package fonts-croscore (Tinos).")
        target = fonts / f"PaperSerif-{style}.ttf"
        wanted = [f"--unicodes={PAPER_LETTERS}", "--layout-features=*", "--no-hinting", "--name-IDs=*"]
        subset.main([str(source), f"--output-file={target}", *wanted])
        with TTFont(target, recalcTimestamp=False) as font:
            rename(font, style)
            font.save(target)
    shutil.copy(CROSCORE_LICENCE, fonts / "OFL.txt")


def build(name, maker):
    draft, old, place = BUILD / f"{name}.new", BUILD / f"{name}.old", ASSETS / name
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir(parents=True)
    maker(draft)
    ASSETS.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    draft.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def main():
    build("vendor", page_kit)
    build("paper", paper_fonts)


if __name__ == "__main__":
    sys.exit(main())
