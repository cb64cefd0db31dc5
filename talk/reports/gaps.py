"""What is missing of a customer, on one line: its own first, then each deal with what it lacks."""

from __future__ import annotations

from typing import Any

from crm.reports.gaps import Gaps
from talk.message import Parts, Phrase, Word


def gaps_line(name: str, gaps: Gaps) -> Parts:
    """Name · what is missing of the customer · each deal: what is missing of it."""
    own = [Word(f"gap_{gap.key}") for gap in gaps.missing if not gap.deal]
    deals = dict.fromkeys(gap.deal for gap in gaps.missing if gap.deal)
    of_deals: list[Any] = [
        Phrase("gap_of_deal", {"deal": deal, "what": [Word(f"gap_{g.key}") for g in gaps.missing if g.deal == deal]})
        for deal in deals
    ]
    return Parts((name, Phrase("gap_of_customer", {"what": own}) if own else None, *of_deals))
