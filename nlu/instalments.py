"""Terms of payment as parts: 3-4-3, 首付30%余款年底前, 签约付40万, half upfront, four equal quarterly payments.

Every share, sum and word for the rest is taken in its order; the parts are the run of them that makes up a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from nlu.clauses import Clause
from nlu.mood import day
from nlu.rule import Amount, Find, When
from nlu.scene import Scene
from nlu.telling import shifted, sums

MOST = 12  # shares or sums that are looked at
NEAR = 4  # characters between a day and the part that it is the day of, where the part comes behind it
DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
ONE = "[一二三四五六七八]"
SHORT = re.compile(
    r"(?<![\d.])(\d{1,2})[-/:](\d{1,2})[-/:](\d{1,2})(?![\d%])"
    rf"|(?<![一-九十百千万])({ONE})[- ]?({ONE})[- ]?({ONE})(?![一-九十百千万个天])"
)
EQUAL = re.compile(
    r"(?P<quarterly>[分按]?四个?季度?[^,。]{0,4}(?:付|平摊)|季付|按季|四季|quarterly|一个季度付)"
    r"|(?P<zh>[两二三四六2346])(?:笔|次|期|个月)(?:平均|等额|均)|(?:平均|均|平)分?(?:成)?(?P<of>[两二三四六2346])[笔次期]"
    r"|(?P<en>two|three|four|six) equal"
)
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "六": 6, "two": 2, "three": 3, "four": 4, "six": 6}
EACH = re.compile(r"每次|每笔|每期|各付|each")
IN_PARTS = re.compile(r"分(?:成)?(?P<count>[两二三四六2346])[笔次期]")
HALF = re.compile(r"一半|(?<![a-z])half(?! (?:an|a|past|of|day))(?![a-z])")
REST = re.compile(
    r"余款|剩下|剩余|剩的|其余|余下|尾款|尾数|另一半|另外一半|余(?=[一-鿿]{0,6}付)|other half|(?<![a-z])(?:the )?"
    r"(?:balance|rest|remainder|remaining)(?![a-z])"
)
PAID = re.compile(
    r"付|款|首|尾|余|预|质保|交|订金|定金|upfront|up front|payment|signing|delivery|acceptance|签约|签完|签字|上线|验收"
    r"|到货|剩|打|每期|on |upon|结清|deposit|due|\bpo\b|net|后|instal"
)
BEFORE_A_SUM = re.compile(r"付|首付|尾款|余款|订金|定金|payments? of|deposit")
CAME = re.compile(r"到账|已到|收到|入账|进账|回款|received|paid")
NO_PART = re.compile(r"返|税|折|把握|赢率|概率|毛利|优惠|(?<![a-z])off(?![a-z])|probability|chance|likely|discount")
BARE = re.compile(r"(?<=[一-鿿])[ ]?(?P<share>[1-9]\d?|100)(?![\d.%万千百元块kw年月日号点天个笔台套折成:/-]|,\d)")
MONTH_DAY = re.compile(r"\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2} ?[a-z]{3,9}|[a-z]{3,9} ?\d{1,2}")  # without a year
LATER = re.compile(r"付清|付讫|支付|前付|结清|给清|付完|前[。. ]?$|due|by ")


@dataclass
class Part:
    """One part: its share or sum, where it stands, and when it is due."""

    clause: Clause
    start: int
    end: int
    percent: float | None = None
    amount: Amount | None = None
    short: bool = False  # one of 3-4-3
    due: When | None = None

    def told(self) -> dict[str, Any]:
        """The part as a slot holds it."""
        value = {"percent": self.percent} if self.amount is None else {"amount": self.amount}
        return value | ({"due": self.due} if self.due else {})


def instalments_in(scene: Scene, told: Sequence[Clause]) -> tuple[dict[str, Any], ...]:
    """The parts that clauses tell, in order; empty where they tell none or do not add up to a plan."""
    return tuple(part.told() for part in parts_in(scene, told))


def parts_in(scene: Scene, told: Sequence[Clause]) -> list[Part]:
    """The same with where each part stands; looked for once."""
    places = tuple(clause.place for clause in told)
    if places not in scene.plans:
        scene.plans[places] = _parts_in(scene, told)
    found: list[Part] = scene.plans[places]
    return found


def _parts_in(scene: Scene, told: Sequence[Clause]) -> list[Part]:
    if not any(PAID.search(clause.text) for clause in told):
        return []
    shares = _shares(scene, told)
    for parts in (_equal(scene, told, shares), _sums(scene, told), _best_run(shares), _bare(told), _short(told)):
        if parts:
            _date(scene, parts, told)
            return parts
    return []


def _shares(scene: Scene, told: Sequence[Clause]) -> list[Part]:
    """Shares, halves and words for the rest, in their order."""
    parts: list[Part] = []
    for clause in told:
        if clause.place not in scene.shares:
            scene.shares[clause.place] = _shares_of(scene, clause)
        parts += scene.shares[clause.place]
    return sorted((replace(part) for part in parts[:MOST]), key=lambda part: part.start)


def _shares_of(scene: Scene, clause: Clause) -> list[Part]:
    """The same of one clause."""
    if NO_PART.search(clause.text):
        return []
    found = [f for f in clause.all("percent") if f.rule != "discount" and 0 < f.value <= 100]
    parts = [Part(clause, f.start, f.end, f.value, short=f.rule == "split") for f in found]
    taken = {place for f in clause.finds for place in range(f.start, f.end)}
    halves = [m for m in HALF.finditer(scene.folded, clause.start, clause.end) if m.start() not in taken]
    if not REST.search(clause.text) or not found:
        parts += [Part(clause, *m.span(), 50.0) for m in halves if "预算" not in clause.text]
    if not found and (rest := REST.search(scene.folded, clause.start, clause.end)):
        parts = [part for part in parts if part.start < rest.start()]
        parts.append(Part(clause, *rest.span()))
    elif len(found) == 1 and (rest := REST.search(scene.folded, found[0].end, clause.end)):
        parts.append(Part(clause, *rest.span()))  # 先付三成其余上线后付
    return parts


def _best_run(parts: list[Part]) -> list[Part]:
    """The longest run of neighbours that makes up a whole, spelled out rather than 3-4-3."""
    best: list[Part] = []
    for first in range(len(parts)):
        run: list[Part] = []
        whole = 0.0
        for part in parts[first:]:
            value = 100 - whole if part.percent is None else part.percent
            if value <= 0 or whole + value > 100.5:
                break
            run.append(Part(part.clause, part.start, part.end, value, short=part.short))
            whole += value
            if whole > 99.5:
                if len(run) > 1 and _weight(run) >= _weight(best):
                    best = run
                break
    return best


def _weight(run: list[Part]) -> tuple[bool, int]:
    return bool(run) and not any(part.short for part in run), len(run)


def _equal(scene: Scene, told: Sequence[Clause], shares: Sequence[Part]) -> list[Part]:
    """季付, 首付20%余下分四季平均付, four equal payments of 10k, 半年付每次50%."""
    for clause in told:
        if said := EQUAL.search(clause.text):
            count = 4 if said["quarterly"] else _count(said["zh"] or said["of"] or said["en"])
            span = (clause.start + said.start(), clause.start + said.end())
            first = [p for p in shares if p.percent and p.end <= span[0] and not REST.search(p.clause.text)]
            rest = 100 - sum(p.percent or 0 for p in first)
            behind = [f for f in sums(scene, clause) if f.start > span[0]]
            each = behind[0].value if len(behind) == 1 and not first else None
            return [*first, *(Part(clause, *span, rest / count, each) for _ in range(count))] if rest > 0 else []
        if same := _each_sum(scene, told, clause):
            return same
        own = clause.all("percent")
        if EACH.search(clause.text) and len(own) == 1 and own[0].value in (50, 25, 20):
            return [Part(clause, own[0].start, own[0].end, own[0].value) for _ in range(round(100 / own[0].value))]
    return []


def _each_sum(scene: Scene, told: Sequence[Clause], clause: Clause) -> list[Part]:
    """分四次付, 每次30万."""
    each, own = EACH.search(clause.text), sums(scene, clause)
    count = next((said for other in told if (said := IN_PARTS.search(other.text))), None) if each else None
    behind = [f for f in own if each and f.start >= clause.start + each.end()]
    if count is None or len(behind) != 1:
        return []
    return [Part(clause, behind[0].start, behind[0].end, amount=behind[0].value) for _ in range(_count(count["count"]))]


def _count(said: str) -> int:
    return COUNTS.get(said) or int(said)


def _bare(told: Sequence[Clause]) -> list[Part]:
    """签约20到货50验收25尾款5: numbers without a sign, that make up a hundred."""
    parts = []
    for clause in told:
        taken = {place for f in clause.finds if f.kind != "percent" for place in range(f.start, f.end)}
        for match in BARE.finditer(clause.text):
            place = clause.start + match.start("share")
            if place not in taken:
                parts.append(Part(clause, place, clause.start + match.end(), float(match["share"])))
    return _best_run(parts[:MOST])


def _short(told: Sequence[Clause]) -> list[Part]:
    """3-4-3, 三四三."""
    for clause in told:
        for match in SHORT.finditer(clause.text):
            numbers = [float(DIGITS.get(one, 0) or one) for one in match.groups() if one]
            if (whole := sum(numbers)) in (10.0, 100.0):
                return [Part(clause, clause.start, clause.end, n * 100 / whole) for n in numbers]
    return []


def _sums(scene: Scene, told: Sequence[Clause]) -> list[Part]:
    """Sums that are paid one after the other, or that make up the first sum told."""
    found = [(clause, f) for clause in told if not CAME.search(clause.text) for f in sums(scene, clause)][:MOST]
    paid = [
        (clause, f) for clause, f in found if BEFORE_A_SUM.search(scene.folded, max(clause.start, f.start - 5), f.start)
    ]
    if len(found) > 2:
        values = [f.value.low for _, f in found]
        same = all(value.currency == values[0].currency for value in values)
        if same and sum(value.minor for value in values[1:]) == values[0].minor:
            paid = found[1:]
    parts = [Part(clause, f.start, f.end, amount=f.value) for clause, f in paid]
    if parts and (rest := _rest_of(scene, told, found[0][1], parts)):
        parts.append(rest)
    return parts if len(parts) > 1 else []


def _rest_of(scene: Scene, told: Sequence[Clause], whole: Find, parts: list[Part]) -> Part | None:
    """What is left of the sum told before its parts: 60万, 签约付40万, 余款验收后付."""
    total: Amount = whole.value
    paid = [part.amount.low for part in parts if part.amount]
    if whole.start >= parts[0].start or any(sum_paid.currency != total.low.currency for sum_paid in paid):
        return None
    left = total.low.minor - sum(sum_paid.minor for sum_paid in paid)
    last = parts[-1].end
    for clause in told if left > 0 else ():
        rest = REST.search(scene.folded, max(clause.start, last), clause.end)
        if rest and not any(find.start > rest.start() for find in sums(scene, clause)):
            return Part(clause, *rest.span(), amount=Amount(replace(total.low, minor=left)))
    return None


def _date(scene: Scene, parts: list[Part], told: Sequence[Clause]) -> None:
    """Give each part the day that stands next to it, in its clause or in one that goes on about it."""
    alike = len({part.start for part in parts}) == 1  # equal parts, said once: their days follow in order
    for clause in told:
        own = [part for part in parts if part.clause is clause]
        for find in clause.all("when") if own and not alike else ():
            if due := _due(scene, clause, find):
                _nearest(own, find).due = due
    for clause in told:
        if not alike and (clause.all("percent", "money") or any(part.clause is clause for part in parts)):
            continue
        for find in clause.all("when"):
            undated = [part for part in parts if part.due is None and part.end <= find.start]
            if undated and (alike or LATER.search(clause.text)) and (due := _due(scene, clause, find)):
                undated[0 if alike else -1].due = due


def _nearest(own: list[Part], find: Find) -> Part:
    """The part right behind a day, else the one before it, else the first behind it."""
    behind = [part for part in own if part.start >= find.end]
    before = [part for part in own if part.end <= find.start]
    if behind and (not before or behind[0].start - find.end <= min(NEAR, find.start - before[-1].end)):
        return behind[0]
    return (before or own)[-1]


def _due(scene: Scene, clause: Clause, find: Find) -> When | None:
    """A coming day of payment; that of the signing is none, nor one counted from what comes before (到货后30天内)."""
    before, last = clause.text[: find.start - clause.start], day(find)
    signing = re.search(r"签[了的订署]|签约于|signed", clause.text[: find.end + 3 - clause.start])
    if last is None or before.endswith("后") or signing:
        return None
    when: When = find.value
    if last < scene.now.date() and MONTH_DAY.fullmatch(find.text.strip()):
        when, last = shifted(when, timedelta(days=365)), last + timedelta(days=365)
    return when if last > scene.now.date() else None
