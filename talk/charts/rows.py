"""Rows: a label, a bar and what it comes to. Bars stand about a middle line, as a funnel, or begin at the left."""

from __future__ import annotations

from dataclasses import dataclass

from talk.charts.canvas import BAR, EDGE, FAINT, INK, ROOM, SOFT, TARGET, WIDTH, Canvas
from talk.charts.letters import drawable, lines, shrunk, width

ROW, BAR_HIGH = 118.0, 78.0
LABEL, SMALL_LABEL = 46.0, 40.0
TEXT, NOTE = (48.0, 42.0, 36.0, 30.0), (40.0, 35.0, 30.0)
LABEL_ROOM, GAP = 290.0, 22.0
LEAST_BAR = 8.0


@dataclass(frozen=True)
class Row:
    """A row: `share` of the longest bar; `text` is written beside it with `change`, `note` below."""

    label: str
    share: float
    text: str
    note: str = ""
    change: str = ""
    fill: str = BAR


def draw_rows(canvas: Canvas, rows: list[Row], *, is_centred: bool, target: float | None = None) -> None:
    """Draw rows below each other; a target is a line at its share of the longest bar."""
    values = _room_for_values(rows)
    labels = min(max((width(drawable(row.label), LABEL) for row in rows), default=0.0), LABEL_ROOM)
    left, right = EDGE + labels + GAP, WIDTH - EDGE - values - GAP
    top = canvas.y
    for row in rows:
        middle = canvas.y + ROW / 2
        _label(canvas, row.label, middle)
        wide = max((right - left) * row.share, LEAST_BAR)
        start = (left + right - wide) / 2 if is_centred else left
        canvas.rect((left, middle - BAR_HIGH / 2), (right - left, BAR_HIGH), "#f2f5f8")
        canvas.rect((start, middle - BAR_HIGH / 2), (wide, BAR_HIGH), row.fill if row.share else FAINT)
        _values(canvas, row, (right + GAP, middle), values)
        canvas.y += ROW
    if target is not None and rows:
        at = left + (right - left) * target
        canvas.line((at, top + 4), (at, canvas.y - 4), TARGET, 5, dashed=True)


def _room_for_values(rows: list[Row]) -> float:
    """What the widest values need, up to four tenths of the sheet."""
    heads = [width(drawable(row.text), TEXT[0]) + _change_room(row) for row in rows]
    notes = [width(drawable(row.note), NOTE[0]) for row in rows]
    return min(max([170.0, *heads, *notes]) + 4, ROOM * 0.4)


def _change_room(row: Row) -> float:
    change = drawable(row.change)
    return width(change, NOTE[0]) + 16 if change else 0.0


def _label(canvas: Canvas, label: str, middle: float) -> None:
    told, size = lines(drawable(label), LABEL, LABEL_ROOM, 1), LABEL
    if width(drawable(label), LABEL) > LABEL_ROOM:
        size = SMALL_LABEL
        told = lines(drawable(label), size, LABEL_ROOM, 2)
    first = middle + size * 0.36 - (len(told) - 1) * size * 0.62
    for at, line in enumerate(told):
        canvas.text((EDGE, first + at * size * 1.24), line, size)


def _values(canvas: Canvas, row: Row, at: tuple[float, float], room: float) -> None:
    """The value in strong letters, the change behind it, the note below; smaller where they need it."""
    x, middle = at
    change, note = drawable(row.change), drawable(row.note)
    change, change_size = shrunk(change, NOTE, room * 0.45) if change else ("", 0.0)
    taken = width(change, change_size) + 16 if change else 0.0
    text, size = shrunk(drawable(row.text), TEXT, room - taken)
    base = middle - 6 if note else middle + size * 0.36
    canvas.text((x, base), text, size, strong=True)
    if change:
        canvas.text((x + width(text, size) + 16, base), change, change_size, fill=INK)
    if note:
        told, size = shrunk(note, NOTE, room)
        canvas.text((x, middle + 42), told, size, fill=SOFT)
