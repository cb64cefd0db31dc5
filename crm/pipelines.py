"""Pipelines as data: stages with win rates and entry conditions. The two that ship stand at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

OUTCOMES = ("open", "won", "lost")


@dataclass(eq=False)
class Pipeline:
    """A named sequence of stages that deals pass through."""

    key: str
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class Stage:
    """A place in a pipeline. `conditions` name the facts that must be known to enter; `win_rate` is in percent.

    `names` maps a language to the name people see. `outcome` is open until the deal is won or lost here.
    """

    pipeline_id: int
    key: str
    names: dict[str, str]
    position: int
    win_rate: int
    conditions: list[str] = field(default_factory=list)
    outcome: str = "open"
    id: int = field(init=False, repr=False)

    def name(self, language: str) -> str:
        """The stage's name in a language, Chinese where it has none."""
        return self.names.get(language) or self.names["zh"]


def by_key(stages: Sequence[Stage]) -> dict[str, list[Stage]]:
    """The stages that one key names, of several pipelines; ordered by the farthest place that any of them has."""
    found: dict[str, list[Stage]] = {}
    for stage in stages:
        found.setdefault(stage.key, []).append(stage)
    return dict(sorted(found.items(), key=lambda pair: max(stage.position for stage in pair[1])))


def missing_facts(stages: Sequence[Stage], start: Stage, goal: Stage, known: Collection[str]) -> list[str]:
    """The facts that keep a deal at `start` from entering `goal`, in the order of the stages.

    Moving back and losing pass over no other stage; moving forward needs the conditions of every open stage on the way.
    """
    if goal.outcome == "lost" or goal.position < start.position:
        passed = [goal] if goal.outcome == "lost" else []
    else:
        passed = [s for s in stages if start.position < s.position <= goal.position and s.outcome != "lost"]
    wanted = [fact for stage in sorted(passed, key=lambda s: s.position) for fact in stage.conditions]
    return [fact for fact in dict.fromkeys(wanted) if fact not in known]


@dataclass(frozen=True)
class Shipped:
    """A stage as it ships: key, names, win rate in percent, entry conditions, outcome."""

    key: str
    zh: str
    en: str
    win_rate: int
    conditions: tuple[str, ...] = ()
    outcome: str = "open"


_CONTACT = Shipped("contact", "初步接触", "Initial contact", 10)
_NEEDS = Shipped("needs", "需求分析", "Needs analysis", 20, ("contact_known",))
_PROPOSAL = Shipped("proposal", "方案报价", "Proposal", 40, ("needs_known", "decision_maker_known", "amount_known"))
_BIDDING = Shipped("bidding", "项目招标", "Bidding", 55, ("bid_date",))
_NEGOTIATION = Shipped("negotiation", "商务谈判", "Negotiation", 70, ("quote_sent",))
_WON = Shipped("won", "赢单", "Won", 100, ("contract_amount", "contract_date"), "won")
_LOST = Shipped("lost", "输单", "Lost", 0, ("lost_reason",), "lost")

SHIPPED: dict[str, tuple[Shipped, ...]] = {
    "standard": (_CONTACT, _NEEDS, _PROPOSAL, _NEGOTIATION, _WON, _LOST),
    "project": (_CONTACT, _NEEDS, _PROPOSAL, _BIDDING, _NEGOTIATION, _WON, _LOST),
}
