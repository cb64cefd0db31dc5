"""The sender wants to know who changed what: 谁改的, 华信的改动记录, who changed this; or the log of all there is.

Slots: customer Mention; all True, where the whole log is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_find_at
from nlu.lists import mention_of
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

FIELD = r"资料|记录|信息|单子|负责人|金额|阶段|电话|地址|级别|名[称字]|联系人|成交日期?|下一步"
IT = r"这个|这些|这条|这张卡?片?|这里|它|that|this|it|these|the card|this card"
LOG = r"(?:改动|修改|变更|更改|操作|审计)(?:的)?(?:记录|历史|日志|明细)|改动|谁改的记录"
SAID = re.compile(
    rf"{PLEASE}(?:都|最近)?(?:是)?谁(?:都|最近)?(?:改|动|更新|修改|录|写)(?:的|过|了|过了)?(?:这个|这些|这条|它)?(?:吗|呢|啊|呀)?"
    rf"|{PLEASE}(?:都|最近)?谁(?:都|最近)?(?:改|动|更新|修改)(?:过|了)?(?P<whom>[^,:;!?。]{{2,20}}?)(?:的(?:{FIELD}))?"
    rf"|{PLEASE}(?:(?:{IT})|(?P<of>[^,:;!?。]{{2,20}}?))(?:的?(?:{FIELD}))?(?:都|最近)?(?:是)?谁(?:都|最近)?(?:改|动|更新|修改)(?:的|过|了|过了)?"
    rf"|{PLEASE}(?:看看|查一?下|看一?下|给我看)?(?:(?:{IT})|(?P<log>[^,:;!?。]{{2,20}}?))?的?(?:{LOG})"
    rf"|{PLEASE}who (?:has |last |all )?(?:changed|edited|updated|modified|touched|wrote) "
    rf"(?:(?:{IT})|(?P<en>[^,:;!?。]{{2,40}}?))(?: last)?"
    rf"|{PLEASE}(?:show (?:me )?)?(?:the )?"
    r"(?:change ?log|audit log|history of changes|change history|edit history)"
    rf"(?: (?:of|to|for) (?:(?:{IT})|(?P<en_of>[^,:;!?。]{{2,40}}?)))?"
)
_KEPT = r"(?:审计|操作|改动|变更|修改|更改)(?:的)?(?:日志|记录|历史|追踪)"
_ALL = r"(?:所有|全部|全公司|公司|系统|整个|全量)的?"
_AS = r"(?:成?(?:excel|文件|表格|csv))?(?:给我|发我)?"
EVERYTHING = re.compile(
    rf"{PLEASE}(?:我要|我想)?(?:把)?(?:导出|下载|拉出?|备份)(?:一下|一份)?(?:{_ALL})?{_KEPT}{_AS}"
    rf"|{PLEASE}(?:把)?(?:{_ALL})?{_KEPT}(?:导出|下载)(?:来|一下|一份)?{_AS}"
    rf"|{PLEASE}(?:看看|查看|查一?下|给我)?(?:{_ALL}{_KEPT}|审计(?:日志|追踪))"
    rf"|{PLEASE}(?:export|download|get|give me) (?:the )?(?:whole |full |entire |complete )?(?:audit|change) ?"
    r"(?:log|trail|history)"
)
NAMED = ("whom", "of", "log", "en", "en_of")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it, of what it was about or of a customer it names."""
    if whole(scene, clause, EVERYTHING):
        yield {"all": True}
        return
    said = whole(scene, clause, SAID)
    if said is None:
        return
    group = next((name for name in NAMED if said[name]), "")
    if not group:
        yield {}
    elif customer := customer_find_at(scene, *said.span(group)):
        yield {"customer": mention_of(scene, customer)}


WORDS = (
    "改",
    "动",
    "更新",
    "变更",
    "操作",
    "审计",
    "谁录",
    "谁写",
    "chang",
    "edit",
    "updated",
    "modified",
    "touched",
    "wrote",
    "audit",
    "日志",
    "记录",
)
RULES = (Rule("show_changes", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "谁改的",
    "谁改的?",
    "是谁改的",
    "这个谁改的",
    "谁改过晨岚",
    "谁动了晨岚",
    "晨岚谁改的",
    "晨岚的负责人是谁改的",
    "晨岚的改动记录",
    "看看修改记录",
    "导出审计日志",
    "把所有改动记录导出成excel",
    "审计日志",
    "export the audit log",
    "who changed this?",
    "who changed Northwind",
    "change log",
    "show me the change log for Northwind",
)
COUNTER_EXAMPLES = (
    "晨岚改了需求",
    "谁去过晨岚",
    "把报价改到80万",
    "晨岚想看修改记录功能",
    "change the amount to 80k",
    "晨岚的合同条款有变更",
)
