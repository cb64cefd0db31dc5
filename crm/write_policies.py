"""Which writes are done at once, which wait for a tap, and which for the superior: data that an admin changes.

What the kinds of writes are, and which change in the log is of which kind, stands here; who is asked, in the handlers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crm.deals import is_large_change
from crm.errors import InvalidLimit
from crm.money import Money

POLICIES = ("auto", "confirm", "manager")  # from the freest to the strictest


@dataclass(frozen=True)
class Default:
    """What holds for a kind of write until somebody changes it. `limit` is the percentage beyond which it is meant,
    `least` and `most` bound it.
    """

    policy: str = "auto"
    limit: int | None = None
    least: int = 0
    most: int = 100


DEFAULTS: dict[str, Default] = {
    "visit": Default(),
    "task": Default(),
    "contact": Default(),
    "note": Default(),
    "new_customer": Default(),
    "customer": Default(),
    "new_deal": Default(),
    "move": Default(),
    "amount": Default(),
    "large_amount_change": Default("confirm", 20, least=1),
    "close_on": Default(),
    "probability": Default(),
    "competitors": Default(),
    "fact": Default(),
    "quote": Default(),
    "discount_beyond_limit": Default("manager", 15, most=99),
    "contract_terms": Default("confirm"),
    "won": Default("confirm"),
    "lost": Default("confirm"),
}

# What the log calls a write -> its kind. "deal" stands for the fields of a deal that are not named, "deal." for a new
# one; None: it follows from another write, or is nothing that a policy could hold back. Stages, amounts, facts and
# short names are looked at more closely (handlers/gate.py).
WRITES: dict[str, str | None] = {
    "visit": "visit",
    "task": "task",
    "contact": "contact",
    "note": "note",
    "customer": "customer",
    "customer.": "new_customer",
    "short_name": "customer",
    "collaborator": "customer",
    "deal": "fact",
    "deal.": "new_deal",
    "deal.owner_id": "customer",  # goes with the customer
    "deal.stage_id": "move",
    "deal.closed_at": None,
    "deal.shares_customer": None,
    "deal.lost_reason": None,
    "deal.amount_minor": "amount",
    "deal.currency": "amount",
    "deal.close_on": "close_on",
    "deal.probability": "probability",
    "deal.competitors": "competitors",
    "deal_fact": "fact",
    "attachment": None,  # goes with its visit
    "check_in": None,  # goes with its visit
    "stage_change": None,
    "comment": None,  # words between colleagues
    "team": None,
    "user": None,
    "chat": None,  # what a group is bound to, and whether its members see that
    "write_policy": None,
    "ladder": None,
    "calendar_day": None,
    "subscription": None,
    "target": None,
}
FACTS = {"quote_sent": "quote", "contract_date": "contract_terms"}  # named facts with a kind of their own


@dataclass(eq=False)
class WritePolicy:
    """What an admin settled for one kind of write, in place of its default. `limit_percent` None: the default's."""

    kind: str
    policy: str
    limit_percent: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(frozen=True)
class WritePolicies:
    """All policies as they hold: what was settled as (policy, limit) by kind, and the defaults for the rest."""

    settled: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)

    def of(self, kind: str) -> str:
        """One of POLICIES. An unknown kind is a bug: KeyError."""
        default = DEFAULTS[kind].policy
        return self.settled[kind][0] if kind in self.settled else default

    def limit(self, kind: str) -> int:
        """The percentage beyond which a write is of that kind, 0 for kinds without one."""
        settled = self.settled[kind][1] if kind in self.settled else None
        return DEFAULTS[kind].limit or 0 if settled is None else settled

    def sized(self, before: Money | None, after: Money) -> set[str]:
        """The kinds that a change of a deal's amount is of."""
        is_large = is_large_change(before, after, self.limit("large_amount_change"))
        return {"amount", "large_amount_change"} if is_large else {"amount"}


def kind_of(thing: str, field_name: str) -> str | None:
    """The kind of a write as the log names it; None for what no policy holds back."""
    exact = f"{thing}.{field_name}"
    return WRITES[exact] if exact in WRITES else WRITES.get(thing)


def has_limit(kind: str) -> bool:
    """Whether a kind is meant only beyond a percentage."""
    return DEFAULTS[kind].limit is not None


def companions(
    policies: WritePolicies, wanted: Mapping[str, tuple[str, int | None]], *, is_only: bool
) -> dict[str, tuple[str, int | None]]:
    """What changes along with what is told: where no change of an amount shall be asked about, no large one is either;
    where only a large one shall (`is_only`), no other.
    """
    if wanted.get("amount", ("",))[0] == "auto" and "large_amount_change" not in wanted:
        return {"large_amount_change": ("auto", None)}
    if is_only and "large_amount_change" in wanted and "amount" not in wanted and policies.of("amount") != "auto":
        return {"amount": ("auto", None)}
    return {}


def check_limit(kind: str, limit: int | float | None) -> int | None:
    """A limit in whole percent as it is kept. Raises InvalidLimit where the kind has none, or not that one."""
    default = DEFAULTS[kind]
    if limit is None:
        return None
    if default.limit is None or limit != int(limit) or not default.least <= limit <= default.most:
        raise InvalidLimit(value=f"{limit:g}%", least=f"{default.least}%", most=f"{default.most}%")
    return int(limit)


def strictest(policies: Collection[Any]) -> str:
    """The strictest of some policies, auto of none."""
    return max(policies, key=POLICIES.index, default="auto")
