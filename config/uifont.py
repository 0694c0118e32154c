"""Makes the fonts of the pages: Be Vietnam Pro cut down to the letters a Vietnamese office writes, one file a weight.

Run at set-up: `python -m config.uifont node_modules/@fontsource/be-vietnam-pro/files var/assets/vendor/fonts`.
The package keeps Latin and Vietnamese letters in two files of 21 + 12 kB; cut, joined and without hints a weight is
12 kB. The original has only proportional figures: a `tnum` feature with equal widths is added here for columns.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

WEIGHTS = {"400": "BeVietnamPro-Regular.woff2", "600": "BeVietnamPro-SemiBold.woff2"}
ASCII = range(0x20, 0x7F)
PUNCTUATION = map(ord, "\u00a0§«»°±²³·×–—‘’“”•…−₫")
LATIN_1 = map(ord, "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
VIETNAMESE = [*map(ord, "ĂăĐđĨĩŨũƠơƯư"), *range(0x1EA0, 0x1EFA)]
WANTED = frozenset([*ASCII, *PUNCTUATION, *LATIN_1, *VIETNAMESE])


def cut(source, target):
    font = TTFont(source)
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 4, 13, 14]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=WANTED & set(font.getBestCmap()))
    subsetter.subset(font)
    font.flavor = None
    font.save(target)


def add_tabular_figures(font):
    """Give each figure a twin of one common width, reached by `font-variant-numeric: tabular-nums`."""
    names = [font.getBestCmap()[ord(figure)] for figure in "0123456789"]
    width = font["hmtx"][names[0]][0]
    glyphs = font.getGlyphSet()
    font.setGlyphOrder([*font.getGlyphOrder(), *(f"{name}.tnum" for name in names)])
    for name in names:
        glyph = font["glyf"][name]
        shift = (width - (glyph.xMax - glyph.xMin)) // 2 - glyph.xMin
        pen = TTGlyphPen(glyphs)
        pen.addComponent(name, (1, 0, 0, 1, shift, 0))
        font["glyf"][f"{name}.tnum"] = pen.glyph()
        font["hmtx"][f"{name}.tnum"] = (width, glyph.xMin + shift)
    pairs = "\n".join(f"sub {name} by {name}.tnum;" for name in names)
    rules = f"languagesystem DFLT dflt; languagesystem latn dflt; feature tnum {{ {pairs} }} tnum;"
    addOpenTypeFeaturesFromString(font, rules, tables=["GSUB"])


def smooth(font):
    """Unhinted outlines: ask Windows for grey-scale smoothing at every size, and keep thin strokes from breaking."""
    font["gasp"] = newTable("gasp")
    font["gasp"].version = 1
    font["gasp"].gaspRange = {0xFFFF: 0x000F}
    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromBytecode(bytes([0xB8, 0x01, 0xFF, 0x85, 0xB0, 0x04, 0x8D]))


def make(source, target):
    """Write one woff2 a weight into `target`; refuses (ValueError) a result that lacks a wanted letter."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for weight, name in WEIGHTS.items():
            parts = []
            for script in ("latin", "vietnamese"):
                part = Path(scratch) / f"{script}-{weight}.ttf"
                cut(source / f"be-vietnam-pro-{script}-{weight}-normal.woff2", part)
                parts.append(str(part))
            font = Merger().merge(parts)
            add_tabular_figures(font)
            smooth(font)
            missing = WANTED - set(font.getBestCmap())
            if missing:
                raise ValueError(f"{name}: no glyph for {''.join(map(chr, sorted(missing)))}")
            font.flavor = "woff2"
            font.save(target / name)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
