"""A person's data is to be erased: 删除何建明的个人资料, delete Jane Doe's data. Slots: contact Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.rules.list_person import WHO, person_named
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

ERASE = r"(?:彻底)?(?:删除|删掉|抹掉|抹去|清除|擦除)"
DATA = r"(?:(?:全部|所有)的?(?:个人)?|个人)(?:资料|信息|数据)"
SAID = re.compile(
    rf"{PLEASE}{ERASE}(?:一下)?{WHO.format('a')}的?{DATA}"
    rf"|{PLEASE}(?:把|将){WHO.format('b')}的?{DATA}(?:都|全部)?{ERASE}(?:掉|了)?"
    rf"|{PLEASE}(?:erase|delete|remove) (?:all )?(?:the )?(?:personal )?data (?:of|about|on|for) {WHO.format('c')}"
    rf"|{PLEASE}(?:erase|delete|remove) {WHO.format('d')}(?:'s|’s) (?:personal )?data"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command, and names somebody at a customer."""
    said = whole(scene, clause, SAID)
    if said is not None and (slots := person_named(scene, clause, said)):
        yield slots


WORDS = ("资料", "信息", "数据", "data")
RULES = (Rule("erase_person", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "删除何建明的个人资料",
    "把沈若水的个人信息彻底删除",
    "抹掉晨岚何建明的全部个人数据",
    "erase the personal data of Jane Doe",
    "delete Jane Doe's personal data",
)
COUNTER_EXAMPLES = (
    "删除晨岚的资料",
    "何建明要删除个人资料",
    "删除何总的电话",
    "把资料发给何建明",
    "delete the data of Northwind",
)
