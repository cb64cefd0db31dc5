"""The way in which a contact took place: on site, by phone, over a meal … as a clause and its neighbours tell it.

The words stand in the lexicon: `visit_…` name a contact by themselves, `way_…` only tell the way of one.
"""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.mood import ahead, denied, failed, supposed
from nlu.scene import Scene
from nlu.triggers import Word

CHANNELS = ("event", "office", "online", "meal", "wechat", "email", "phone", "onsite")  # the most telling first
GROUPS = tuple(f"visit_{channel}" for channel in CHANNELS)
OCCASIONS = (*GROUPS, "talk")
WAYS = {f"{kind}_{channel}": channel for channel in CHANNELS for kind in ("visit", "way")}
STILL_TO_DO = frozenset({"plan", "task_ask"})
NEAR = 3  # clauses on either side that may tell the way
MOVED = re.compile(
    r"[出上回下进]去了$|[发寄传转递汇交付投推拷搬运拿带打送熬混忘错](?:过|出)?去了$|(?:时间|日子|事情|年|月|天)过去了$"
)
NUMBER_TOLD = re.compile(
    r"(?:手机|电话|微信|邮箱|mobile|phone|wechat)(?:号码?|是|:|换成|给我| is)*[ :]*(?:\+?\d[\d-]{2}"
    r"|(?<=[信号id:])[a-z]{2}[a-z0-9_]+\b)"
)
AT_OURS = re.compile(
    r"(?:(?<![起出回从后本原下带越未往])来|嚟|到|上|在|喺)(?:了|咗|过)?一?趟?(?:我们|我哋|我司|我方|咱们?)(?!对面|手)"
    r"[^,。;]{0,4}?(?:公司|厂|展厅|办公室|会议室|陈列室|总部|实验室|仓库|门店|样板间|机房|基地|车间|这[儿里边]?)"
    r"|\b(?:to|at|in|into|by|visit(?:ed)?|toured?|saw) our (?:[a-z]+ ){0,2}?"
    r"(?:office|showroom|factory|plant|place|site|hq|headquarters|lab|premises|warehouse|shop|store)s?\b"
)
GONE_TO = re.compile(
    r"(?<![收不没别未出回下过])(?:[去到在搁喺上]了?|跑了?一?趟?|[去到]的|拐去|popped into|drove to) ?$"
)
SAW = re.compile(  # 见, said of somebody right behind it: one was with them
    r"(?<![约想要得没未不再去来让遇碰撞偶会听看拜引接相少难改另意罕])(?:会?见(?:了|过|完|咗)?|[碰会]了)(?:客户|[他她]们的?|对方的?)?$"
)
LEADS_TO = 6  # characters before a name in which a word of going there may stand


def occasion(clause: Clause) -> Word | None:
    """The word that names the kind of contact, the most telling kind first."""
    for group in OCCASIONS if not clause.groups.isdisjoint(OCCASIONS) else ():
        for word in clause.words if group in clause.groups else ():
            if word.group == group and not denied(clause, word) and not _is_other(clause, word):
                return (group == "talk" and (gone_to(clause) or seen(clause))) or word
    return gone_to(clause) or seen(clause)


def channel_of(scene: Scene, clause: Clause) -> str:
    """The way a contact told by a clause took place; "" where nothing tells."""
    own = _told(clause)
    if own and own[0] != "onsite":
        return own[0]
    around = [told for other in _around(scene, clause) if (told := _told(other))]
    telling = [told[0] for told in around if told[0] != "onsite"]
    if telling and (not own or not _is_outright(clause)):
        return telling[0]
    return "onsite" if own or around else _of_title(scene, clause)


def _told(clause: Clause) -> list[str]:
    """The ways that a clause tells, the most telling first; what it says of things to be done left out."""
    if AT_OURS.search(clause.text) and not clause.has("visit_event"):
        return ["office"]
    words = [word for word in clause.words if word.group in WAYS and not _is_other(clause, word)]
    todo = min((w.start for w in clause.words if w.group in STILL_TO_DO), default=clause.end)
    told = {WAYS[word.group] for word in words if word.start < todo} or {WAYS[word.group] for word in words}
    if gone_to(clause) or seen(clause):
        told.add("onsite")
    return sorted(told, key=CHANNELS.index)


def _is_outright(clause: Clause) -> bool:
    """Whether a clause says that one went there, more than that one met."""
    return gone_to(clause) is not None


def _around(scene: Scene, clause: Clause) -> list[Clause]:
    """The neighbours in the sentence that are about the same customer and tell nothing that is still to be done."""
    near = [c for c in scene.sentence(clause) if c is not clause and abs(c.place - clause.place) <= NEAR]
    near.sort(key=lambda c: (c.place > clause.place, abs(c.place - clause.place)))
    return [c for c in near if c.customer == clause.customer and _is_over(scene, c)]


def _is_over(scene: Scene, clause: Clause) -> bool:
    return not (clause.has(*STILL_TO_DO) or ahead(scene, clause) or supposed(scene, clause) or failed(scene, clause))


def _of_title(scene: Scene, clause: Clause) -> str:
    """What the first line of a report tells of all that stands below it: Recap of today's Zoom."""
    first = scene.clauses[0]
    if clause.block == first.block or first.all("person"):
        return ""
    told = [way for other in scene.block(first) for way in _told(other)]
    return min(told, key=CHANNELS.index) if told else ""


def _is_other(clause: Clause, word: Word) -> bool:
    """Whether a word of a contact tells of a number (电话 13800000000), or of something sent or moved (发过去了)."""
    channel = WAYS.get(word.group, "")
    if channel == "phone":
        return clause.first("phone") is not None or NUMBER_TOLD.search(clause.text) is not None
    if channel == "email":
        return clause.first("email") is not None
    return channel == "onsite" and MOVED.search(clause.text, 0, word.end - clause.start) is not None


def gone_to(clause: Clause) -> Word | None:
    """去晨岚送样品, 在白鹭聊了: a customer's name behind a word of going or being there."""
    for find in clause.all("customer"):
        at = find.start - clause.start
        if GONE_TO.search(clause.text, max(0, at - LEADS_TO), at) and (clause.has("past") or clause.first("when")):
            return Word("visit_onsite", find.start, find.end)
    return None


def seen(clause: Clause) -> Word | None:
    """见卢总, 碰了王工: somebody right behind a word for having been with them; nothing where one only talked."""
    for find in clause.all("person"):
        at = find.start - clause.start
        start = _with_firm(clause, at)
        if SAW.search(clause.text, max(0, start - LEADS_TO), start):
            return Word("visit_onsite", find.start, find.end)
    return None


def _with_firm(clause: Clause, at: int) -> int:
    """Where a person's name begins, with the firm's where it stands right before: 见了晨岚的何总."""
    for firm in clause.all("customer"):
        end = firm.end - clause.start
        if end <= at and clause.text[end:at].strip() in ("", "的"):
            return firm.start - clause.start
    return at
