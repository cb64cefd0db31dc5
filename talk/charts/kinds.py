"""What is drawn: a funnel and a trend, every word and figure in them written already."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A stage of a funnel. `size` is what its bar shows, against the largest; below 0 or no number it has none."""

    label: str
    count_text: str
    sum_text: str
    size: float
    change_text: str = ""


@dataclass(frozen=True)
class FunnelChart:
    """Stages from the first to the last, at most MOST_ROWS of them."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    footer: str = ""


@dataclass(frozen=True)
class Point:
    """A period of a trend. Where it is still running, `is_open`: its bar is drawn lighter."""

    label: str
    value: float
    text: str
    is_open: bool = False


@dataclass(frozen=True)
class TrendChart:
    """Periods from the oldest to the newest, at most MOST_ROWS of them; `target` is the line to be reached."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    target: float | None = None
    target_text: str = ""
    footer: str = ""


Chart = FunnelChart | TrendChart
MOST_ROWS = 40
