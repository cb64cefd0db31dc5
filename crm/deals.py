"""Deals, how they move through a pipeline, and the named facts that the entry conditions ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from crm.errors import DealClosed, SameStage
from crm.money import Money
from crm.pipelines import Stage

SILENT_DAYS = 7  # an open deal that nobody contacted for so long is stalled
LONG_IN_STAGE_DAYS = 30  # and so is one that has stood in its stage for longer
TAPPED_FACTS = ("needs_known", "decision_maker_known", "quote_sent")  # a tap can give these; the others want a value


@dataclass(eq=False)
class Deal:
    """An opportunity at a customer. `amount_minor` None: not known. `probability` overrides the stage's win rate.

    `shares_customer` where it was given to its owner by hand: they see the customer, whoever looks after it.
    """

    customer_id: int
    name: str
    pipeline_id: int
    stage_id: int
    owner_id: int
    created_at: datetime
    amount_minor: int | None = None
    currency: str = "CNY"
    probability: int | None = None
    close_on: date | None = None
    competitors: list[str] = field(default_factory=list)
    lost_reason: str = ""
    closed_at: datetime | None = None
    shares_customer: bool = False
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)

    @property
    def amount(self) -> Money | None:
        """The deal's amount, None where nobody told it."""
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)


@dataclass(eq=False)
class StageChange:
    """A move of a deal, append-only: the source of every funnel figure. `waved_by_id` let it through its conditions.

    `withdrawn_at` is set when the move was undone: figures pass over it, nothing is deleted.
    """

    deal_id: int
    from_stage_id: int | None
    to_stage_id: int
    at: datetime
    user_id: int
    waved_by_id: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class DealFact:
    """Something known of a deal by name (quote_sent, bid_date …), with its value where it has one."""

    deal_id: int
    key: str
    at: datetime
    user_id: int
    value: str = ""
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(frozen=True)
class Evidence:
    """What the records say beyond the deal itself: is there a contact, a decision maker, a told need, a budget."""

    contact: bool = False
    decision_maker: bool = False
    needs: bool = False
    budget: bool = False


def known_facts(deal: Deal, stated: Iterable[str], evidence: Evidence) -> set[str]:
    """The names of all facts known of a deal: stated ones and those that follow from the records."""
    read = {
        "contact_known": evidence.contact,
        "decision_maker_known": evidence.decision_maker,
        "needs_known": evidence.needs,
        "amount_known": evidence.budget or deal.amount_minor is not None,
        "contract_amount": deal.amount_minor is not None,
        "lost_reason": bool(deal.lost_reason),
    }
    return set(stated) | {name for name, is_known in read.items() if is_known}


def check_move(deal: Deal, start: Stage, goal: Stage) -> None:
    """Refuse a move that makes no sense whatever is known. Raises SameStage, DealClosed."""
    if start.id == goal.id:
        raise SameStage(deal=deal.name, stage=goal.names)
    if start.outcome != "open":
        raise DealClosed(deal=deal.name, stage=start.names)


def is_large_change(before: Money | None, after: Money, threshold_percent: int = 20) -> bool:
    """Whether an amount changes by more than the threshold; a first amount and a new currency: no and yes."""
    if before is None:
        return False
    if before.currency != after.currency or before.minor == 0:
        return before != after
    return abs(after.minor - before.minor) * 100 > threshold_percent * abs(before.minor)
