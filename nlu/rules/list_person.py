"""All that is known of a person is wanted: 列出何建明的全部资料, all data about Jane. Slots: contact Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Mention, Rule
from nlu.rules.answer_query_person import whom_at
from nlu.scene import Scene
from nlu.whole import PLEASE, is_full_name, told, whole

WHO = r"(?P<{}>[^,。;!?]{{1,40}}?)"
DATA = r"(?:个人)?(?:资料|信息|数据)"
SAID = re.compile(
    rf"{PLEASE}(?:列出|导出|查看|看看|给我|调出){WHO.format('a')}的?(?:(?:全部|所有|完整)的?{DATA}|个人(?:资料|信息|数据))"
    rf"|{PLEASE}(?:list|export|show(?: me)?|give me) "
    rf"(?:everything|all (?:the )?(?:personal )?data|(?:the )?personal data)"
    rf"(?: (?:that )?we (?:have|hold|keep))? (?:about|on|of|for) {WHO.format('b')}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command, and names somebody at a customer."""
    said = whole(scene, clause, SAID)
    if said is not None and (slots := person_named(scene, clause, said)):
        yield slots


def person_named(scene: Scene, clause: Clause, said: re.Match[str]) -> dict[str, Any]:
    """The person that a command names, as slots; nothing where it names nobody."""
    group = next(group for group in said.re.groupindex if said[group])
    start, end = said.span(group)
    people = [f for f in scene.finds if f.kind == "person" and start <= f.start and f.end <= end]
    if len({find.start for find in people}) == 1:
        longest = max(people, key=lambda find: find.end)
        return {"contact": whom_at(scene, clause, longest)["contact"]}
    name = told(scene, said, group)
    firms = any(find.kind == "customer" and start <= find.start < end for find in scene.finds)
    return {"contact": Mention(name)} if not people and not firms and is_full_name(name) else {}


WORDS = ("资料", "信息", "数据", "data", "everything")
RULES = (Rule("list_person", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "列出何建明的全部资料",
    "导出沈若水的个人资料",
    "列出晨岚何建明的所有信息",
    "list everything we have about Jane Doe",
    "show me all personal data on Jane Doe",
)
COUNTER_EXAMPLES = (
    "列出晨岚的全部资料",
    "何总的资料",
    "给我晨岚的数据",
    "何建明要全部资料",
    "show me the data of Northwind",
)
