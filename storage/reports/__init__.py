"""Reports made from the tables with the rights of whoever asks: a file a report. What they say is in crm/reports/."""

from storage.reports.forecast import forecast_report
from storage.reports.funnel import funnel_report
from storage.reports.performance import performance_report
from storage.reports.review import review_report
from storage.reports.stages import conversions
from storage.reports.trend import trend_report

__all__ = ["conversions", "forecast_report", "funnel_report", "performance_report", "review_report", "trend_report"]
