"""What both charts have around them: title and subtitle above, footer below; and how large a bar is."""

from __future__ import annotations

import math
from collections.abc import Iterable

from talk.charts.canvas import EDGE, FAINT, ROOM, SOFT, WIDTH, Canvas
from talk.charts.letters import drawable, lines

TITLE, SUBTITLE, FOOTER = 60, 42, 40


def begin(title: str, subtitle: str) -> Canvas:
    """A sheet with its head."""
    canvas = Canvas(y=30)
    canvas.texts(lines(drawable(title), TITLE, ROOM, 2), TITLE, strong=True)
    canvas.texts(lines(drawable(subtitle), SUBTITLE, ROOM, 3), SUBTITLE, fill=SOFT)
    canvas.y += 24
    return canvas


def end(canvas: Canvas, footer: str) -> Canvas:
    """The same with its foot, set apart by a line."""
    told = lines(drawable(footer), FOOTER, ROOM, 4)
    if told:
        canvas.y += 16
        canvas.line((EDGE, canvas.y), (WIDTH - EDGE, canvas.y), FAINT, 3)
        canvas.y += 10
        canvas.texts(told, FOOTER, fill=SOFT)
    canvas.y += 30
    return canvas


def shares(sizes: Iterable[float]) -> list[float]:
    """Each size as a share of the largest, between 0 and 1; what is no finite number or below 0 is 0."""
    sound = [float(size) if math.isfinite(size) and size > 0 else 0.0 for size in sizes]
    largest = max(sound, default=0.0) or 1.0
    return [size / largest for size in sound]
