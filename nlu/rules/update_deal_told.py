"""Who else is after a deal, and another name for it. Slots: those of `update_deal`, with new_name str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.settle import deal_of
from nlu.telling import about

RIVALS = re.compile(
    r"(?:竞品|竞争对手|竞争者|对手|友商)(?:是|有|:|还有|就是|包括|主要是|里有|加上?|多了个?){1,2}[ ]?"
    r"(?P<zh>[^,。;!?\n]{2,40})"
    r"|\b(?:competitors?|rivals?)(?: are| is|:| include| includes) ?(?P<en>[^,.;!?\n]{2,40})"
    r"|\b(?:up against|competing (?:with|against)) (?P<against>[^,.;!?\n]{2,40})"
)
CONTENDS = re.compile(
    r"(?:在|也|参与|一起|跟我们|和我们)[^,。;]{0,3}(?:竞争|抢|争|比价|竞标|投标)|也在(?:谈|接触|跟)"
    r"|\bbidding\b|\balso (?:talking|in|quoting)\b"
)
LONGEST = 16  # characters of a competitor's name
PARTED = re.compile(r"、|/|和|跟|与|以及|还有|,| and | & ")
ENDS = re.compile(r"(?:也在.*|在.*|报价.*|这?[两三几]家|等|吧|了|啊|哦|\s)+$")
RENAMED = re.compile(
    r"(?:的?(?:名字|名称))?(?:(?:改名|更名|重命名)(?:[为成叫]|叫做)?|改叫|改[成为])"
    r"[「“\": ]{0,3}(?P<zh>[^「」“”\",。;!?\n]{2,60})"
    r"| ?(?:to|as|into)[「“\" ]{1,3}(?P<en>[^「」“”\",;!?\n]{2,60})"
)
RENAMES = re.compile(r"\b(?:rename|retitle)\b")


def read_rivals(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """对手是用友和金蝶, competitors: SAP and Oracle, we are up against SAP."""
    said = RIVALS.search(clause.text)
    if asked(scene, clause) or supposed(scene, clause) or not clause.customer:
        return
    if said is None:
        if clause.all("competitor") and CONTENDS.search(clause.text):
            yield about(scene, clause) | {
                "competitors": tuple(dict.fromkeys(str(f.value) for f in clause.all("competitor")))
            }
        return
    group = next(key for key, value in said.groupdict().items() if value)
    names = _names(scene, clause, clause.start + said.start(group), clause.start + said.end(group))
    if names:
        yield about(scene, clause) | {"competitors": names}


def _names(scene: Scene, clause: Clause, start: int, end: int) -> tuple[str, ...]:
    """The names between two places: known ones as they are known, others as they were written."""
    edges = [start, *(place for cut in PARTED.finditer(scene.folded, start, end) for place in cut.span()), end]
    names: dict[str, None] = {}
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        known = [str(find.value) for find in clause.all("competitor") if left <= find.start < right]
        said = ENDS.sub("", scene.original(left, right)).strip(" “”\"'")
        names |= dict.fromkeys(known or [said] if known or 2 <= len(said) <= LONGEST else [])
    return tuple(names)


def read_renamed(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """ERP二期改名ERP三期, rename Sensor Rollout to Sensor Rollout 2."""
    if asked(scene, clause) or supposed(scene, clause):
        return
    for find in clause.all("deal"):
        said = RENAMED.match(scene.folded, find.end, scene.sentence(clause)[-1].end)
        group = "zh" if said and said["zh"] else "en"
        if said is None or (group == "en" and not RENAMES.search(scene.folded, clause.start, find.start)):
            continue
        if any(f.kind in ("when", "money", "percent", "stage") and f.start == said.start(group) for f in scene.finds):
            continue
        name = scene.original(said.start(group), said.end(group)).strip(" .")
        deal = deal_of(scene, clause) or Mention(scene.original(find.start, find.end))
        yield ({"customer": clause.customer} if clause.customer else {}) | {"deal": deal, "new_name": name}
        return


RULES = (
    Rule("update_deal", "rivals", ("ask_competitors", "rival"), read_rivals),
    Rule("update_deal", "renamed", (), read_renamed, ("deal",)),
)
EXAMPLES = (
    "晨岚的对手是云杉软件",
    "晨岚单子的竞品有云杉软件和Oakfield",
    "晨嵐的競爭對手是藍海軟體",
    "Northwind: we are up against Oakfield",
    "晨岚那单还有云杉软件在竞争",
    "排产软件二期改名排产软件三期",
    "rename Sensor Rollout to Sensor Rollout 2",
)
COUNTER_EXAMPLES = ("晨岚的对手是谁?", "排产软件二期改到下周三讲", "谢谢何总", "晨岚有没有竞争对手?")
