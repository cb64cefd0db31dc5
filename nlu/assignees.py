"""Who is to do a task: the colleague whom a message calls on, names for it, or speaks to; nobody stands for the sender.

A colleague who merely comes along, receives or is told of is not the one.
"""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.titles import rest_of

ASKING_LEADS = (
    *("让", "请", "叫", "喊", "由", "派", "麻烦", "安排", "拜托", "辛苦", "提醒", "叮嘱"),
    *("remind", "please", "need", "get", "ask"),
)
NAMING_LEADS = ("(", "责任人:", "负责人:", "责任人", "负责:", "负责人", "owner:", "owner")
NAMED_BEHIND = re.compile(r"[ ]?(?:负责|跟进|牵头|主办|来做)?[ ]?(?:[),;。]|$)")
NO_LEADS = frozenset({"", "另外", "还有", "然后", "另", "顺便", "再", "那", "also", "and", "then", "can", "so"})
LABEL = re.compile(r"[^:]{1,8}:")
TOLD_OF = re.compile(  # a name at the head of a clause that is no call: what somebody is told to have said or done
    r"[ ]?(?:[要让叫喊]我|催|说|问|介绍|转|要求|的|嘅|审批|批|那(?!边)|和|跟|与|同|、|也|就走|已|去了|不?在|刚|昨|来了"
    r"|\+|/|&"
    r"|'s|(?:and|wants|asked|said|says|told|met|saw|had|was|did|got|joined|came|promised|handed)\b)"
)
COMPANION = re.compile(
    r"(?:跟|和|与|(?<!合)同|陪|给|向|找|带|发|带上|抄送|叫上|给到|交给我和|俾|比|替|帮|问|告诉|通知|、|/|\+|&"
    r"|\b(?:for|with|to|and|at|from|in))[ ]?$"
)
TAKES_ON = re.compile(r"负责|跟进|来?[做办弄出写搞]|处理|牵头|主[持笔讲]|to do|owns?")
TO_YOU = re.compile(r"(?<![给跟和向问找为帮替陪同俾])(?:你|您)(?!们?(?:的|说|看呢|好))|麻烦|(?<![a-z])you\b")
BY_ME = re.compile(  # the sender does it
    r"(?<![给让请叫喊帮催要跟和约交陪带等找问发寄听看])我(?! ?(?:[们的方司这那要想]|会议室))"
    r"|^[\s,]*(?:and |so |then )?(?:i(?:'ll|'m|'ve|'d)?\b(?! (?:want|expect|need (?!to)))|let me)"
    r"|(?:让|叫|请|催|喊|提醒|答应|求|要)我(?!们)"
    r"|\bi'll\b|\bremind me\b"
)
BESIDE = re.compile(r" ?(?:[、和跟与及&+/]|以及|还有|,? ?and |) ?@? ?")
TOGETHER = re.compile(r".{0,8}?(?:一起|一同|一块|一齐|谁|together|either|whoever)")
LOOSE = " ,。:;!！~—–-@啊呀哎诶哈　"  # what may stand around a name that is called


def called_on(scene: Scene, clause: Clause) -> Find | None:
    """The colleague whom a clause calls on: @小林 …, 小林, …, 让小林…, 由小林…, (小林) behind it."""
    for find in clause.all("user"):
        if _is_theirs(clause, find) and find.rule != "called":
            continue
        before = _before(scene, clause, find)
        if find.rule == "called" or before.endswith(ASKING_LEADS):
            return find
        if before.endswith(NAMING_LEADS) and NAMED_BEHIND.match(scene.folded, find.end, clause.end):
            return find
        if before not in NO_LEADS and not LABEL.fullmatch(before):
            continue
        others = called_with(scene, find)
        if not TOLD_OF.match(scene.folded, others[-1].end if others else find.end):
            return find
    return None


def called_with(scene: Scene, first: Find | None) -> list[Find]:
    """Who else is called on for the same right behind the first: @小林 @小方 …; nobody who only comes along."""
    others: list[Find] = []
    last = first
    for find in scene.finds if first else ():
        if find.kind == "user" and last and find.start >= last.end:
            if not BESIDE.fullmatch(scene.folded, last.end, find.start):
                break
            last = find
            others += [find] if len(find.value) == 1 and first and find.value != first.value else []
    return others if last and not TOGETHER.match(scene.folded, last.end) else []


