"""A record is to be deleted: 删除联系人何建明, 把晨岚删了, delete the customer Northwind, 怎么删除客户.

Slots: contact, customer or deal Mention of what is named; none where it is asked how. The whole message must name it
and nothing else. A person's data is erase_person's, what was said last undo_changes'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customers_at
from nlu.rule import Mention, Rule
from nlu.rules.answer_query_person import whom_at
from nlu.scene import Scene
from nlu.whole import PLEASE, is_full_name, told, whole

DELETE = r"(?:彻底|永久)?(?:删除|删掉|删去|删了|移除|去掉|清除|清掉|注销|删)"
KIND = r"(?:联系人|人员|客户|公司|商机|单子|项目|机会)"
WHO = r"(?P<{}>[^,。;!?]{{2,40}}?)"
KIND_EN = r"(?:contact|person|customer|account|company|client|deal|opportunity)"
RECORDS = rf"(?:{KIND}|拜访(?:记录)?|跟进记录|记录|任务|备注)"
RECORDS_EN = r"(?:a |the |my )?(?:contacts?|people|person|customers?|accounts?|deals?|visits?|records?|notes?|tasks?)"
THIS = r"(?:这个|这位|这家|这条)?"
VISITS = r"(?:拜访(?:记录)?|跟进记录|备注)"
SAID = re.compile(
    rf"{PLEASE}{DELETE}(?:一下)?{THIS}{KIND}?[ ::]?{WHO.format('a')}{THIS}{KIND}?(?:吧|了)?"
    rf"|{PLEASE}(?:把|将){KIND}?{WHO.format('b')}{THIS}的?{KIND}?(?:给我|给)?{DELETE}(?:掉|了)?(?:吧)?"
    rf"|{PLEASE}(?:delete|remove|erase|get rid of) (?:the )?(?:{KIND_EN} )?{WHO.format('c')}(?: (?:as a )?{KIND_EN})?"
)
HOW = re.compile(
    rf"{PLEASE}(?:怎么|怎样|如何|在哪里?)(?:才能|可以|能)?{DELETE}(?:一[个家条])?{RECORDS}(?:啊|呢)?"
    rf"|(?:{RECORDS})(?:怎么|怎样|如何|能不能|可以|能){DELETE}(?:掉|吗|啊|呢){{0,2}}"
    rf"|(?:能不能|可不可以|可以|能){DELETE}(?:一[个家条])?{RECORDS}(?:吗|么)?"
    rf"|{PLEASE}{DELETE}[^,。;!?]{{0,16}}?{VISITS}"
    rf"|{PLEASE}(?:把|将)[^,。;!?]{{0,16}}?{VISITS}{DELETE}(?:掉|了|吧)?"
    rf"|{PLEASE}(?:delete|remove) (?:the |my |that |this |yesterday's |today's )?(?:last )?(?:visit|visit note|note)"
    rf"|(?:how (?:do|can|to)(?: i| we)?|can i|can we|where (?:do|can) i) (?:delete|remove) {RECORDS_EN}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What is named; a person's full name and a deal that nobody knows as well."""
    if whole(scene, clause, HOW) is not None:
        yield {}
        return
    said = whole(scene, clause, SAID)
    if said is None:
        return
    group = next(name for name in "abc" if said[name])
    start, end = said.span(group)
    if slots := _person(scene, clause, start, end) or _deal(scene, start, end):
        yield slots
    elif len(named := customers_at(scene, start, end)) == 1:
        yield {"customer": named[0]}
    elif is_full_name(name := told(scene, said, group)) and re.search(r"联系人|contact", scene.folded):
        yield {"contact": Mention(name)}
    elif re.search(r"商机|单子|\b(?:deal|opportunity)\b", scene.folded):
        is_bare = re.fullmatch(rf"{RECORDS}|{RECORDS_EN}", name.lower())
        yield {} if is_bare else {"deal": Mention(name)}


def _person(scene: Scene, clause: Clause, start: int, end: int) -> dict[str, Any]:
    """Somebody at a customer who is all that is named, be it with the customer: 晨岚的何总."""
    people = [f for f in scene.finds if f.kind == "person" and start <= f.start and f.end == end]
    if not people:
        return {}
    before = scene.folded[start : people[0].start].rstrip("的 ")
    if before and len(customers_at(scene, start, start + len(before))) != 1:
        return {}
    return {"contact": whom_at(scene, clause, people[0])["contact"]}


def _deal(scene: Scene, start: int, end: int) -> dict[str, Any]:
    """A deal that is all that is named, by its key where it is one's alone."""
    found = next((f for f in scene.finds if f.kind == "deal" and (f.start, f.end) == (start, end)), None)
    if found is None:
        return {}
    keys = tuple(dict.fromkeys(key for _, key in found.value))
    text = scene.original(start, end)
    return {"deal": Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, keys)}


WORDS = ("删", "移除", "去掉", "清除", "清掉", "注销", "delete", "remove", "erase", "get rid of")
RULES = (Rule("delete_record", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "删除联系人何建明",
    "把何建明删了",
    "把晨岚的何总删掉",
    "删掉晨岚这个客户",
    "删除客户白鹭",
    "把白鹭删掉吧",
    "怎么删除客户",
    "联系人能删吗",
    "delete contact Lena",
    "delete the customer Northwind",
    "remove Northwind",
    "how do I delete a customer",
    "删除昨天的拜访",
    "delete yesterday's visit",
)
COUNTER_EXAMPLES = (
    "删除何建明的个人资料",
    "何总要把晨岚的数据删掉",
    "把报价里的运费删了",
    "晨岚说要删除两个模块",
    "删掉刚才那条",
    "删除晨岚的短名",
    "白鹭把我微信删了",
    "客户要求删除数据",
    "今天去了晨岚,他们要求删除合同第三条",
    "delete the data of Northwind",
    "Northwind wants to remove the discount",
)
