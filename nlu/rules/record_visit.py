"""A contact with a customer took place.

Slots: customer Mention, contacts tuple of Mention, deal Mention, channel str, at When, competitors tuple of str,
budget Amount, needs str, objections str.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.assignees import called_on
from nlu.channels import channel_of, occasion
from nlu.clauses import Clause
from nlu.lists import listed_below, mention_of, parts_of
from nlu.mood import ahead, asked, failed, is_plan, supposed
from nlu.needs import need_of
from nlu.participants import participants
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.settle import deal_of, people_of
from nlu.telling import sums, told_at
from nlu.triggers import Word

DONE = re.compile(
    r"[了咗]|(?<![通透超不经])过(?!去|来)|刚|见的|去的|吃的|打的|来电|打来|昨|完|今早|啱|来访|[见聊谈碰遇]到|出来"
    r"|\b(?:\w+ed|met|saw|had|spoke|just|was|got|went|told|came|rang|brought|ran)\b"
)
COUNTED = re.compile(r"[两三四五六七八九\d][家个位]|\d+[::]|分别|、|[,和]|visited|calls?:|visits?:|:")
OUR_OWN = re.compile(r"咱们几个|我们内部|例会|部门|同事")
SAYS = re.compile(r"[ ,]{0,3}(?:[他她]们?|对方|[一-鿿]{1,2}(?:总|工|经理|主任))?(?:说|讲|表示|答应|同意|没接|问)")
NOBODY_NAMED = re.compile(  # 今天去拜访了: where it is known whose group it is, or of whom was spoken
    r"(?:我们?|咱们?|刚刚?|刚才|又|也|已经|一起|亲自|现场|再次|上门|过?去|来|到){0,5}(?:拜访|走访|回访|拜会|登门|上门|面谈|见面|碰面|跑|去(?=[过了]*[一两]?[趟次]))"
    r"(?:过了?|[了完]+|了?[一两]?[趟次下])+"
    r"|(?:i |we |just |have |had ){0,3}"
    r"(?:visited|(?:was|were|been|went) on[ -]?site|paid a visit|(?:stopped|dropped) by|went there|been there)"
    r"(?: (?:them|there|the customer|again|once more|on[ -]?site|in person)){0,3}"
)
TO_CALL = re.compile(r"给[^,。了]{1,14}(?:打|回)(?:一?[个通])?电话[ ,。!]*$")
REMINDS = re.compile(r"提醒我|记得|别忘|待办|建个?任务|\bremind me")
OBJECTS = re.compile(r"嫌[^,。;!]{1,12}|觉得[^,。;!]{0,8}(?:太贵|偏高|太高|贵)[^,。;!]{0,4}")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The contact that a clause tells of, with what its neighbours add."""
    word = occasion(clause)
    if word is None or not _took_place(scene, clause, word) or _is_list(scene, clause):
        return
    if _is_about_somebody(scene, clause):
        yield from visit_of(scene, clause)


