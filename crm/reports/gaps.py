"""Which records miss most: one table of what a customer and its deals should have told by now, weighed by worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crm.customers import TIERS

SHOWN = 5  # customers of a list: what somebody can fill in within a week
LARGE = (100_000, 500_000, 1_000_000)  # in whole units of its currency: each that the open deals pass counts once


@dataclass(frozen=True)
class DealHeld:
    """An open deal as far as it is told; `amount` in whole units of its currency."""

    name: str
    amount: int | None = None
    close_on: date | None = None
    has_next_step: bool = False


@dataclass(frozen=True)
class CustomerHeld:
    """A customer as far as it is told, with the open deals there; `person` is the name of somebody there."""

    customer_id: int
    name: str
    tier: str = "potential"
    industry: str = ""
    size: str = ""
    person: str = ""
    has_phone: bool = False
    has_decision_maker: bool = False
    deals: Sequence[DealHeld] = ()


@dataclass(frozen=True)
class Gap:
    """Something that is missing: `key` says what, `deal` of which one, "" where it is the customer's own."""

    key: str
    weight: int
    deal: str = ""


@dataclass(frozen=True)
class Gaps:
    """What is missing of a customer, the heaviest first."""

    customer_id: int
    name: str
    missing: tuple[Gap, ...]
    worth: int

    @property
    def score(self) -> int:
        """What it is worth to fill them in: their weights together, times what the customer is worth."""
        return self.worth * sum(gap.weight for gap in self.missing)


OF_CUSTOMER: tuple[tuple[str, int, Callable[[CustomerHeld], bool]], ...] = (
    ("contact", 3, lambda held: not held.person),
    ("phone", 3, lambda held: bool(held.person) and not held.has_phone),
    ("decision_maker", 2, lambda held: bool(held.person and held.deals) and not held.has_decision_maker),
    ("industry", 1, lambda held: not held.industry),
    ("size", 1, lambda held: not held.size),
)
OF_DEAL: tuple[tuple[str, int, Callable[[DealHeld, date], bool]], ...] = (
    ("amount", 3, lambda deal, _today: deal.amount is None),
    ("close_on", 2, lambda deal, today: deal.close_on is None or deal.close_on < today),
    ("next_step", 2, lambda deal, _today: not deal.has_next_step),
)


def gaps_of(held: CustomerHeld, today: date) -> Gaps:
    """What is missing of a customer and of its open deals. A close that has passed is told no more."""
    own = [Gap(key, weight) for key, weight, lacks in OF_CUSTOMER if lacks(held)]
    of_deals = [
        Gap(key, weight, deal.name) for deal in held.deals for key, weight, lacks in OF_DEAL if lacks(deal, today)
    ]
    missing = sorted([*own, *of_deals], key=lambda gap: -gap.weight)
    return Gaps(held.customer_id, held.name, tuple(missing), _worth(held))


def worst_gaps(records: Iterable[CustomerHeld], today: date) -> list[Gaps]:
    """The customers of which something is missing, those first whose gaps are worth most to fill in."""
    found = [gaps for held in records if (gaps := gaps_of(held, today)).missing]
    return sorted(found, key=lambda gaps: (-gaps.score, gaps.customer_id))


def _worth(held: CustomerHeld) -> int:
    """1 for a mere potential customer; more by tier, by an open deal, by how large the open deals are together."""
    total = sum(deal.amount or 0 for deal in held.deals)
    return 1 + TIERS.index(held.tier) + 2 * bool(held.deals) + sum(total >= large for large in LARGE)
