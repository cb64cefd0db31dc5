"""A trend: a column a period with its value above, or a row a period where columns would be too narrow for that."""

from __future__ import annotations

from talk.charts.canvas import BAR, EDGE, INK, OPEN_BAR, ROOM, SOFT, TARGET, WIDTH, Canvas
from talk.charts.frame import begin, end, shares
from talk.charts.kinds import Point, TrendChart
from talk.charts.letters import cut, drawable, width
from talk.charts.rows import Row, draw_rows

HIGH = 540.0
VALUE, LABEL = (46.0, 42.0, 38.0, 36.0), (42.0, 38.0, 34.0)
LEAST_COLUMN = 6.0
AIR = 6.0


def draw_trend(chart: TrendChart) -> Canvas:
    """The sheet of a trend."""
    canvas = begin(chart.title, chart.subtitle)
    *found, line = shares([*(point.value for point in chart.points), chart.target or 0.0])
    target = line if chart.target is not None else None
    if target is not None and chart.target_text:
        _key(canvas, chart.target_text)
    sizes = _sizes(chart.points)
    if sizes is None:
        pairs = zip(chart.points, found, strict=True)
        rows = [Row(point.label, share, point.text, fill=_fill(point)) for point, share in pairs]
        draw_rows(canvas, rows, is_centred=False, target=target)
    elif chart.points:
        _columns(canvas, chart.points, found, sizes, target)
    return end(canvas, chart.footer)


def _key(canvas: Canvas, text: str) -> None:
    """What the dashed line is."""
    canvas.y += 56
    canvas.line((EDGE, canvas.y - 14), (EDGE + 70, canvas.y - 14), TARGET, 5, dashed=True)
    canvas.text((EDGE + 88, canvas.y), cut(drawable(text), 42, ROOM - 88), 42, fill=TARGET, strong=True)
    canvas.y += 22


def _sizes(points: tuple[Point, ...]) -> tuple[float, float] | None:
    """The sizes of values and labels at which each fits over or under its column; None where none does."""
    room = ROOM / max(len(points), 1) - AIR
    widest = {size: max((width(drawable(p.text), size) for p in points), default=0.0) for size in VALUE}
    labels = {size: max((width(drawable(p.label), size) for p in points), default=0.0) for size in LABEL}
    value = next((size for size in VALUE if widest[size] <= room), None)
    label = next((size for size in LABEL if labels[size] <= room), None)
    return (value, label) if value and label else None


def _columns(
    canvas: Canvas, points: tuple[Point, ...], found: list[float], sizes: tuple[float, float], target: float | None
) -> None:
    value, label = sizes
    slot = ROOM / len(points)
    wide = min(slot * 0.66, 150.0)
    base = canvas.y + value * 1.5 + HIGH
    columns = [
        (EDGE + slot * (at + 0.5), max(HIGH * share, LEAST_COLUMN) if share else 0.0, point)
        for at, (point, share) in enumerate(zip(points, found, strict=True))
    ]
    for middle, high, point in columns:
        canvas.rect((middle - wide / 2, base - high), (wide, high), _fill(point))
    if target is not None:
        canvas.line((EDGE, base - HIGH * target), (WIDTH - EDGE, base - HIGH * target), TARGET, 5, dashed=True)
    for middle, high, point in columns:
        canvas.text((middle, base - high - 14), drawable(point.text), value, anchor="middle", strong=True, halo=True)
        canvas.text((middle, base + label * 1.25), drawable(point.label), label, anchor="middle", fill=SOFT)
    canvas.line((EDGE, base), (WIDTH - EDGE, base), INK, 3)
    canvas.y = base + label * 1.7


def _fill(point: Point) -> str:
    return OPEN_BAR if point.is_open else BAR
