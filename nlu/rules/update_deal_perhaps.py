"""What a clause may say of a deal: won, lost, sum, stage, chance, day of signing. The ranker says whether it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.rules.update_deal import reason_of
from nlu.scene import Scene
from nlu.telling import about, due_at, sums

Slots = Iterator[dict[str, Any]]


def read_won(scene: Scene, clause: Clause) -> Slots:
    """Won."""
    if clause.customer:
        yield about(scene, clause) | {"stage": "won"}


def read_lost(scene: Scene, clause: Clause) -> Slots:
    """Lost, and why."""
    if clause.customer:
        why = reason_of(scene, clause)
        yield about(scene, clause) | {"stage": "lost"} | ({"lost_reason": why} if why else {})


def read_amount(scene: Scene, clause: Clause) -> Slots:
    """The clause's last sum as the deal's."""
    slots = about(scene, clause)
    if "deal" in slots and (found := sums(scene, clause)):
        yield slots | {"amount": found[-1].value}


def read_stage(scene: Scene, clause: Clause) -> Slots:
    """The clause's last stage."""
    if clause.customer:
        yield about(scene, clause) | {"stage": clause.all("stage")[-1].value}


def read_probability(scene: Scene, clause: Clause) -> Slots:
    """The clause's last share."""
    if clause.customer:
        yield about(scene, clause) | {"probability": clause.all("percent")[-1].value}


def read_close(scene: Scene, clause: Clause) -> Slots:
    """The clause's coming day."""
    at = due_at(scene, clause)
    if clause.customer and at is not None:
        yield about(scene, clause) | {"close_on": at}


RULES = (
    Rule("update_deal", "won", (), read_won, perhaps=True),
    Rule("update_deal", "lost", (), read_lost, perhaps=True),
    Rule("update_deal", "amount", (), read_amount, ("money",), perhaps=True),
    Rule("update_deal", "stage", (), read_stage, ("stage",), perhaps=True),
    Rule("update_deal", "probability", (), read_probability, ("percent",), perhaps=True),
    Rule("update_deal", "close", (), read_close, ("when",), perhaps=True),
)
EXAMPLES = ("白鹭签了",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