def assignee_of(scene: Scene, clause: Clause) -> Find | None:
    """Who is to do what a clause wants: called on here or earlier in the sentence, named in it, or spoken to."""
    find = called_on(scene, clause) or _doer(scene, clause)
    if find is None and not BY_ME.search(rest_of(scene, clause, ("when",)).strip()):
        find = _taken_on(scene, clause) or _called_before(scene, clause) or _spoken_to(scene, clause)
    return find if find and len(find.value) == 1 and find.value != (scene.sender,) else None


def mention_of(scene: Scene, find: Find) -> Mention:
    """A colleague as a slot holds them."""
    return Mention(scene.original(find.start, find.end), find.value[0])


def is_only_called(scene: Scene, clause: Clause) -> bool:
    """Whether a clause holds no more than the name of a colleague who is called: 小林, or @小林."""
    return bool(clause.all("user")) and not rest_of(scene, clause, ("user", "person")).strip(LOOSE)


def _before(scene: Scene, clause: Clause, find: Find) -> str:
    """What a clause says before a find, its times left out."""
    text = scene.folded[clause.start : find.start]
    for when in clause.all("when"):
        text = text.replace(when.text, "", 1)
    return text.strip(' @,。-·•「『“"')


def _is_theirs(clause: Clause, find: Find) -> bool:
    """Whether one of the customer's people is called like the colleague."""
    customer = clause.customer.key if clause.customer else None
    return any(
        person.start == find.start and any(owner == customer for owner, _, _ in person.value.contacts)
        for person in clause.all("person")
    )


def _doer(scene: Scene, clause: Clause) -> Find | None:
    """The one colleague of a clause who neither comes along nor receives it: 方案小林周五前出."""
    users = [f for f in clause.all("user") if f.value != (scene.sender,) and not _is_theirs(clause, f)]
    if len(users) != 1:
        return None
    before = scene.folded[max(clause.start, users[0].start - 6) : users[0].start]
    if COMPANION.search(before) or TOLD_OF.match(scene.folded, users[0].end):
        return None
    return users[0]


def _taken_on(scene: Scene, clause: Clause) -> Find | None:
    """The colleague of whom the next clause says no more than that it is theirs: 小林做, 小林负责跟进, or only 小林."""
    after = scene.after(clause)
    if after is None or after.sentence != clause.sentence or len(after.text.strip(" ,。;")) > 9:
        return None
    users = after.all("user")
    if len(users) != 1 or users[0].value == (scene.sender,):
        return None
    is_last = after.place + 1 == len(scene.clauses) or scene.clauses[after.place + 1].sentence != after.sentence
    return users[0] if TAKES_ON.search(after.text) or (is_last and is_only_called(scene, after)) else None


def _called_before(scene: Scene, clause: Clause) -> Find | None:
    """The colleague whom the sentence so far calls on last, or whose name alone opens the line."""
    for other in reversed(scene.block(clause)):
        if other.start >= clause.start:
            continue
        if other.sentence == clause.sentence:
            if find := called_on(scene, other):
                return find
        elif find := _addressed(scene, other):
            return find
    return None


def _addressed(scene: Scene, clause: Clause) -> Find | None:
    """The colleague to whom a clause speaks: 小林: …; …, or Lin, …. And …."""
    users = clause.all("user")
    if is_only_called(scene, clause):
        return users[0]
    is_head = bool(users) and not scene.folded[clause.start : users[0].start].strip(" @")
    return users[0] if is_head and re.match(r"[ ]?[:,啊呀]", scene.folded[users[0].end : users[0].end + 2]) else None


def _spoken_to(scene: Scene, clause: Clause) -> Find | None:
    """Whom a "you" means: the colleague last named before it."""
    if not TO_YOU.search(clause.text) or re.search(r"提醒我|帮我", clause.text):
        return None
    earlier = [f for c in scene.near(clause) if c.start < clause.start for f in c.all("user")]
    return earlier[-1] if earlier else None
