"""A target is told or asked for: what a person or a team shall reach within a month or a quarter.

Slots: user Mention, team str, mine, everyone or all True: whose; period str (2026-11, 2026-Q4, or the words of what is
neither); measure str (crm/targets.py); value Amount or int. Without a value it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crm.targets import MEASURES
from nlu.clauses import Clause
from nlu.finders import money
from nlu.month_names import period_told
from nlu.normalise import normalise
from nlu.numerals import bounds
from nlu.pieces import Pieces, mention_of, pieces_of
from nlu.rule import Amount, Mention, Rule
from nlu.scene import Scene

UNITS = {"unit_deal": "won_deals", "unit_visit": "visits", "unit_customer": "new_customers", "unit_any": "won_deals"}
PLAIN = re.compile(r"[\d,]+|[一二三四五六七八九十百两]+")
ONCE = ("target", "user", "team_named", "period", "value")
A_SUM = 10_000  # a number of at least so much, with nothing said of what, is money
OF_REPORTS = frozenset(
    {"target", "period", "user", "stranger", "team", "team_named", "me", "all", "filler", "ask", *MEASURES}
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is made of whose, when, of what, how much, and the word itself."""
    pieces = None if clause.place else pieces_of(scene, "target")
    if pieces is None or "target" not in pieces or any(len(pieces.get(kind, ())) > 1 for kind in ONCE):
        return
    slots, told = whose_of(scene, pieces), pieces.said("value")
    if period := pieces.said("period"):
        slots["period"] = period_told(period, scene.now.date(), is_ahead=told is not None)
    measure = _measure(pieces)
    if told is not None:
        value = _value(scene, told[0].strip(), measure)
        if isinstance(value, Amount) and measure in ("won_deals", None) and "won_deals" not in pieces:
            measure = "won_amount"
        slots["value"] = value
    elif not pieces.keys() <= OF_REPORTS:
        return
    yield slots | ({"measure": measure} if measure else {})


def whose_of(scene: Scene, pieces: Pieces) -> dict[str, Any]:
    """Whose it is, as slots: a colleague, a team by name, the sender's own, everybody's."""
    if find := pieces.found("user"):
        return {"user": mention_of(scene, find)}
    if stranger := pieces.said("stranger"):
        return {"user": Mention(scene.original(stranger.start(), stranger.end()))}
    if named := pieces.said("team_named"):
        group = named.lastgroup or 0
        return {"team": scene.original(named.start(group), named.end(group))}
    if "team" in pieces:
        return {"everyone": True}
    return {"all": True} if "all" in pieces else {"mine": True} if "me" in pieces else {}


def _measure(pieces: Pieces) -> str | None:
    told = [measure for measure in MEASURES if measure in pieces]
    units = [measure for unit, measure in UNITS.items() if unit in pieces]
    if told == ["won_amount"] and units:
        return "won_deals"
    return told[0] if told else units[0] if units else None


def _value(scene: Scene, said: str, measure: str | None) -> Amount | int:
    if PLAIN.fullmatch(said) and measure not in ("won_amount", None):
        return _number(said)
    found = money.find(normalise(said), scene.now)
    if found and found[0].end - found[0].start >= len(said.rstrip()):
        value: Amount = found[0].value
        return value
    number = _number(said) if PLAIN.fullmatch(said) else 0
    is_sum = measure == "won_amount" or number >= A_SUM
    return _yuan(scene, number) if is_sum else number


def _yuan(scene: Scene, number: int) -> Amount:
    found: Amount = money.find(normalise(f"{number}元"), scene.now)[0].value
    return found


def _number(said: str) -> int:
    exact = bounds(said.replace(",", ""))
    return int(exact[0]) if exact else 0


WORDS = ("目标", "指标", "target", "quota", "goal")
RULES = (Rule("set_target", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "本月目标100万",
    "一诺Q4目标300万",
    "华东组本季度赢单目标500万",
    "把一诺12月的拜访目标设为40次",
    "新客户目标10家",
    "team target for December 2M",
    "set my Q1 target to 800k",
    "Joy's target for Q4: $300k",
    "目标是多少",
    "本月目标",
    "what is my target?",
)
COUNTER_EXAMPLES = (
    "晨岚是我们的目标客户",
    "白鹭的目标是年底上线",
    "本月目标完成了多少",
    "how are we doing against target",
    "晨岚今年目标采购300万",
    "完成目标了",
)
