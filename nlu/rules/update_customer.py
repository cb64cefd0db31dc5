"""A new customer, or new facts of one. Slots: customer Mention, industry, address, phone, source str, is_new True."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Rule
from nlu.scene import Scene

INDUSTRY = re.compile(
    r"(?:^|[,，、\s]|主营|从事|是|深圳|上海|们)(?:做|搞|卖)(?P<a>[一-鿿a-z0-9 ]{2,12}?)(?:的|$"
    r"|[,。;，])|行业(?:是|改成|改为|为|:"
    r"|写)(?P<b>[一-鿿a-z]{2,12})|they (?:make|sell|run) (?P<c>[a-z ]{3,30}?)(?= and|[,.]|$)"
)
SOURCE = re.compile(
    r"来源(?:是|写|为|:|改成)?(?P<a>[一-鿿a-z]{2,12})|(?P<b>[一-鿿]{0,8}(?:介绍|转介绍))(?:的|了|咗|$"
    r"|[,。])|(?:透过|通过"
    r"|在)(?P<c>[一-鿿]{2,8}?)(?:认识|加的|找到)|(?P<d>[一-鿿]{2,6})找(?:来|上门|过来)的"
    r"|(?:found us|came) (?:via|through|from) (?P<e>[a-z ]{3,24})|from (?P<f>linkedin|google|facebook)"
    r"|(?P<g>官网)线索"
)
ADDRESS = re.compile(
    r"(?:地址(?:在|是|:|改为|改成|变更为|迁至)?|[迁搬]至|搬到|搬至|门市在|moved to"
    r"|located at)[ ]?(?P<at>[一-鿿a-z0-9()（）\-]{5,50}?)(?=[,，。;；!！]|$)"
)

FACTS = (("industry", INDUSTRY), ("source", SOURCE), ("address", ADDRESS))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A customer called new, or a fact told of one."""
    if not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    facts: dict[str, Any] = {}
    unknown = clause.customer.key is None and not clause.customer.candidates
    is_new = unknown and any(f.rule == "called new" for f in clause.all("customer"))
    if is_new:
        facts["is_new"] = True
    all_facts = unknown or "行业" in scene.folded or "来源" in scene.folded
    for slot, pattern in FACTS if all_facts else FACTS[-1:]:
        if said := pattern.search(clause.text):
            name = next(key for key, value in said.groupdict().items() if value)
            if slot == "address" and said[name].isascii() and not re.search(r"\d", said[name]):
                continue
            facts[slot] = scene.original(clause.start + said.start(name), clause.start + said.end(name)).strip()
    if clause.has("switchboard") and (phone := clause.first("phone")):
        facts["phone"] = scene.original(phone.start, phone.end)
    if facts:
        yield {"customer": clause.customer} | facts


RULES = (Rule("update_customer", "told", (), read),)
EXAMPLES = (
    "新客户:青禾包装,做纸箱的",
    "晨岚的行业改成医疗,来源是展会",
    "白鹭搬到上海市浦东新区云杉路18号了,新地址:上海市浦东新区云杉路18号",
)
COUNTER_EXAMPLES = ("晨岚的地址在哪?", "今天去了晨岚")
