"""Reports as people read them: facts for a list's view, at most a screen; a line with nothing to tell is left out.

What the figures mean is told in talk/definitions.py.
"""

from talk.reports.forecast import forecast_facts
from talk.reports.funnel import funnel_facts, review_facts, span_of
from talk.reports.performance import attained_line, performance_facts
from talk.reports.pictures import (
    forecast_chart,
    forecast_picture,
    funnel_chart,
    funnel_picture,
    trend_chart,
    trend_picture,
)

__all__ = [
    "attained_line",
    "forecast_chart",
    "forecast_facts",
    "forecast_picture",
    "funnel_chart",
    "funnel_facts",
    "funnel_picture",
    "performance_facts",
    "review_facts",
    "span_of",
    "trend_chart",
    "trend_picture",
]
