"""Pictures for reports: drawn from written words and figures, without a system font; and the same told in words."""

from __future__ import annotations

from collections.abc import Iterator

from talk.charts.funnel import draw_funnel
from talk.charts.kinds import MOST_ROWS, Bar, Chart, FunnelChart, Point, TrendChart
from talk.charts.trend import draw_trend

__all__ = ["MOST_ROWS", "Bar", "Chart", "FunnelChart", "Point", "TrendChart", "alt_text", "png"]


def png(chart: Chart) -> bytes:
    """The chart as a PNG, 1,080 pixels wide: the same bytes for the same chart. ValueError beyond MOST_ROWS rows.

    It takes some 100 ms, during which no other thread runs either: let a loop breathe between two pictures.
    """
    rows = len(chart.bars if isinstance(chart, FunnelChart) else chart.points)
    if rows > MOST_ROWS:
        raise ValueError(f"a chart has at most {MOST_ROWS} rows, not {rows}")
    return (draw_funnel(chart) if isinstance(chart, FunnelChart) else draw_trend(chart)).png()


def alt_text(chart: Chart) -> str:
    """What the picture shows, in words: a line for each row."""
    return "\n".join(line for line in _told(chart) if line)


def _told(chart: Chart) -> Iterator[str]:
    yield from (chart.title, chart.subtitle)
    if isinstance(chart, FunnelChart):
        yield from (_side_by_side(b.label, b.count_text, b.sum_text, b.change_text) for b in chart.bars)
    else:
        yield from (_side_by_side(point.label, point.text) for point in chart.points)
        yield chart.target_text if chart.target is not None else ""
    yield chart.footer


def _side_by_side(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
