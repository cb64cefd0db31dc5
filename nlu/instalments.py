"""Terms of payment as parts: 3-4-3, 三六一, 首付30%, 签约付40万, 先付一半, half upfront, by quarters."""

from __future__ import annotations

import re
from typing import Any

from nlu.clauses import Clause
from nlu.mood import day
from nlu.rule import Find, When
from nlu.scene import Scene
from nlu.telling import sums

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ONE = "[一二三四五六七八]"
SHORT = re.compile(
    r"(?<![\d.])(\d{1,2})[-/:](\d{1,2})[-/:](\d{1,2})(?![\d%])"
    rf"|(?<![一-九十百千万])({ONE})[- ]?({ONE})[- ]?({ONE})(?![一-九十百千万个天])"
    r"|(?<=款)([1-8])([1-8])([1-8])(?!\d)"
)
QUARTERS = re.compile(r"(?:分)?(?:四个?季度?|四季)[^,。]{0,4}(?:付|平摊)|季付|按季|equal quarterly|一个季度付")
HALF = re.compile(r"一半|(?<![a-z])half(?![a-z])")
PAID = re.compile(
    r"付|款|首|尾|余|预|质保|交|upfront|payment|signing|delivery|acceptance|签约|上线|验收|到货|剩下|打|on |结清|\d%"
)
NO_PART = re.compile(r"返|税|折|把握|赢率|概率|毛利|off|优惠|合同额|总价|总额|整单")


def instalments_in(scene: Scene, told: list[Clause]) -> tuple[dict[str, Any], ...]:
    """The parts that clauses tell, in order; empty where they tell none or do not add up to a plan."""
    text = "".join(clause.text for clause in told)
    for parts in (_short(text), _quarterly(text), _shares(scene, told), _halves(scene, told), _amounts(scene, told)):
        if parts:
            return tuple(parts)
    return ()


def _short(text: str) -> list[dict[str, Any]]:
    for match in SHORT.finditer(text):
        said = [group for group in match.groups() if group]
        numbers = [float(DIGITS.get(one, 0) or one) for one in said]
        total = sum(numbers)
        near = text[max(0, match.start() - 8) : match.end() + 6]
        if total in (10.0, 100.0) and re.search(r"付|款|分期|payment|upfront|期|on |签|说可以|ok", near + text):
            return [{"percent": number * (10 if total == 10 else 1)} for number in numbers]
    return []


def _quarterly(text: str) -> list[dict[str, Any]]:
    if not QUARTERS.search(text):
        return []
    first = re.search(r"首付(\d{1,2})%", text)
    if first:
        share = float(first[1])
        return [{"percent": share}, *({"percent": (100 - share) / 4} for _ in range(4))]
    return [{"percent": 25.0} for _ in range(4)]


def _shares(scene: Scene, told: list[Clause]) -> list[dict[str, Any]]:
    parts = []
    for clause in told:
        for find in clause.all("percent"):
            if find.rule != "discount" and PAID.search(clause.text) and not NO_PART.search(clause.text):
                parts.append({"percent": find.value} | (_due(clause, find) or _due_next(scene, clause)))  # noqa: PERF401
    total = sum(part["percent"] for part in parts)
    if parts and len(parts) == 1 and 0 < total < 100 and re.search(r"余款|剩下|尾款", "".join(c.text for c in told)):
        parts.append({"percent": 100 - total})
    return parts if len(parts) > 1 and abs(sum(part["percent"] for part in parts) - 100) < 1 else []


def _due_next(scene: Scene, clause: Clause) -> dict[str, When]:
    """余款10%为质保金, | 2027年12月31日前付清: the day that the next clause gives to the part told here."""
    after = scene.after(clause)
    if after is None or after.all("percent", "money") or not re.search(r"付清|付讫|支付|前付|结清", after.text):
        return {}
    days = after.all("when")
    return {"due": days[0].value} if days else {}


def _halves(scene: Scene, told: list[Clause]) -> list[dict[str, Any]]:
    halves = [(clause, hit) for clause in told for hit in HALF.finditer(clause.text) if "预算" not in clause.text]
    if not halves or not any(PAID.search(clause.text) for clause, _ in halves):
        return []
    parts: list[dict[str, Any]] = [{"percent": 50.0}, {"percent": 50.0}]
    last = next((c for c in told if re.search(r"余款|剩下|另一半|尾款|other half", c.text)), None)
    if last and (days := last.all("when")):
        parts[1]["due"] = days[-1].value
    return parts


def _amounts(scene: Scene, told: list[Clause]) -> list[dict[str, Any]]:
    parts = []
    for clause in told:
        if re.search(r"到账|已到|收到|入账|进账|回款", clause.text):
            continue
        for find in sums(scene, clause):
            before = scene.folded[max(clause.start, find.start - 5) : find.start]
            if re.search(r"付|首付|尾款|余款|payments? of", before):
                parts.append({"amount": find.value} | _due(clause, find))
    return parts if len(parts) > 1 else []


def _due(clause: Clause, find: Find) -> dict[str, When]:
    """The day that stands nearest before (or behind) a part in its clause."""
    days = [
        f
        for f in clause.all("when")
        if day(f) is not None and not re.search(r"签", clause.text[: find.start - clause.start])
    ]
    before = [f for f in days if f.start < find.start]
    behind = [f for f in days if f.start > find.start and f.value.last_day and re.search("前|by|内|到", f.text)]
    chosen = before[-1:] or behind[:1]
    return {"due": chosen[0].value} if chosen else {}
