"""How the figures of reports are calculated: 口径, 这个怎么算的. Slots: report str where one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

OF = {
    "funnel": r"漏斗|日报|(?:the )?(?:funnel|pipeline)",
    "review": r"周报|月报|(?:the )?(?:weekly|monthly) (?:report|review)",
    "forecast": r"预测|加权|(?:the )?(?:weighted )?forecast",
    "performance": r"业绩|完成率|达成率?|(?:the )?(?:performance|attainment|results)",
    "stalled": r"卡住|(?:the )?stalled(?: deals)?",
}
IT = r"这个|这些|这个数|这些数|数字|指标|数据|this|that|it|these|they|these numbers|the (?:numbers|figures)"


def _it(way: str) -> str:
    """What is asked about; the names of groups begin with the way in which it is asked."""
    return f"{IT}|" + "|".join(f"(?P<{way}_{name}>{said})" for name, said in OF.items())


SAID = re.compile(
    rf"{PLEASE}(?:看看|查一?下)?(?:(?:{_it('a')})的?)?(?:统计|计算|指标)?(?:口径|定义|公式|算法)(?:是什么|说明|呢)?"
    rf"|{PLEASE}(?:(?:{_it('b')})(?:都)?)?是?(?:怎么|如何)(?:算|统计|计算)(?:出来)?的?"
    rf"|{PLEASE}how (?:is|are|was|were) (?:(?:{_it('c')}) )?(?:calculated|computed|worked out|counted|measured)"
    rf"|{PLEASE}(?:(?:show|what are)(?: me)? )?(?:the )?(?:definitions?|formulas?)(?: of (?:{_it('d')}))?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    said = whole(scene, clause, SAID)
    if said is not None:
        named = [name.partition("_")[2] for name, found in said.groupdict().items() if found]
        yield {"report": named[0]} if named else {}


WORDS = (
    "口径",
    "定义",
    "公式",
    "算",
    "统计",
    "calculated",
    "computed",
    "worked out",
    "counted",
    "measured",
    "definition",
    "formula",
)
RULES = (Rule("show_definitions", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "口径",
    "这个怎么算的",
    "漏斗的口径是什么",
    "预测怎么算的?",
    "how is this calculated?",
    "how is the forecast calculated",
    "definitions",
)
COUNTER_EXAMPLES = ("这个合同怎么算的钱", "晨岚问公式怎么算", "how is Northwind doing", "客户要的口径不一样", "算了")
