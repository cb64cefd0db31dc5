"""A short name that was learnt is to be forgotten. Slots: name str, customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_find_at
from nlu.lists import mention_of
from nlu.rule import Rule
from nlu.scene import Scene

CALLED = r"(?:简称|叫法|别名|别称|short name|nickname|alias)"
SAID = re.compile(
    rf"(?:请|帮我|把)?(?:忘掉|忘记|忘了|不要再?记|别再?记|删掉|删除|取消)(?P<called1>{CALLED})?[ 「“\"]{{0,2}}"
    rf"(?P<zh>[^,:;!?。」”\"]{{2,20}}?)[」”\" ]{{0,2}}(?:这个|的)?(?P<called2>{CALLED})?(?:吧|了)?[。! ]*"
    rf"|(?:please )?(?:forget|unlearn|delete|remove) (?:the )?(?P<called3>{CALLED} )?[\"“]?"
    rf"(?P<en>[a-z0-9一-鿿][^,:;!?\"”]{{1,30}}?)[\"”]?(?P<called4> (?:the )?{CALLED})?[.! ]*"
)
NOT_IT = re.compile(
    r"(?P<name>[^,:;!?。]{2,20}?)(?:不是|并不是|不是指|唔系| is not | isn't | does not mean )"
    r"(?P<customer>[^,:;!?。]{2,40}?)[。.! ]*"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The name that the whole message wants forgotten, or says not to be a customer's."""
    if denied := NOT_IT.fullmatch(scene.folded):
        name, customer = (customer_find_at(scene, *denied.span(group)) for group in ("name", "customer"))
        if name and customer and not isinstance(customer.value, str):
            yield {"name": scene.original(name.start, name.end), "customer": mention_of(scene, customer)}
    if said := SAID.fullmatch(scene.folded):
        group = "zh" if said["zh"] else "en"
        is_called = any(said[f"called{number}"] for number in range(1, 5))
        if is_called or customer_find_at(scene, *said.span(group)):
            yield {"name": scene.original(*said.span(group))}


WORDS = (
    "忘",
    "记",
    "删掉",
    "删除",
    "取消",
    "forget",
    "unlearn",
    "delete",
    "remove",
    "不是",
    "唔系",
    " is not ",
    "isn't",
    "does not mean",
)
RULES = (Rule("forget_short_name", "told", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "忘掉星河",
    "忘記星河這個簡稱",
    "删掉简称老陈家",
    "星河不是苏州星河",
    "forget Northwind",
    "forget the short name NW",
)
COUNTER_EXAMPLES = ("忘了带晨岚的合同", "别忘了晨岚", "晨岚不是新客户", "取消明天的会", "forget it")
