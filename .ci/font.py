"""Writes the font of the charts and the widths of its letters: a part of Noto Sans CJK SC that has what records hold.

In it are the simplified characters of GB 2312, the common traditional ones of Big5, those of jieba's dictionary (for
names and places), Latin, figures, punctuation, currencies and the symbols that reports use.

    python .ci/font.py path/to/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import jieba
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

CHARTS = Path(__file__).parents[1] / "talk" / "charts"
FAMILY = "Noto Sans CJK SC"
CODINGS = (("gb2312", range(0xA1, 0xF8)), ("big5", range(0xA4, 0xC7)))
SECOND_BYTES = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
RANGES = (
    *((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2070), (0x20A0, 0x20C1), (0x2100, 0x2300)),
    *((0x2460, 0x2500), (0x25A0, 0x2600), (0x3000, 0x3040), (0xFF01, 0xFF61), (0xFFE0, 0xFFE7)),
)
# What jieba counts as often as what was never seen.
RARE = 3
LEFT_OUT = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]


def wanted() -> set[str]:
    """The characters that the charts can draw, where the font has them."""
    both = {bytes(pair).decode(coding, "ignore") for coding, first in CODINGS for pair in _pairs(first)}
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    known = "".join(word for word, count, _ in map(str.split, lines) if int(count) > RARE)
    han = {letter for letter in known if "\u4e00" <= letter <= "\u9fff"}
    return {letter for letter in both if len(letter) == 1} | han | {chr(n) for span in RANGES for n in range(*span)}


def _pairs(first: range) -> list[tuple[int, int]]:
    return [(one, other) for one in first for other in SECOND_BYTES]


def subset(collection: Path) -> TTFont:
    """The part of the font, without what shapes text: each letter is as wide as the table says."""
    fonts = TTCollection(collection, lazy=True).fonts
    font = next(each for each in fonts if each["name"].getDebugName(4) == FAMILY)
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14], glyph_names=False)
    options.drop_tables += LEFT_OUT
    cutter = Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in wanted()])
    cutter.subset(font)
    return font


def advances(font: TTFont) -> dict[str, str]:
    """The letters of each width, in thousandths of the size."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for code, glyph in sorted(font.getBestCmap().items()):
        found[font["hmtx"][glyph][0]].append(chr(code))
    return {str(width): "".join(letters) for width, letters in sorted(found.items())}


if __name__ == "__main__":
    made = subset(Path(sys.argv[1]))
    made.recalcTimestamp = False
    made.save(CHARTS / "noto_sans_sc.otf")
    table = json.dumps(advances(made), ensure_ascii=False, indent=1)
    (CHARTS / "advances.json").write_text(table + "\n", encoding="utf-8")
