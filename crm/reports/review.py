"""The review of a week or a month: the funnel, what each did, how deals pass through the stages, the trend."""

from __future__ import annotations

from dataclasses import dataclass

from crm.reports.funnel import Conversion, FunnelReport
from crm.reports.performance import PerformanceReport
from crm.reports.trend import TrendReport

COHORT_DAYS = 90  # whose entries into a stage a review counts
PERIODS = 8  # weeks or months of a trend


@dataclass(frozen=True)
class Review:
    """What happened in a period; `kind` is week or month."""

    kind: str
    funnel: FunnelReport
    performance: PerformanceReport
    conversions: tuple[Conversion, ...]
    trend: TrendReport

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.funnel.is_empty and self.performance.is_empty
