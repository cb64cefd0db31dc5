"""What becomes of each of the demo's deals: those of the stories as told, the others drawn. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.demo.customers import Account
from bot.demo.data import load
from crm.pipelines import SHIPPED

DEALS = 70
# How many of the drawn deals stand where; the age in days that such a deal has, at least and at most.
_DRAWN: dict[str, tuple[int, int, int]] = {
    "contact": (9, 4, 30),
    "needs": (11, 15, 60),
    "proposal": (11, 30, 100),
    "bidding": (4, 60, 130),
    "negotiation": (8, 50, 150),
    "won": (11, 100, 178),
    "lost": (8, 60, 170),
}
_CONTACTED = (1, 1, 2, 2, 3, 4, 5, 6, 8, 11, 16)
_CLOSES = (-5, 3, 6, 10, 14, 25, 40, 60, 90)
_DUE = (None, -8, -4, -2, -1, 0, 0, 1, 2, 3, 5, 9)


@dataclass(frozen=True)
class Plan:
    """A deal to be: `entered` says how many days ago it entered each of `stages`, of which the last is where it stands.

    Days of `contacted` (last visit) and `quoted` count back, those of `closes` and `due` (next step) forward from now.
    """

    account: Account
    name: str
    pipeline: str
    stages: tuple[str, ...]
    entered: tuple[int, ...]
    amount: int | None
    contacted: int
    closes: int | None = None
    quoted: int | None = None
    due: int | None = None
    task: str = ""
    competitors: tuple[str, ...] = ()
    lost_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be won."""
        return self.stages[-1] not in ("won", "lost")


def plans(accounts: list[Account], draw: Random) -> Iterator[Plan]:
    """The plans of all deals, in the order of their customers' stories first."""
    by_name = {account.customer.name: account for account in accounts}
    stories = load("deals")["stories"]
    for story in stories:
        yield _told(by_name[story["customer"]], story)
    taken = {story["customer"] for story in stories}
    others = [account for account in accounts if account.customer.name not in taken]
    places = [stage for stage, (count, _, _) in _DRAWN.items() for _ in range(count)]
    draw.shuffle(places)
    buyers = draw.sample(others, 47)
    buyers += buyers[: DEALS - len(stories) - len(buyers)]  # some buy twice
    names: set[tuple[str, str]] = set()
    for account, place in zip(buyers, places, strict=True):
        yield _drawn(account, place, names, draw)


def _told(account: Account, story: dict[str, Any]) -> Plan:
    stages = _passed(story["pipeline"], story["stage"], len(story["entered"]))
    rest = {key: story[key] for key in ("contacted", "closes", "quoted", "due", "task") if key in story}
    quoted = story.get("quoted") or _entry(stages, tuple(story["entered"]), "negotiation")
    return Plan(
        account,
        story["name"],
        story["pipeline"],
        stages,
        tuple(story["entered"]),
        story["amount"],
        competitors=tuple(story.get("competitors", ())),
        **{**rest, "quoted": quoted},
    )


def _passed(pipeline: str, stage: str, count: int = 0) -> tuple[str, ...]:
    """The stages that a deal entered on its way; one that is lost has left the way after `count` - 1 of them."""
    way = [shipped.key for shipped in SHIPPED[pipeline] if shipped.key != "lost"]
    return (*way[: count - 1], "lost") if stage == "lost" else tuple(way[: way.index(stage) + 1])


def _drawn(account: Account, place: str, names: set[tuple[str, str]], draw: Random) -> Plan:
    pipeline = "project" if place == "bidding" or draw.random() < 0.25 else "standard"
    stages = _passed(pipeline, place, draw.randint(2, 5))
    entered = _entered(len(stages), *_DRAWN[place][1:], draw)
    is_open = place not in ("won", "lost")
    quoted = _entry(stages, entered, "negotiation")
    if place == "proposal" and draw.random() < 0.5:
        quoted = draw.randint(1, entered[-1])
    contacted = min(entered[-1], draw.choice(_CONTACTED)) if is_open else entered[-1]
    language = account.owner.language
    reasons = load("deals")["english_lost_reasons" if language == "en" else "lost_reasons"]
    return Plan(
        account,
        _name(account, names, draw),
        pipeline,
        stages,
        entered,
        None if place == "contact" and draw.random() < 0.6 else draw.randint(10, 400) * 5_000,
        contacted,
        draw.choice(_CLOSES) if is_open and place != "contact" else None,
        quoted,
        draw.choice(_DUE) if is_open else None,
        competitors=tuple(draw.sample(load("deals")["competitors"], draw.choice((0, 0, 1, 1, 2)))),
        lost_reason=draw.choice(reasons) if place == "lost" else "",
    )


def _entry(stages: tuple[str, ...], entered: tuple[int, ...], stage: str) -> int | None:
    return entered[stages.index(stage)] if stage in stages else None


def _entered(count: int, youngest: int, oldest: int, draw: Random) -> tuple[int, ...]:
    age = draw.randint(youngest, oldest)
    if count == 1:
        return (age,)
    last = draw.randint(2, max(3, age // 3))
    between = sorted(draw.sample(range(last + 1, age), count - 2), reverse=True)
    return (age, *between, last)


def _name(account: Account, names: set[tuple[str, str]], draw: Random) -> str:
    choices = load("deals")["english_names" if account.owner.language == "en" else "names"]
    fresh = [name for name in choices if (account.customer.name, name) not in names]
    name: str = draw.choice(fresh)
    names.add((account.customer.name, name))
    return name
