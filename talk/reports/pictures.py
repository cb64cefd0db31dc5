"""What stands in a picture of a report."""

from __future__ import annotations

from dataclasses import dataclass

from crm.reports.figures import of_currency
from crm.reports.funnel import FunnelReport
from talk.catalogue import told
from talk.forms import Reader
from talk.message import Count, Parts
from talk.reports.funnel import change_told
from talk.reports.parts import main_currency


@dataclass(frozen=True)
class StageFact:
    """What a picture of the funnel says of one stage; `size` is its amount in the currency most stands in, else the
    count where no amount is known.
    """

    label: str
    size: float
    count_text: str
    sum_text: str
    change_text: str


def funnel_chart_facts(report: FunnelReport, reader: Reader) -> list[StageFact]:
    """What a picture of the funnel shows, a stage each, in the order of the pipelines."""
    currency = main_currency(report.total.sums)
    return [
        StageFact(
            told(line.names, reader),
            float(of_currency(line.now.sums, currency).major) if currency else float(line.now.count),
            told(Count(line.now.count, "count_deals"), reader),
            told(Parts(line.now.sums), reader),
            told([change], reader) if (change := change_told(line)) else "",
        )
        for line in report.stages
        if line.now.count
    ]
