"""A deal that a message calls new, or that a new customer wants. Slots: those of `update_deal`, with is_new True."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.telling import about, sums

WANTED = re.compile(
    r"(?:想|要|打算|需要)(?:再)?(?:上|买|做|看|采购|装|换|用)(?:了)?(?:一?[套个台]"
    r"|[\d一二三四五六七八九十两]+[张台套个])?[ ]?(?P<what>[a-z]{2,20}|[一-鿿]{2,6}?(?=[,。;! ]|$))"
)

CALLED = re.compile(r"^(?:名字?)?(?:叫做?|是|为)[ :：]?")


def read_new(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal that the message calls new."""
    if not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    slots: dict[str, Any] = {"customer": clause.customer, "is_new": True}
    if deal := _new_name(scene, clause):
        slots["deal"] = deal
    if found := [f for c in scene.sentence(clause) if c.customer == clause.customer for f in sums(scene, c)]:
        slots["amount"] = found[0].value
    yield slots


def _new_name(scene: Scene, clause: Clause) -> Mention | None:
    """What the new deal is called: a known deal's name, a product, or the words next to "new deal"."""
    sentence = scene.sentence(clause)
    for find in (f for other in sentence for f in other.all("deal")):
        return Mention(scene.original(find.start, find.end))
    text = "".join(other.text for other in sentence)
    for product in sorted(scene.names.products, key=len, reverse=True):
        if (at := text.find(product.lower())) >= 0:
            start = sentence[0].start + at
            return Mention(scene.original(start, start + len(product)))
    for other in sentence:
        if said := WANTED.search(other.text):
            return Mention(scene.original(other.start + said.start("what"), other.start + said.end("what")))
    after = scene.after(clause)
    if after and after.sentence == clause.sentence:
        edge = min((f.start for f in after.finds), default=after.end)
        name = CALLED.sub("", scene.original(after.start, edge).strip(" ,。、\uff0c"))
        return Mention(name) if 1 < len(name) <= 12 and re.search("[一-鿿]", name) else None
    return None


def read_wanted(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A new customer, or one without an open deal, wants something: 想上套ERP."""
    said = WANTED.search(clause.text)
    if said is None or not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    what = scene.original(clause.start + said.start("what"), clause.start + said.end("what"))
    new = (
        clause.customer.key is None
        and not clause.customer.candidates
        and any(f.rule == "called new" for f in scene.finds)
    )
    known = any(what.lower() in product.lower() for product in scene.names.products)
    if new or (known and "deal" not in about(scene, clause)):
        slots: dict[str, Any] = {"customer": clause.customer, "deal": Mention(what), "is_new": True}
        near = [
            c
            for c in scene.near(clause)
            if c.block == clause.block and c.start >= clause.start and c.customer == clause.customer
        ]
        found = [f for c in near for f in sums(scene, c)]
        yield slots | ({"amount": found[0].value} if found else {})


RULES = (
    Rule("update_deal", "new", ("deal_new",), read_new),
    Rule("update_deal", "wanted", (), read_wanted),
)
EXAMPLES = ("晨岚新商机 门禁系统 20万", "新客户:青禾包装,想上一套WMS,预算40万")
COUNTER_EXAMPLES = ("今天去了晨岚,见了何总", "晨岚有没有新商机?", "谢谢石总")
