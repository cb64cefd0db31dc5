"""Whether a message that was read as a narrowed list is shaped as one: a report or a name is none."""

from __future__ import annotations

import re

from nlu.filters.found import DEAL_ALONE, OF_A_RECORD, Scan
from nlu.filters.words import any_of
from nlu.scene import Scene

ASKS = re.compile(
    r"哪[些几]|多少|几[家个位条单次]|列|查|看|找|筛|显示|拉[一出]|总额|总金额|总数|数量"
    r"|\b(?:which|what|how many|how much|list|show|find|give|get|pull)\b"
)
STATES = re.compile(r"\s*(?:we|i|there|they|it|that|those|you|but|also|and)\b")  # we have customers in Shanghai
STATES_ZH = re.compile(rf"^\s*(?:也?是|又|还是)|(?<!没)有{any_of('noun')}$")  # 我们在上海有客户
TELLS = re.compile(
    r"[了过说要给把发去跟见约聊谈我你他她它们今明昨没不]"
    r"|\b(?:i|we|he|she|they|will|was|were|is|are|said|to)\b"
)
ENGLISH = re.compile(r"[a-z]{3}")
PLAIN_NOUN = re.compile(r"客户|商机|单子|联系人|待办|任务|[a-z]{4}")
VISITS = re.compile(r"'s (?:visits|meetings)|^\s*(?:(?:all|my|our|the|show me|list) )*(?:visits|meetings)\b")
FOLLOWS = re.compile(rf"的|{any_of('noun')}")  # what comes behind a condition that nobody knows: 蓝色的, 蓝色客户
FOREIGN = re.compile(r"[a-z0-9' -]{2,30}")
LEADS_IN = re.compile(r"\b(?:with|without|that|who|whose|which|having|in|from|for|not)\s*$")
ORDERS = re.compile(r"按.{1,12}排|[在排]?最?前|\b(?:sort|order|rank|first)")
BIRTHDAYS = re.compile(r"谁|哪[些几]|birthdays|\bwho(?:se)?\b")  # asks for people without calling them so
LONG = 8  # characters of such a condition in Chinese
ALONE = DEAL_ALONE | {"silent", "contacted", "has", "filled", "birthday"}  # 三十天没联系的, 50万以上的 need no noun
OF_A_DEAL_EN = re.compile(r"\s{0,8}(?:(?:worth )?(?:over|above|under|more than|less than)|closing|due)\b")  # no noun
SET_APART = re.compile(r"[^\s,] +[^\s,]")


def is_order_alone(scene: Scene, found: Scan) -> bool:
    """Whether the message says nothing but an order: 按金额排, largest first."""
    nothing_else = not (found.conditions or found.topics or found.rest or found.users or found.team)
    return bool(found.sort) and nothing_else and ORDERS.search(scene.folded) is not None


def is_list(scene: Scene, found: Scan) -> bool:
    """Whether the message asks for a list: it has a noun, or conditions that need none."""
    asks = ASKS.search(scene.folded) is not None
    names = {condition.name for condition in found.conditions}
    of_people = "birthday" in names and BIRTHDAYS.search(scene.folded) is not None
    asks = asks or of_people
    has_noun = bool(found.topics) or "industry" in names or of_people
    if _tells_of_visit(scene, found, asks=asks):
        return False
    if found.rest:
        return bool(has_noun and (found.conditions or found.has_unknown_alone)) and _may_pass(found, asks=asks)
    if not found.conditions:
        return has_noun
    if ENGLISH.search(scene.folded):
        has_noun = has_noun or (len(found.conditions) > 1 and OF_A_DEAL_EN.match(scene.folded) is not None)
        return (has_noun and (asks or STATES.match(scene.folded) is None)) or _is_neglect_alone(found)
    return (asks or STATES_ZH.search(scene.folded) is None) and _is_chinese_list(
        scene, found, asks=asks, has_noun=has_noun
    )


def _tells_of_visit(scene: Scene, found: Scan, *, asks: bool) -> bool:
    """Whether a visit is told of, not asked for: 今天的拜访客户, Li Na visits Shanghai."""
    if "visits" not in found.topics or asks:
        return False
    is_verb = ENGLISH.search(scene.folded) is not None and VISITS.search(scene.folded) is None
    return found.topic != "visits" or is_verb


def _is_neglect_alone(found: Scan) -> bool:
    """Never visited, not contacted for 30 days: needs no noun."""
    return all(c.name == "silent" or (c.name == "contacted" and c.is_denied) for c in found.conditions)


def _is_chinese_list(scene: Scene, found: Scan, *, asks: bool, has_noun: bool) -> bool:
    exact = [c.name == "amount" and c.values[0] == c.values[1] for c in found.conditions]
    if not asks and (all(exact) or (any(exact) and not has_noun)):
        return False  # 50万的单子 is a certain one
    ends = found.ends_in_of or found.last == "sort" or _is_set_apart(scene, found, has_noun=has_noun)
    if found.names_customer and "是" in scene.folded:
        return False  # 华信是这个月要签的 tells
    if not has_noun:
        is_enough = len(found.conditions) > 1 or found.conditions[0].name in ALONE or found.names_customer
        return ends and is_enough
    is_plain = asks or "的" in scene.folded or PLAIN_NOUN.search(scene.folded) is not None
    is_plain = is_plain or any(len(c.values) > 1 for c in found.conditions if c.name in ("place", "industry", "tier"))
    enough = 1 if is_plain else 2 + (not found.topics)  # 上海医院, 上海公司 may be names
    return len(found.conditions) >= enough and (asks or ends or found.last == "noun" or bool(found.sort))


def _is_set_apart(scene: Scene, found: Scan, *, has_noun: bool) -> bool:
    """Whether conditions stand side by side like words of a search: 浙江 制造业 没有商机."""
    of_record = [condition.name in OF_A_RECORD for condition in found.conditions]
    is_bound = any(of_record) or found.conditions[0].name == "stage"  # 商务谈判 100万以上
    asked = is_bound and (has_noun or not all(of_record)) and not found.names_customer
    return asked and len(of_record) > 1 and SET_APART.search(scene.folded) is not None


def _may_pass(found: Scan, *, asks: bool) -> bool:
    """Whether what is not understood can only be one more condition: 蓝色的, customers with blue eyes."""
    text = found.layout.text
    if len(found.rest) > 1:
        return False
    [(start, end)] = found.rest
    if found.lacks_unknown:
        return FOLLOWS.match(text, end) is not None
    if TELLS.search(text[start:end]):
        return False
    if ENGLISH.search(text[start:end]):
        leads = asks or LEADS_IN.search(text, 0, start) is not None
        return leads and FOREIGN.fullmatch(text, start, end) is not None
    may_follow = asks or found.last == "noun" or found.ends_in_of
    return may_follow and end - start <= LONG and FOLLOWS.match(text, end) is not None
