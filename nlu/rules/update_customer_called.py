"""What a customer is called for short. Slots: those of `update_customer`, with short_names tuple of str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.lists import mention_of
from nlu.mood import asked, supposed
from nlu.names import fold
from nlu.rule import Rule
from nlu.scene import Scene

SHORT = r"[「“\"']?(?P<{}>[一-鿿a-z0-9][一-鿿a-z0-9&.-]{{0,14}}(?: [a-z0-9&.-]{{1,12}})?)[」”\"']?"
SAYS = r"(?:[也又]叫(?:做|它)?|我们叫(?:它)?|大家叫(?:它)?|简称|别名|俗称|小名|外号)(?:是|为|作|:|叫|做)?"
BEHIND = re.compile(
    rf"(?:公司|客户|那边|这家)?,?(?:以后|平时|一般)?{SAYS}[ ]?{SHORT.format('zh')}(?=[,。;!吧哈就了 ]|$)"
    rf"|的(?:简称|别名|短名)(?:是|为|叫|:|改成|加一个|加个)[ ]?{SHORT.format('of')}(?=[,。;!吧哈 ]|$)"
    rf"|(?:,? (?:is|are) (?:also )?(?:known as|called)|,? also (?:known as|called)"
    r"|,? a\.?k\.?a\.?|'s short name is|,? for short:?)"
    rf" {SHORT.format('en')}(?=[,.;!]|$)"
)
BEFORE = 16  # characters before a name that may call it
WE_CALL = re.compile(r"(?:(?:我们|大家)?管|\bwe (?:also )?call )$")
AFTERWARDS = re.compile(
    rf"(?:都)?(?:叫做?|称为|简称){SHORT.format('zh')}(?=[,。;!吧哈 ]|$)| {SHORT.format('en')}(?=[,.;!]|$)"
)
NOBODY = re.compile(r"^(?:[我你您他她它咱]们?|大家|什么|啥|me|us|you|him|her|them|it|back)$")
CONTACT = re.compile(r"联系人|老板|负责人|经理|总监|窗口|对接人|商机|项目|新单|contact|deal")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """白鹭也叫BL, 我们管白鹭叫小鸟, Northwind is also called NW."""
    if asked(scene, clause) or supposed(scene, clause) or CONTACT.search(clause.text):
        return
    for find in clause.all("customer"):
        is_called = WE_CALL.search(scene.folded, max(clause.start, find.start - BEFORE), find.start)
        said = (AFTERWARDS if is_called else BEHIND).match(scene.folded, find.end, clause.end)
        if said is None:
            continue
        name = next(key for key, value in said.groupdict().items() if value)
        short = scene.original(said.start(name), said.end(name)).strip(" '\"“”「」")
        if len(short) >= 2 and fold(short) != fold(find.text) and not NOBODY.match(short):
            yield {"customer": mention_of(scene, find), "short_names": (short,)}
            return


RULES = (Rule("update_customer", "called", (), read, ("customer",)),)
EXAMPLES = ("晨岚也叫CL", "白鹭简称BL", "我们管白鹭叫小鸟", "Northwind is also called NW", "白鷺又叫廈門白鷺")
COUNTER_EXAMPLES = (
    "白鹭新来的采购经理叫许青禾",
    "明泰有个新商机叫仓储WMS",
    "晨岚叫我们周五去",
    "晨岚叫什么?",
    "Northwind called me",
)
