"""A team named in a text: 华东组, 销售二组, the East team. Which team that is, the records know; here are its words."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.scene import Scene

TEAM = r"[一-鿿a-z]{1,7}?(?:组|部门?|队|团队|大区|战队|区域|中心|分公司|办事处)"
_LEAD = r"(?:请|帮我|麻烦)?(?:看看|看一?下|查看|查查|查一?下|给我看?|发我|出一?[张份]|拉一?下)?"
_FOLLOWS = r"(?=的|谁|哪|有|目前|现在|[\s,。?!]|漏斗|业绩|预测|预计|完成|排名|商机|拜访|卡|管道|$)"
_CHINESE = re.compile(rf"(?:^|(?<=[\s,。;!?])){_LEAD}(?P<team>{TEAM}){_FOLLOWS}")
_ENGLISH = re.compile(r"\b(?P<team>[a-z][a-z-]+(?= team(?:'s)?\b)|(?<=team )(?:[a-d]\b|\d{1,2}\b))")
GENERAL = re.compile(
    r"(?:我们?|咱们?|咱|全|本|这个?|整个|各个?|每个?|哪个?|我的|你们?|他们)(?:[组队]|团队|部门?)|全部|内部|总部|大部|外部|一部分?|俱乐部|小组|团队|部门"
    r"|(?:my|our|the|your|whole|entire|this|that|each|every|any|sales|for|of|does|do|did|is|are|how|a|an|and|by|per|in|"
    r"which|what|show|me|see|s|their|his|her)"
)


def team_named(scene: Scene, clause: Clause) -> str:
    """The team that a clause names, as it is written; "" where none is, or only the sender's own is meant."""
    blank = list(clause.text)
    for find in clause.all("when", "user", "stage"):
        start, end = find.start - clause.start, find.end - clause.start
        blank[start:end] = " " * (end - start)
    text = "".join(blank)
    for pattern in (_CHINESE, _ENGLISH):
        said = pattern.search(text)
        if said and not GENERAL.fullmatch(said["team"]):
            return scene.original(clause.start + said.start("team"), clause.start + said.end("team"))
    return ""
