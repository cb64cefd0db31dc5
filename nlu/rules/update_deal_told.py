"""Who else is after a deal, another name for it, and its size or day put elsewhere in English.

Slots: those of `update_deal`, with new_name str.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Find, Mention, Rule
from nlu.scene import Scene
from nlu.settle import deal_of
from nlu.telling import about, due_at, sums

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

OF_DEAL = (
    r"deal|order|decision|project|closing(?: date)?|close(?: date)?|signing|signature|po|contract|timeline|start|award"
)
PUT_OFF = re.compile(  # behind a customer or deal: slipped to Q1, has pushed the decision out to March
    rf"(?:'s)?(?P<deal> (?:{OF_DEAL}))?(?: (?:has|have|is|was|are|been|being|now|just|again|got|will|keeps|'s)){{0,3}}"
    r" (?:slip(?:s|ped|ping)?|push(?:es|ed|ing)?|postponed?|postponing|delay(?:s|ed)?|deferr?(?:ed|ing|s)?"
    r"|mov(?:es|ed|ing)"
    rf"|kick(?:s|ed)|bumped|rolled|put)(?: (?:it|this|that|(?:the |their |its )?(?P<its>{OF_DEAL})))?(?: (?:out"
    rf"|back|over|off|on))?"
    r" (?:to|until|till|into|by) (?:the )?"
    r"|(?P<mixed>(?:嗰|個|那|的)?(?:单|單|project|deal|case)?) ?(?:要|会|會|就)?(?:push|delay|postpone|slip"
    r"|defer)(?:ed)? ?(?:咗|了)?(?:到|去|至) ?"
)
LEADS = re.compile(r"(?: |,|'s|the\b|our\b|and\b|but\b|so\b|also\b|of\b|at\b|deal\b|order\b|decision\b){0,8}")
FAR = 14  # days ahead from which what a customer puts off is no mere appointment
RESIZED = re.compile(  # right before a sum: trimmed to 80k, upped it to 300k
    r"\b(?:trimmed|cut|cut back|reduced|scaled|shrunk|shrank|shrinks|downsized|grown|grew|grows|increased|raised"
    r"|upped|expanded"
    r"|bumped|extended|went up|gone up|goes up|come down|down|up|whittled)(?: (?:it|that|(?:the |their )?(?:deal"
    r"|order|scope)))?"
    r"(?: (?:back|down|up))?(?: from [^ ]{1,12})? (?:to|at) (?:about |around |roughly |only |just )?$"
)


def read_put_off(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal's closing put off, told of it or its customer: Northwind slipped to Q1."""
    if asked(scene, clause) or supposed(scene, clause):
        return
    for find in clause.all("customer", "deal"):
        for told in clause.all("when"):
            said = PUT_OFF.fullmatch(scene.folded, find.end, told.start) if _opens(scene, clause, find) else None
            at = due_at(scene, clause, told.start) if said else None
            is_far = at is not None and at.last_day is not None and (at.last_day - scene.now.date()).days >= FAR
            if said and at and (is_far or said["deal"] or said["its"]):
                yield about(scene, clause) | {"close_on": at}
                return


def _opens(scene: Scene, clause: Clause, find: Find) -> bool:
    """Whether nothing but names and such stands before a find: it is no delivery there that slipped."""
    before = scene.folded[clause.start : find.start]
    for other in clause.all("customer", "deal"):
        if other.end <= find.start:
            before = before.replace(other.text, "")
    return LEADS.fullmatch(before) is not None


def read_resized(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal that grew or shrank to a sum."""
    if asked(scene, clause) or supposed(scene, clause) or clause.has("quote", "offer", "payment", "budget"):
        return
    for find in sums(scene, clause):
        slots = about(scene, clause)
        if "deal" in slots and RESIZED.search(scene.folded, clause.start, find.start):
            yield slots | {"amount": find.value}
            return


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
    Rule("update_deal", "close", (), read_put_off, ("when",), of_customer=True),
    Rule("update_deal", "amount", (), read_resized, ("money",), of_customer=True),
)
EXAMPLES = (
    "晨岚的对手是云杉软件",
    "晨岚单子的竞品有云杉软件和Oakfield",
    "晨嵐的競爭對手是藍海軟體",
    "Northwind: we are up against Oakfield",
    "晨岚那单还有云杉软件在竞争",
    "排产软件二期改名排产软件三期",
    "rename Sensor Rollout to Sensor Rollout 2",
    "Northwind trimmed to 80k",
    "Sensor Rollout has grown to 120k",
)
COUNTER_EXAMPLES = (
    "Northwind moved to a new office",
    "Northwind might slip to March?",
    "the delivery at Northwind slipped to 20 March",
    "晨岚的对手是谁?",
    "排产软件二期改到下周三讲",
    "谢谢何总",
    "晨岚有没有竞争对手?",
)
