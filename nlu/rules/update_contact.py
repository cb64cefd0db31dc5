"""A new person, or new facts of one.

Slots: customer, name Mention, title, phone, email, wechat str, birthday str (MM-DD or YYYY-MM-DD), role str, left_on
When (they work there no more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.newcomers import newcomers
from nlu.person_facts import facts_of
from nlu.roles import REFUTED, roles_of
from nlu.rule import Key, Mention, Rule
from nlu.scene import Scene
from nlu.settle import person_of

ASKS_NUMBER = re.compile(r"(?:电话|微信|手机|邮箱|号码|联系方式)[^,。]{0,4}给我(?!了)|推我|谁有|你们谁|多少")
RELATED = 8  # characters between somebody and whoever is named by them: 苏总她爸苏国栋


class Named(NamedTuple):
    """Somebody of the customer where a text names them."""

    at: int
    who: Mention


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """People introduced, and the facts that the clause tells of people."""
    if not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    told: dict[Key | str, tuple[Mention, dict[str, Any]]] = {}
    for one in newcomers(scene, clause):
        if (one.title or one.is_called_new) and one.who.key is None:
            told[_key(one.who)] = (one.who, {"title": one.title} if one.title else {})
    for fact in facts_of(scene, clause):
        if who := _before(scene, clause, fact.at) or _behind(scene, clause, fact.at):
            told.setdefault(_key(who), (who, {}))[1][fact.slot] = fact.value
    for role, comes_next in roles_of(scene, clause):
        either = (_behind, _before) if comes_next else (_before, _behind)
        if who := either[0](scene, clause, role.at) or either[1](scene, clause, role.at):
            told.setdefault(_key(who), (who, {}))[1].setdefault("role", role.value)
    if told and ASKS_NUMBER.search(clause.text) and not clause.all("phone", "email"):
        return
    for who, facts in told.values():
        yield {"customer": clause.customer, "name": who} | facts


def _key(who: Mention) -> Key | str:
    return who.key if who.key is not None else who.text


def _before(scene: Scene, clause: Clause, at: int) -> Mention | None:
    """Whom the text spoke of last before a place: in the block; else, of a line by itself, in the lines above."""
    block = [c for c in scene.block(clause) if c.place <= clause.place]
    above = [c for c in scene.near(clause) if c.block < clause.block] if not clause.listed else []
    for stretch in (block, above):
        for other in reversed(stretch):
            named = [one for one in _named(scene, other) if one.at < at] if other.customer == clause.customer else []
            if named:
                return named[-1].who
    return None


def _behind(scene: Scene, clause: Clause, at: int) -> Mention | None:
    """Whom the text names next behind a place, in the sentence; whoever is named by somebody comes before them."""
    coming = [one for c in scene.sentence(clause) if c.place >= clause.place for one in _named(scene, c) if one.at > at]
    coming = [one for one in coming if not REFUTED.search(scene.folded, max(0, one.at - RELATED), one.at)]
    if len(coming) > 1 and coming[1].at - coming[0].at <= RELATED and coming[1].who.key is None:
        return coming[1].who
    return coming[0].who if coming else None


def _named(scene: Scene, clause: Clause) -> list[Named]:
    """The people whom a clause names, in order, each place once."""
    found = {one.start: one.who for one in newcomers(scene, clause)}
    for find in clause.all("person"):
        is_told = any(start <= find.start < start + len(who.text) for start, who in found.items())
        if not is_told and (who := person_of(scene, clause, find, clause.customer)):
            found[find.start] = who
    return [Named(at, found[at]) for at in sorted(found)]


RULES = (Rule("update_contact", "told", (), read, of_customer=True),)
EXAMPLES = (
    "At Northwind it is Lena who holds the purse strings",
    "晨岚的张工是他们的技术负责人",
    "Lena is their purchasing director",
    "白鹭新来的采购经理叫许青禾,电话13800000001",
    "白鹭新联系人 许青禾 采购经理 13800000001",
    "何总生日3月8号",
    "白鹭换厂长了,新的叫贝长河",
    "白鹭新来个采购,姓闻,闻敏",
    "白鷺真正點頭的是何總他媽媽,陳林秀鳳",
    "沈经理是决策人,白鹭的",
    "白鹭真正说了算的是他们财务总监许青禾",
    "何总的微信是he88jm",
    "何總手機13800000001,微信同號",
    "Lena's birthday is 3 March",
    "Lena's WeChat is lena_f88",
    "Lena got bumped up to Director of Purchasing",
    "Northwind has a new plant manager, Olivia Chen",
    "Northwind's purchasing lead is now Olivia Chen",
    "Olivia Chen replaces Lena as purchasing manager at Northwind",
    "New face at Northwind: Olivia Chen, olivia@example.com",
    "nothing gets bought at Northwind without Lena's say-so",
    "何总离职了",
    "Lena has left Northwind",
)
COUNTER_EXAMPLES = (
    "何总是他们的客户",
    "白鹭沈经理的电话给我一个",
    "今天见了何总",
    "何总没离职",
    "何总在微信上说挺满意",
    "白鹭也叫BL",
    "白鹭的联系人有哪些?",
    "联系人 明天再说",
    "Lena isn't the blocker",
    "找白鹭的财务总监谈一次",
    "跟白鹭采购经理谈几次",
)
