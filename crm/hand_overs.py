"""A hand-over of customers: what somebody looks after, ranked by worth; and how long it can be put back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from crm.customers import TIERS, Customer
from crm.money import Money
from crm.pipelines import Stage

PUT_BACK_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class OpenDeal:
    """An open deal as a hand-over shows it."""

    name: str
    stage: Stage
    amount: Money | None


@dataclass(frozen=True)
class Holding:
    """A customer with the open deals of whoever looks after it, the last contact, and how many tasks are open."""

    customer: Customer
    deals: tuple[OpenDeal, ...] = ()
    contacted_on: date | None = None
    tasks: int = 0

    @property
    def biggest(self) -> OpenDeal | None:
        """The open deal of the largest sum; of those without one, the farthest."""
        return max(self.deals, key=lambda deal: (_face(deal.amount), deal.stage.win_rate), default=None)

    @property
    def open_sums(self) -> tuple[Money, ...]:
        """What is open, a sum a currency."""
        sums: dict[str, int] = {}
        for deal in self.deals:
            if deal.amount is not None:
                sums[deal.amount.currency] = sums.get(deal.amount.currency, 0) + deal.amount.minor
        return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def by_worth(holdings: Iterable[Holding]) -> list[Holding]:
    """The holdings ranked by open amount, then by how lately they were contacted, then by tier.

    Nothing here converts currencies: sums of several are ranked at face value.
    """
    return sorted(holdings, key=_worth, reverse=True)


def _worth(holding: Holding) -> tuple[float, date, int, int]:
    customer = holding.customer
    amount = sum(_face(deal.amount) for deal in holding.deals)
    return amount, holding.contacted_on or date.min, TIERS.index(customer.tier), -customer.id


def _face(amount: Money | None) -> float:
    return float(amount.major) if amount is not None else 0.0
