"""A report asked for by its name: 日报, 周报, 月报.

Slots: report str (day, week, month), back int (periods back), and whose as in set_target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.month_names import period_told
from nlu.pieces import Pieces, pieces_of
from nlu.rule import Rule
from nlu.rules.set_target import whose_of
from nlu.scene import Scene

KINDS = ("day", "week", "month")
BEFORE = 2


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message names one report."""
    pieces = None if clause.place else pieces_of(scene, "report")
    told = [kind for kind in KINDS if pieces and kind in pieces]
    if pieces is None or len(told) != 1 or "value" in pieces or any(len(pieces.get(one, ())) > 1 for one in KINDS):
        return
    if len(pieces.get("user", ())) > 1 or len(pieces.get("period", ())) > 1:
        return
    back = _back(scene, pieces, told[0])
    if back is not None:
        yield {"report": told[0], "back": back} | whose_of(scene, pieces)


def _back(scene: Scene, pieces: Pieces, kind: str) -> int | None:
    """How many periods back, None where the period told is none of the report's."""
    if "before" in pieces:
        return BEFORE
    if "last" in pieces:
        return 1
    said = pieces.said("period")
    if said is None:
        return 0
    if kind != "month":
        return None
    today = scene.now.date()
    told = period_told(said, today, is_ahead=False)
    year, _, month = told.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return None
    back = (today.year - int(year)) * 12 + today.month - int(month)
    return back if back >= 0 else back + 12


WORDS = ("报", "回顾", "复盘", "总结", "report", "daily", "weekly", "monthly", "review", "scorecard")
RULES = (Rule("show_report", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "日报",
    "周报",
    "月报",
    "看看上周的周报",
    "一诺的周报",
    "华东组的月报",
    "weekly report",
    "last month's monthly report",
    "show me the daily report",
    "昨天的日报",
    "10月的月报",
)
COUNTER_EXAMPLES = (
    "把周报发给石佳",
    "周五前交周报",
    "提醒我写日报",
    "晨岚要日报功能",
    "weekly call with Northwind",
    "the customer wants monthly reports",
)
