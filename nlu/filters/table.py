"""What a list can be narrowed by: one entry a condition, with how it is said and what it is read as.

An entry's pattern stands for the whole of what is said; a match means that its reader is asked for the conditions. The
longest match at a place wins. Marks stand for what was found (nlu/filters/marks.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm.filters import Condition
from nlu.asking import days_told
from nlu.filters.marks import COMPETITOR, INDUSTRY, MONEY, PLACE, STAGE, TIER, WHEN, Layout, Mark
from nlu.filters.values import Told, period, stages_from
from nlu.filters.words import any_of, said

OR = r"(?:、|,|和|或者?|及|与|还是|以及| or | and | ?/ ?)"
NOT = r"(?:不在|不是|不属于|除了?|非|except(?: for)? ?|excluding ?|outside(?: of)? ?|not (?:in|from|at) ?|other than ?)"
LACKS = (
    r"(?:还?没有?|无|缺少?|还没|未|without|(?:with|have|has|that have|had) no|no|lacking|missing"
    r"|(?:do not|don't|doesn't|does not) have)(?: an?| any)? ?"
)
HAS = r"(?:有|已有|with|having|(?:that |who )?ha(?:ve|s))(?: an?| any)? ?"
MET = r"(?:联系|跟进|拜访|沟通|联络|见|去)"
MET_EN = r"(?:contacted|visited|seen|touched|met|called)"
NOT_EN = r"(?:(?:have |has |had |were |was )?not|haven't|hasn't|weren't|wasn't|didn't)(?: (?:we|i|been))*"
UNIT = r"(?:天|日|周|星期|礼拜|月)"
LONG = rf"(?P<zh>\d{{1,3}}|[一二两三四五六七八九十半]{{1,3}})个?(?P<unit>{UNIT})"
LONG_EN = r"(?:over |more than |at least |the last |the past )?(?P<en>\d{1,3}|[a-z]{3,6}) (?P<span>day|week|month)s?"
SIGNED = r"(?:签约|签单|签下来?|签|成交|关单|下单|收单|落单|结单|拿下)"


ASKED = r"(?=的|哪|多少|几|[商单项客公企](?!量)|$|[ ,])"  # 签了上海的单子 is no list


def several(mark: str) -> str:
    """A pattern of one or several marks of a kind."""
    return f"{mark}(?:{OR}{mark})*"


@dataclass(frozen=True)
class Entry:
    """A condition by its name: what is said of it, and the conditions that are meant."""

    name: str
    pattern: str
    read: Callable[[Told], Iterable[Condition]]


def _values(name: str, mark: str, worth: Callable[[Mark], Any]) -> Callable[[Told], Iterable[Condition]]:
    """A reader of marks whose values are any of those told."""

    def read(told: Told) -> Iterable[Condition]:
        free = told.group("free")
        values = (free,) if free else tuple(dict.fromkeys(worth(one) for one in told.marks(mark)))
        return [Condition(name, values, told.has("no"))]

    return read


def _place(told: Told) -> Iterable[Condition]:
    [read] = _values("place", PLACE, lambda mark: mark.value)(told)
    return [Condition("place", read.values, read.is_denied or told.has("off"))]


def _tier(told: Told) -> Iterable[Condition]:
    tiers = tuple(dict.fromkeys(tier for mark in told.marks(TIER) for tier in mark.value))
    return [Condition("tier", tiers, told.has("no"))]


def _silent(told: Told) -> Iterable[Condition]:
    days = days_told({name: told.group(name) for name in ("zh", "unit", "en", "span")})
    return [Condition("silent", (days,) if days else ())]


def _contacted(told: Told) -> Iterable[Condition]:
    return [Condition("contacted", period(told, told.marks(WHEN)[0].value), told.has("no"))]


def _never(told: Told) -> Iterable[Condition]:
    return [Condition("contacted", (None, None), is_denied=True)]


def _of(name: str, table: str) -> Callable[[Told], Iterable[Condition]]:
    """A reader of words of a table, any of those told."""
    words = said(table)

    def read(told: Told) -> Iterable[Condition]:
        what = told.group("what")
        found = tuple(dict.fromkeys(words[word] for word in re.findall(any_of(table), what)))
        if told.has("no") or re.search(r"或| or ", what):
            return [Condition(name, found, told.has("no"))]
        return [Condition(name, (one,)) for one in found]

    return read


def _amount(told: Told) -> Iterable[Condition]:
    amount = told.marks(MONEY)[0].value
    low, high = amount.low, amount.high or amount.low
    return [Condition("amount", (None if told.has("under") else low, None if told.has("over") else high))]


def _dated(name: str) -> Callable[[Told], Iterable[Condition]]:
    def read(told: Told) -> Iterable[Condition]:
        return [Condition(name, period(told, told.marks(WHEN)[0].value))]

    return read


def _over(told: Told) -> Iterable[Condition]:
    """Deals that ended, and when."""
    outcome = Condition("outcome", ("lost" if told.has("lost") else "won",))
    times = told.marks(WHEN)
    return [outcome, *([Condition("closed", period(told, times[0].value))] if times else [])]


def _stage(told: Told) -> Iterable[Condition]:
    keys = [mark.value for mark in told.marks(STAGE)]
    return [Condition("stage", stages_from(told, keys), told.has("no"))]


def _source(told: Told) -> Iterable[Condition]:
    return [Condition("source", (told.group("what") or told.group("free"),), told.has("no"))]


def _missing(told: Told) -> Iterable[Condition]:
    fields = (value for read in _of("filled", "field")(told) for value in read.values)
    return [Condition("filled", tuple(fields), is_denied=not told.has("yes"))]


W, M, S, K, P, I, T = WHEN, MONEY, STAGE, COMPETITOR, PLACE, INDUSTRY, TIER  # noqa: E741  short, or no pattern can be read
TABLE = (
    Entry(
        "place",
        rf"(?P<no>{NOT})?(?:在|位于|来自|所在地是?|地区是?|(?:based |located )?in |from )?(?:{several(P)})"
        r"(?:市|省|地区|区|一带|那边|这边|本地|附近)?"
        r"(?P<off>以外|之外)?|(?P<free>[一-鿿]{2,3}(?:省|市|区|县|镇)(?=的|[公客企医]))",
        _place,
    ),
    Entry(
        "industry",
        rf"(?P<no>{NOT})?(?:做|从事|属于|是|in )?(?:the )?{several(I)}"
        r"(?:行业|领域|系统|方向|类|业|口| industry| sector)?"
        r"|(?:做)?(?P<free>(?![没未缺无有填写])[一-鿿a-z]{1,6}?)(?:行业|领域)",
        _values("industry", INDUSTRY, lambda mark: mark.text.lower()),
    ),
    Entry("tier", rf"(?P<no>{NOT})?(?:级别|等级|评级|tier)?(?:是|为)?{several(T)}", _tier),
    Entry(
        "silent",
        rf"(?:已经?|都|有)?(?:超过|超|满)?{LONG}(?:以上|多)?(?:都|还|内)?(?:没有?|未|不)(?:人|被|再)?{MET}(?:过|了)?"
        rf"|(?:没有?|未){MET}(?:过)?(?:已经?)?(?:超过|超|满)?"
        rf"(?P<zh2>\d{{1,3}}|[一二两三四五六七八九十半]{{1,3}})个?(?P<unit2>{UNIT})(?:以上)?"
        rf"|(?:很久|好久|长期|久)(?:都)?(?:没有?|未){MET}(?:过|了)?|{NOT_EN} {MET_EN} (?:for|in) (?:a long time|ages)"
        rf"|(?:(?:with |had )?no (?:contact|visits?)|(?:that |who |we |i )?{NOT_EN} {MET_EN}"
        rf"|silent|untouched|without (?:a |any )?(?:contact|visit)) (?:for|in) {LONG_EN}",
        _silent,
    ),
    Entry(
        "contacted",
        rf"{W}(?:之?内|里|以来)?(?:(?P<no>(?:还?没有?|未)(?:人|被)?){MET}过?|{MET}过)"  # 今天去 tells of a visit
        rf"|(?P<no2>{NOT_EN} )?{MET_EN}(?: in| since| during| within)? {W}"
        rf"|(?P<no3>(?:with |had )?(?:no|without) (?:contacts?|visits?))(?: in| since| during| within)? {W}",
        _contacted,
    ),
    Entry(
        "never",
        rf"(?:从来?|一次都?|一直|还)(?:没有?|未)(?:被)?{MET}过?|(?:没有?|未)(?:被)?{MET}过(?=的)"
        rf"|never (?:been )?{MET_EN}|not (?:yet |been ){MET_EN}",
        _never,
    ),
    Entry(
        "has",
        rf"(?:(?P<no>{LACKS}(?:安排|定|写|建|报)?过?(?:任何)?)|{HAS})"
        rf"(?P<what>{any_of('thing')}(?:{OR}{any_of('thing')})*)",
        _of("has", "thing"),
    ),
    Entry(
        "filled",
        rf"(?:(?:没有?|未)(?:填写?|写|录入?|登记)|{LACKS}|(?P<yes>(?:已?填了?|写了)))"
        rf"(?P<what>{any_of('field')}(?:{OR}{any_of('field')})*)"
        rf"|(?P<what2>{any_of('field')})(?:没填写?|未填写?|空着|为空|是空|缺失)",
        _missing,
    ),
    Entry(
        "amount",
        rf"(?:金额|价格)?(?:在)?(?P<over>大于|超过|超|高于|不低于|不少于|至少"
        rf"|(?:worth )?(?:over|above|more than|at least|larger than|bigger than) ){M}"
        rf"|(?:金额)?(?P<under>小于|低于|不到|不足|不超过|至多"
        rf"|(?:worth )?(?:under|below|less than|at most|up to|smaller than) ){M}"
        rf"|(?:金额)?(?:在)?(?:between |from |worth )?{M}"
        rf"(?:(?P<over2>及?以上|起|往上|多|\+| or more| and (?:up|above|over)| plus)"
        r"|(?P<under2>及?以下|以内|之内| or less| and (?:under|below))|之间)?",
        _amount,
    ),
    Entry(
        "closing",
        rf"(?:预计|打算|计划)?{W}(?:之?前|内|以内|之内)?"
        r"(?:要|能|会|预计|打算|可以|可能|准备|该|应该|计划){1,2}"
        rf"{SIGNED}{ASKED}|预计{W}(?:之?前|内)?{SIGNED}{ASKED}|{W}(?:之?前|内)?到期{ASKED}"
        rf"|(?:closing|(?:that |which |expected |due |are supposed |supposed )?(?:should |will )?to (?:close|sign)"
        rf"|(?:that |which )?close|expected|due)(?: in| by| before| on| within| during)? {W}",
        _dated("closing"),
    ),
    Entry(
        "closed",
        rf"(?:{W})?(?:已经?)?(?:赢下?|成交|签下?|签约|拿下)了?{ASKED}|已(?:成交|签约|签单|赢单)"
        rf"|(?:{W})?(?:已经?)?(?P<lost>丢|输)(?:掉|单)?了?{ASKED}"
        rf"|(?:won|signed|(?P<lost2>lost))(?:(?: in| during| since)? {W})?",
        _over,
    ),
    Entry(
        "stalled",
        r"(?:一直)?卡[住着](?:不动)?了?|停滞|(?:没有?|无)(?:动静|进展)|搁置"
        r"|stalled|stuck|gone (?:quiet|cold)|not moving",
        lambda _: [Condition("stalled")],
    ),
    Entry("open", r"进行中|在谈|未结|还在跟|open(?= \w)", lambda _: [Condition("outcome", ("open",))]),
    Entry(
        "created",
        rf"{W}(?:之?内|里|以来|才|刚)?(?:新?建立?|新增|新加|创建|录入?|进来|新来|加|认识|开发)(?:进来|进)?了?{ASKED}"
        rf"|(?:created|added|opened|new)(?: in| since| during)? {W}",
        _dated("created"),
    ),
    Entry(
        "stage",
        rf"(?P<no>{NOT})?(?:在|处于|进到|到|卡在|in |at )?(?:the )?{several(S)}(?: ?(?:stages?|阶段|环节))?"
        r"(?P<from>及?以后|及?之后|及?以上|往后| or later| and later| onwards?| or beyond)?"
        rf"(?P<to>及?以前|及?之前|及?以下| or earlier)?"
        rf"|(?P<after>after |past |beyond ){S}|(?P<before>before ){S}",
        _stage,
    ),
    Entry(
        "competitor",
        rf"(?P<no>(?:没有?|无|without )(?= ?{K}))?(?:有|跟|和|(?:竞争)?对手是|竞品是"
        rf"|(?:with|against|to|up against|competing with|have|where) )?"
        rf"{several(K)}(?:也?在里[面头]|也?在[跟抢争]|参与|竞争|也在|掺和"
        r"| (?:is|are) (?:in|involved|competing|there)| in it| in$)?",
        _values("competitor", COMPETITOR, lambda mark: mark.value),
    ),
    Entry(
        "source",
        rf"(?P<no>{NOT})?(?:通过|从|from |via |through )?(?P<what>{any_of('source')})"
        r"(?:过来|来|介绍|渠道)?(?=的|$|[ ,])"
        r"|来源(?:是|为|于)(?P<free>[一-鿿]{2,6}?)(?=的)",
        _source,
    ),
)


@lru_cache(maxsize=1)
def compiled() -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    """The entries with their patterns."""
    return tuple((entry, re.compile(entry.pattern)) for entry in TABLE)


def read_at(layout: Layout, place: int, stages: tuple[str, ...], today: Any) -> tuple[int, Entry, Told] | None:
    """The entry that what stands at a place is longest for, and where it ends."""
    best: tuple[int, Entry, Told] | None = None
    for entry, pattern in compiled():
        found = pattern.match(layout.text, place)
        if found and found.end() > (best[0] if best else place):
            best = found.end(), entry, Told(layout, found, stages, today)
    return best