def read_bare(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The contact that is all that a message tells, of whom it was spoken: 昨天我们又上门拜访过了."""
    word = occasion(clause)
    if len(scene.clauses) > 1 or word is None or not NOBODY_NAMED.fullmatch(_without_times(clause)):
        return
    if scene.focus is not None:
        yield from read(scene, clause)
    elif _took_place(scene, clause, word):  # whom it was to is asked
        at = _at(scene, clause)
        channel = channel_of(scene, clause)
        yield ({"channel": channel} if channel else {}) | ({"at": at} if at else {})


def visit_of(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The visit that a clause would tell."""
    channel = channel_of(scene, clause)
    slots: dict[str, Any] = {"channel": channel} if channel else {}
    if clause.customer:
        slots["customer"] = clause.customer
    if people := participants(scene, clause):
        slots["contacts"] = people
    if not clause.customer and not people:
        return
    if at := _at(scene, clause):
        slots["at"] = at
    yield slots | _what_else(scene, clause)


def _is_list(scene: Scene, clause: Clause) -> bool:
    """Whether the clause heads or holds a list of customers, which is read item by item."""
    if len(parts_of(scene, clause)) > 1:
        return bool(COUNTED.search(clause.text))
    return bool(re.search(r"[两三四五六七八九\d][家个]", clause.text)) and not clause.all("customer", "person")


def _is_about_somebody(scene: Scene, clause: Clause) -> bool:
    """Whether a customer or person is named in the clause's block, or the chat has one."""
    named = any(c.all("customer", "person") for c in scene.block(clause))
    return (
        named
        or (scene.focus is not None and NOBODY_NAMED.fullmatch(_without_times(clause)) is not None)
        or clause.heading.mode == "past"
        or bool(scene.focus and re.search(r"他|她|客户|佢|对方|they|him|her", clause.text))
    )


def _without_times(clause: Clause) -> str:
    """The words of a clause but for when, and for what stands around."""
    rest = clause.text
    for find in clause.all("when"):
        rest = rest.replace(find.text, "")
    return rest.strip(" ,。;!~")


def _took_place(scene: Scene, clause: Clause, word: Word) -> bool:
    if failed(scene, clause) or supposed(scene, clause) or asked(scene, clause) or OUR_OWN.search(clause.text):
        return False
    if clause.heading.mode == "past":
        return bool(clause.customer)
    if (
        is_plan(scene, clause)
        or _is_to_call(scene, clause, word)
        or REMINDS.search(clause.text)
        or _agreed_only(scene, clause)
    ):
        return False
    if word.group == "talk":
        named = clause.all("person", "customer")
        return bool(named and DONE.search(clause.text)) and not re.search(
            r"再说|放一放|听说|介绍了个|介绍咗", clause.text
        )
    if not DONE.search(clause.text) and called_on(scene, clause):
        return False  # 让小林去见何总
    return bool(DONE.search(clause.text)) or told_at(scene, clause) is not None or _is_terse(clause) or _is_note(clause)


def _is_to_call(scene: Scene, clause: Clause, word: Word) -> bool:
    """给何总打电话: a call still to be made, unless the clause or the next one tells what came of it."""
    if word.group != "visit_phone" or not TO_CALL.search(clause.text):
        return False
    after = scene.after(clause)
    told = after is not None and after.sentence == clause.sentence and SAYS.match(after.text) is not None
    return not told and not re.search(r"昨|上午|今早|刚|前天", clause.text)


def _agreed_only(scene: Scene, clause: Clause) -> bool:
    """答应出来吃饭了, 后天晚上8点: agreed, and the time of it comes next."""
    after = scene.after(clause)
    return bool(re.search(r"答应|约|同意", clause.text)) and after is not None and ahead(scene, after)


def _is_note(clause: Clause) -> bool:
    """Quick call with Lena: …: how and who, told as a note, asking for nothing."""
    wants = clause.has("task_ask", "plan", "question", "ask") or re.match(
        r"\s*(?:call|email|打|给|约|发|请|去)", clause.text
    )
    return bool(clause.all("person")) and not wants and len(clause.text) <= 40


def _is_terse(clause: Clause) -> bool:
    """何总电话 预算30万: nothing but who and how."""
    rest = clause.text
    for find in clause.all("customer", "person"):
        rest = rest.replace(find.text, "")
    return bool(clause.all("person")) and len(rest.strip(" ,。:")) <= 4 and not clause.has("task_ask")


def _at(scene: Scene, clause: Clause) -> When | None:
    """When it took place: told in the clause, by the clause before, by its heading, or by "just"."""
    if at := told_at(scene, clause):
        return at
    before = scene.before(clause)
    same = before is not None and before.sentence == clause.sentence and before.customer == clause.customer
    if before and same and (at := told_at(scene, before)):
        return at
    if re.search(r"刚|啱|头先|\bjust\b|今早", clause.text):
        return When(on=scene.now.date())
    if clause.heading.mode in ("past", "notes") and (dated := _document_day(scene)):
        return dated
    whole = [told_at(scene, other) for other in scene.block(clause) if other.start < clause.start]
    earlier = [at for at in whole if at]
    return earlier[-1] if earlier else None


def _document_day(scene: Scene) -> When | None:
    """The day that a report's first line gives: 工作日报 2026.3.10."""
    line = scene.folded.find("\n")
    days = [f for f in scene.finds if f.kind == "when" and f.end <= line <= 40]
    return days[0].value if days and days[0].value.on and days[0].value.on <= scene.now.date() else None


def _what_else(scene: Scene, clause: Clause) -> dict[str, Any]:
    """Budget, competitors, deal and objections that the report goes on to tell of the same customer."""
    told = [
        c
        for c in scene.near(clause)
        if c.customer == clause.customer and (c.block == clause.block or not clause.listed)
    ]
    slots: dict[str, Any] = {}
    for other in told:
        if other.has("budget") and (found := sums(scene, other)) and not supposed(scene, other):
            slots["budget"] = found[-1].value
    names = tuple(dict.fromkeys(f.value for other in told for f in other.all("competitor") if not _is_ours(other)))
    if names:
        slots["competitors"] = names
    if deal := deal_of(scene, clause, fill=False):
        slots["deal"] = deal
    if needs := list(dict.fromkeys(need for other in told if (need := need_of(scene, other)))):
        slots["needs"] = "；".join(needs)
    for other in told:
        if said := OBJECTS.search(other.text):
            slots["objections"] = scene.original(other.start + said.start(), other.start + said.end())
    return slots


def _is_ours(clause: Clause) -> bool:
    return clause.has("deal_lost")


def read_list(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Customers listed: 昨天跑了三家: 晨岚何总, 白鹭; 上门: 晨岚(周一)、白鹭(周三)."""
    if len(scene.clauses) == 1 and len(clause.all("customer")) < 2:
        return
    word = occasion(clause) if COUNTED.search(clause.text) else None
    if word is None or word.group == "talk" or is_plan(scene, clause):
        return
    if supposed(scene, clause) or asked(scene, clause) or failed(scene, clause):
        return
    own = parts_of(scene, clause)
    heads = _is_list(scene, clause) and len(own) == 1
    for item in listed_below(scene, clause) if heads else own if len(own) > 1 else []:
        slots: dict[str, Any] = {"customer": item.customer or mention_of(scene, item.all("customer")[0])}
        slots["channel"] = channel_of(scene, clause) or "onsite"
        if people := people_of(scene, item, slots["customer"]):
            slots["contacts"] = people
        if at := told_at(scene, item) or told_at(scene, clause):
            slots["at"] = at
        yield slots


RULES = (
    Rule("record_visit", "told", (), read),
    Rule("record_visit", "bare", (), read_bare, certain=True),
    Rule("record_visit", "list", (), read_list),
)
EXAMPLES = (
    "今天上午去了晨岚,见了何总",
    "刚跟白鹭的沈经理通完电话",
    "昨天和何总一起吃的饭",
    "Met Lena at Northwind yesterday",
    "上午见何总,聊了排产软件",
    "见沈经理。她要看样机",
    "周二碰了何总,他嫌交期长",
    "昨天我们又去了一趟",
    "we visited again yesterday",
)
COUNTER_EXAMPLES = (
    "明天上午去晨岚拜访何总",
    "本来今天要去晨岚的,何总临时有事",
    "谢谢大家",
    "What visits did we have last week?",
    "如果今天见了何总就好了",
    "约见何总",
    "did we visit again yesterday?",
    "明天再去一趟",
    "让方一诺去见沈经理",
)
