"""A funnel: a row a stage, its bar about the middle line."""

from __future__ import annotations

from talk.charts.canvas import Canvas
from talk.charts.frame import begin, end, shares
from talk.charts.kinds import FunnelChart
from talk.charts.rows import Row, draw_rows


def draw_funnel(chart: FunnelChart) -> Canvas:
    """The sheet of a funnel."""
    canvas = begin(chart.title, chart.subtitle)
    parts = zip(chart.bars, shares(bar.size for bar in chart.bars), strict=True)
    rows = [Row(bar.label, share, bar.count_text, bar.sum_text, bar.change_text) for bar, share in parts]
    draw_rows(canvas, rows, is_centred=True)
    return end(canvas, chart.footer)
