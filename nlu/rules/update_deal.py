"""A deal is new, moved, resized, or ended.

Slots: customer Mention, deal Mention, stage str, amount Amount, close_on When, probability float, lost_reason str,
competitors tuple of str, is_new True.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import words
from nlu.mood import ahead, asked, denied, supposed
from nlu.reasons import reason_of
from nlu.rule import Find, Rule
from nlu.scene import Scene
from nlu.telling import about, due_at, moves_a_close, sums
from nlu.triggers import Word

NOT_ITS_SIZE = ("quote", "payment", "terms", "budget", "deal_won")
PART = re.compile(
    r"首付|尾款|保证金|定金|余款|预付|第[一二三四]笔|货款|维保款|市场|合计约|每月|一个月|单价|退|贵|原报|张口|含硬件"
)
SIZED = re.compile(
    r"合同[价额款]|中标[价金]|成交[价金]|金额|总价|总额|整包|单子|盘子|一共|总共|走|就按|谈到|定在|最终|同意|改"
    r"|\bis now\b|now at|agreed|amount|worth|accepted|final|around"
    r"|新单|\bby\b|scope"
)
CORRECTING = re.compile(
    r"更正|搞错|记错|录成|说错|讲错|打错|写错|错了|听反|改过来|typo|correction|不是[^,。]{0,3}\d|係|唔系"
)
RIGHT = re.compile(r"(?<!不)(?:应该)?[是系係][ ]?$|改[成为]$|(?<!not )(?:it's|should be) ?$")
NOT_SIGNED_YET = re.compile(
    r"[^,。]{2,8}(?:再|就|才能|吗|多少|后再)|[^,。]{2,4}?(?:付|款|时|后|概率|率|价|情况|计划|前)|签约[^,。]?\d"
)
REFUSED = re.compile(r"没同意|没答应|没松口|拒绝|不同意|没接受|refused|declined|didn't agree")
GOES_ON = re.compile(r"\s{0,4}我?(?:估计|预计|大概|应该)[^,。]{0,3}(?:到|在)|预计[^,。]{0,4}(?:delay|拖|延)")
NO_SIGNING = re.compile(r"到账|付|款|上线|交付|开标|验收")
SIGNED_THEN = re.compile(r"签|成交|拿下|close|sign|over the line|落单|关单", re.IGNORECASE)
OWN_SIGNING = re.compile(r"(?:去|带|(?<![推拖延改挪等])到)[^,。]{0,8}签")
LOST_THING = re.compile(  # no deal: we lost two of their pallets
    rf"\b(?:lost|losing|loses) (?:[a-z0-9&']{{1,20}} ){{0,3}}?(?:{'|'.join(words('losable'))})(?:s|es)?\b"
)
SPOKEN_SHARE = re.compile(
    r"估计有|有[一二三四五六七八九]成|把握|赢率|概率|胜率|可能性|几率|probability|likely|sure|chance"
    r"|odds|call it|confidence|调到|降到"
    r"|升到|往上调|五五开"
)


def read_budget(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What the customer can spend is the deal's size where the deal is known."""
    found = sums(scene, clause) or _sum_behind(scene, clause)
    if not found or supposed(scene, clause) or asked(scene, clause) or _of_a_new_deal(scene, clause):
        return
    slots = about(scene, clause)
    if "deal" in slots:
        yield slots | {"amount": found[-1].value}


def _sum_behind(scene: Scene, clause: Clause) -> list[Find]:
    """The sum that the next clause holds and nothing else: 预算批了, 75万."""
    after = scene.after(clause)
    found = sums(scene, after) if after and after.sentence == clause.sentence else []
    return found if after and found and len(after.text.strip(" ,。!")) <= len(found[0].text) + 3 else []


def _of_a_new_deal(scene: Scene, clause: Clause) -> bool:
    """Whether the sum is that of a deal which the sentence calls new."""
    return any(c.has("deal_new") and c.customer == clause.customer for c in scene.sentence(clause))


