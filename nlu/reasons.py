"""Why a deal was lost, in the sender's words."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.scene import Scene

REACH, BACK = 3, 2  # clauses behind and before the loss that may tell why
LONGEST = 20  # characters of a clause that is a reason by itself; twice as many in English
MARKED = re.compile(
    r"(?:原因|理由)(?:就?是|写|填|为|记)?[ :,]*(?:因为|是)?(?P<said>[^,。;!\n]{2,24})"
    r"|嫌[ :]*(?P<disliked>[^,。;!\n]{1,24})"
    r"|(?:主要)?(?:是?因为|由于|主要是)[ :]*(?P<zh>[^,。;!\n]{2,24})"
    r"|(?P<on>输在[价格服务功能产品关系技术资质品牌交期口碑]{2,6}上?)"
    r"|\b(?:due to|because of|because|reason(?: is| was)?:?) (?P<en>[^,.;!\n]{3,40})"
    r"|\((?:on |too )?(?P<within>(?:pric|cost|expensive|budget|no budget|timing|lead time|delivery|service"
    r"|features|support)[^()]{0,20})\)"
    r"|\b(?:on|over) (?P<over>pric(?:e|ing)|costs?|budget|timing|delivery|features|service|support)\b"
)
CHEAPER = re.compile("便宜|更?低|平(?:过|啲|我哋)|贵|高出")  # beside a sum or a share it still tells why
OF_SUMS = ("when", "money", "percent", "phone")
LEAD = re.compile(r"[ ,]*(?:[^,。;]{0,5}?(?:说是?|讲|表示|透露)|这?次?是|主要是)?(?=.{2})")
NO_REASON = re.compile("不是|并非|不至于")
TAIL = re.compile(r"[ ,.。!~]*(?:了|吧|啊|呢|嘛)?[ ,.。!~]*$")


def reason_of(scene: Scene, clause: Clause) -> str:
    """The words behind 因为, 原因 or due to, else a short clause near by with a word for a reason; "" without any."""
    near = scene.clauses[max(0, clause.place - BACK) : clause.place + 1 + REACH]
    near = [c for c in near if c.customer == clause.customer and c.block == clause.block]
    near.sort(key=lambda other: abs(other.place - clause.place - 0.1))
    for other in near:
        if said := MARKED.search(other.text):
            name = next(key for key, value in said.groupdict().items() if value)
            if name == "disliked" and len(said[name].strip(" 了啊吧")) < 2:  # 嫌贵: too little by itself
                return _cleaned(scene, other.start + said.start(), other.start + said.end())
            return _cleaned(scene, other.start + said.start(name), other.start + said.end(name))
    for other in near:
        if _tells_why(other) and not (other is clause and clause.has("deal_lost")):
            return _cleaned(scene, other.start, other.end)
    return ""


def _tells_why(clause: Clause) -> bool:
    is_short = 2 <= len(clause.text.strip(" ,。!")) <= (2 * LONGEST if clause.text.isascii() else LONGEST)
    if not is_short or NO_REASON.search(clause.text):
        return False
    is_cheaper = CHEAPER.search(clause.text) is not None
    return (clause.has("reason") or is_cheaper) and not clause.all(*(OF_SUMS[:1] if is_cheaper else OF_SUMS))


def _cleaned(scene: Scene, start: int, end: int) -> str:
    """Without who says so before it, and without what ends a sentence behind it."""
    lead = LEAD.match(scene.folded, start, end)
    start = lead.end() if lead else start
    tail = TAIL.search(scene.folded, start, end)
    return scene.original(start, tail.start() if tail else end).strip(" ,.。!，！")
