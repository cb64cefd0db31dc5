"""A sheet of SVG that grows downwards, and its way into a PNG. Texts are drawable when they come here.

A phone shows the sheet some 300 points wide, between a third and a quarter of its size: letters of 40 are as large as
those of a message's small print, and none are smaller than 30.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from xml.sax.saxutils import escape

from resvg_py import svg_to_bytes

from talk.charts.letters import FAMILY, FONT

WIDTH = 1080
EDGE = 30
ROOM = WIDTH - 2 * EDGE
# Told apart by those who see no red or no green, and in grey: dark blue, light blue, orange.
INK, SOFT, FAINT, PAPER = "#14202b", "#4a5966", "#dde4ea", "#ffffff"
BAR, OPEN_BAR, TARGET = "#1d5c9c", "#7fb0de", "#c2480a"
_SHEET = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    '<rect width="{width}" height="{height}" fill="{paper}"/><g font-family="{family}">{shapes}</g></svg>'
)
_TEXT = '<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{strong}>{text}</text>'
_RECT = '<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{round:g}" fill="{fill}"/>'
_LINE = '<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" stroke-width="{wide:g}"{dashes}/>'
Anchor = Literal["start", "middle", "end"]


class Canvas:
    """Shapes in the order in which they are drawn; `y` is where the next thing goes."""

    def __init__(self, y: float = 0.0) -> None:
        self.y = y
        self._shapes: list[str] = []

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        fill: str = INK,
        anchor: Anchor = "start",
        strong: bool = False,
        halo: bool = False,
    ) -> None:
        """A line of text, `at` its anchor on the baseline. Strong text has its outline drawn too, a halo is a white one
        below.
        """
        facts = {"size": size, "anchor": anchor, "text": escape(text)}
        if halo:
            around = f' stroke="{PAPER}" stroke-width="12" stroke-linejoin="round"'
            self._shapes.append(_TEXT.format(x=at[0], y=at[1], fill=PAPER, strong=around, **facts))
        outline = f' stroke="{fill}" stroke-width="{size * 0.032:.2f}"' if strong else ""
        self._shapes.append(_TEXT.format(x=at[0], y=at[1], fill=fill, strong=outline, **facts))

    def texts(self, texts: Iterable[str], size: float, *, fill: str = INK, strong: bool = False) -> None:
        """Lines below each other at the left edge, and `y` below them."""
        for text in texts:
            self.y += size * 1.36
            self.text((EDGE, self.y - size * 0.3), text, size, fill=fill, strong=strong)

    def rect(self, at: tuple[float, float], size: tuple[float, float], fill: str, corner: float = 6) -> None:
        """A box, `at` its upper left corner."""
        self._shapes.append(_RECT.format(x=at[0], y=at[1], wide=size[0], high=size[1], round=corner, fill=fill))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], stroke: str, wide: float = 2, dashed: bool = False
    ) -> None:
        """A straight line."""
        dashes = ' stroke-dasharray="14 9"' if dashed else ""
        places = {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]}
        self._shapes.append(_LINE.format(**places, stroke=stroke, wide=wide, dashes=dashes))

    def svg(self) -> str:
        """The sheet as far as `y`."""
        return _SHEET.format(
            width=WIDTH, height=round(self.y), paper=PAPER, family=FAMILY, shapes="".join(self._shapes)
        )

    def png(self) -> bytes:
        """The sheet as a picture: the same bytes for the same shapes, from the font of the package alone."""
        return svg_to_bytes(svg_string=self.svg(), skip_system_fonts=True, font_files=[str(FONT)])