def read_amount(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal's size told or changed: 金额改成30万, 按72万走."""
    found = sums(scene, clause)
    won_at = re.search(r"中标[价金]|成交[价金]", clause.text)
    if not found or PART.search(clause.text) or supposed(scene, clause) or asked(scene, clause):
        return
    if not (SIZED.search(clause.text) or _is_resized(scene, clause)) or (clause.has(*NOT_ITS_SIZE) and not won_at):
        return
    if _is_wished(scene, clause):
        return
    slots = about(scene, clause)
    if "deal" in slots:
        yield slots | {"amount": found[-1].value}


def _is_wished(scene: Scene, clause: Clause) -> bool:
    """他说要压到55万 | 我没同意: what the customer would like, or what was refused."""
    after = scene.after(clause)
    refused = after is not None and after.sentence == clause.sentence and REFUSED.search(after.text)
    return bool(refused or re.search(r"(?:说要|想要?|希望|要求)[^,。]{0,6}(?:压|降|砍|减|便宜)", clause.text))


def read_corrected(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A sum put right: 更正, 不是42万, 是39.8万."""
    found = [f for f in sums(scene, clause) if not PART.search(scene.folded[f.start : f.end + 5])]
    right = [f for f in found if RIGHT.search(scene.folded[max(0, f.start - 6) : f.start])]
    if not right or not scene.tells(CORRECTING) or clause.has("payment", "terms", "budget"):
        return
    slots = about(scene, clause)
    if "deal" in slots:
        yield slots | {"amount": right[-1].value}


def _is_resized(scene: Scene, clause: Clause) -> bool:
    """A bare sum after a clause that moved the deal or refuted another sum: 转商务谈判 34万, 不是98万 92万."""
    before = [c for c in scene.sentence(clause) if c.start < clause.start and c.customer == clause.customer]
    told = [c for c in before if c.first("stage") or _refutes(c)]
    rest = clause.text
    for find in clause.all("money", "stage", "deal", "customer", "percent"):
        rest = rest.replace(find.text, "")
    return bool(told or clause.first("stage") or _refutes(clause)) and len(rest.strip(" ,。!是就为")) <= 6


def _refutes(clause: Clause) -> bool:
    return bool(clause.first("money") and re.search(r"不是|唔系|唔係|not", clause.text))


def read_stage(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal reaches a stage by explicit words."""
    if supposed(scene, clause) or asked(scene, clause) or (clause.has("ask") and clause.has("ask_deals")):
        return
    for find in clause.all("stage"):
        if find.value not in ("won", "lost") and _is_moved(clause, find):
            yield about(scene, clause) | {"stage": find.value}
            return


def _is_moved(clause: Clause, find: Find) -> bool:
    before = clause.text[max(0, find.start - clause.start - 10) : find.start - clause.start]
    if re.search(r"没|未|不是|不|not |还没", before[-4:]):
        return False
    moved = any(w.group == "stage_move" and w.end <= find.start and find.start - w.end <= 8 for w in clause.words)
    named = "阶段" in clause.text[find.start - clause.start :][: len(find.text) + 2]
    rest = clause.text.replace(find.text, "").strip(" ,。!;")
    return moved or named or not rest or bool(re.search(r"already in|已经挂", before + clause.text))


def read_probability(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """How likely the deal is."""
    shares = [f for f in clause.all("percent") if f.rule != "discount"]
    if not shares or supposed(scene, clause) or asked(scene, clause) or not SPOKEN_SHARE.search(clause.text):
        return
    if (not clause.has("probability") and shares[-1].rule not in ("tenths", "even", "half")) or clause.has("ask"):
        return
    yield about(scene, clause) | {"probability": shares[-1].value}


def read_close(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """When the deal is expected to be signed, a day still ahead."""
    is_moved = moves_a_close(scene, clause)
    word = clause.word("move", "corrects") if is_moved else clause.word("target_close", "close_on")
    word = word or _goes_on(scene, clause)
    if (
        word is None
        or supposed(scene, clause)
        or asked(scene, clause)
        or denied(clause, word)
        or clause.has("terms", "ask", "approve")
    ):
        return
    at = due_at(scene, clause)
    if (
        at is None
        or not (is_moved or SIGNED_THEN.search(clause.text) or GOES_ON.match(clause.text))
        or (OWN_SIGNING.search(clause.text) or (NO_SIGNING.search(clause.text) and not SIGNED_THEN.search(clause.text)))
    ):
        return
    if ahead(scene, clause) and not re.search(r"签了|签下|已签|signed|签好|签完|刚签", clause.text):
        slots = about(scene, clause)
        if slots:
            yield slots | {"close_on": at}


def _goes_on(scene: Scene, clause: Clause) -> Word | None:
    """先不签了, | 估计得到十月十五号: the day of a signing that the clauses before spoke of."""
    before = [c for c in scene.sentence(clause) if c.start < clause.start and c.has("close_on", "deal_won")]
    return clause.word("expects") if before and GOES_ON.match(clause.text) else None


def read_won(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Signed, won, closed."""
    word = clause.word("deal_won")
    if (
        word is None
        or denied(clause, word)
        or supposed(scene, clause)
        or asked(scene, clause)
        or (clause.has("ask_deals") and clause.has("ask"))
    ):
        return
    said = scene.folded[word.start : word.end + 2]
    if not re.search(
        r"了|咗|啦|下来|签下|完|签字|已|刚|中标|成交|赢|ed|won|签的|签好|定下来|签约|签署|renewed", said
    ) or (ahead(scene, clause) and "了" not in said and "signed" not in said):
        return
    if re.search(
        r"要|准备|预计|计划|打算|能|可以|会(?!议)|再|去|等|to be|才|应该|拟|同意",
        clause.text[: word.start - clause.start][-8:],
    ) or NOT_SIGNED_YET.match(scene.folded[word.start : word.end + 8]):
        return
    if clause.customer:
        slots = about(scene, clause) | {"stage": "won"}
        won_at = [f for f in sums(scene, clause) if re.search(r"中标|成交", clause.text)]
        yield slots | ({"amount": won_at[0].value} if won_at and not clause.has("contract") else {})


def read_lost(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Lost, and why."""
    word = clause.word("deal_lost")
    if word is None or not clause.customer or denied(clause, word) or supposed(scene, clause) or asked(scene, clause):
        return
    if clause.has("ask") or re.search(r"丢单:?无|赌", clause.text) or LOST_THING.search(clause.text):
        return
    if clause.has("ask_tasks") and not clause.all("deal"):  # 晨岚的任务不做了: of the task alone
        return
    slots = about(scene, clause) | {"stage": "lost"}
    if why := reason_of(scene, clause):
        slots["lost_reason"] = why
    yield slots


RULES = (
    Rule("update_deal", "budget", ("budget",), read_budget),
    Rule("update_deal", "amount", (), read_amount, ("money",)),
    Rule("update_deal", "corrected", (), read_corrected, ("money",)),
    Rule("update_deal", "stage", (), read_stage, ("stage",)),
    Rule("update_deal", "probability", (), read_probability, ("percent",)),
    Rule("update_deal", "close", ("close_on", "target_close", "expects", "move"), read_close),
    Rule("update_deal", "won", ("deal_won",), read_won),
    Rule("update_deal", "lost", ("deal_lost",), read_lost),
)
EXAMPLES = (
    "晨岚那边签了。我有哪些逾期任务?",
    "白鹭签了,另外我这周还有哪些任务",
    "晨岚那单推进到商务谈判",
    "白鹭的仓储平台金额改成90万",
    "晨岚赢率调到七成",
    "白鹭签了",
    "晨岚黄了,因为预算砍了",
)
COUNTER_EXAMPLES = (
    "we lost two of Northwind's pallets",
    "晨岚的任务不做了",
    "白鹭还没签",
    "要是何总点头,白鹭月底就能签",
    "白鹭的单子到哪一步了?",
    "谢谢何总",
)
