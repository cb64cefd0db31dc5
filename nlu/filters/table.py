"""What a list can be narrowed by: one entry a condition, with how it is said and what it is read as.

An entry's pattern stands for the whole of what is said; a match means that its reader is asked for the conditions. The
longest match at a place wins. Marks stand for what was found (nlu/filters/marks.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm.filters import Condition
from nlu.filters import readers as read
from nlu.filters.marks import COMPETITOR, INDUSTRY, MONEY, PLACE, STAGE, TIER, WHEN, Layout
from nlu.filters.readers import Read
from nlu.filters.values import Told
from nlu.filters.words import any_of

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
N = r"(?:\d{1,7}[百千万]?|[一二两三四五六七八九十百千万]{1,5})"
N_EN = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,7}"
STAFF = r"(?:员工|人数|规模|公司|团队){0,2}[在有是为]?"
STAFF_EN = r"(?:(?:with|of|having|that have|employing) )?"
ROLES = ("decision_maker", "champion", "influencer", "blocker")
SIGNED = r"(?:签约|签单|签下来?|签|成交|关单|下单|收单|落单|结单|拿下)"


ASKED = rf"(?=的|哪|多少|几|[商单项客公企](?!量)|{MONEY}及?以[上下]的|$|[ ,])"  # 签了上海的单子 is no list


def several(mark: str) -> str:
    """A pattern of one or several marks of a kind."""
    return f"{mark}(?:{OR}{mark})*"


@dataclass(frozen=True)
class Entry:
    """A condition by its name: what is said of it, and the conditions that are meant."""

    name: str
    pattern: str
    read: Read


W, M, S, K, P, I, T = WHEN, MONEY, STAGE, COMPETITOR, PLACE, INDUSTRY, TIER  # noqa: E741  short, or no pattern can be read
TABLE = (
    Entry(
        "place",
        rf"(?P<no>{NOT})?(?:在|位于|来自|所在地是?|地区是?|(?:based |located )?in |from )?(?:{several(P)})"
        r"(?:市|省|地区|区|一带|那边|这边|本地|附近)?"
        r"(?P<off>以外|之外)?|(?P<free>[一-鿿]{2,3}(?:省|市|区|县|镇)(?=的|[公客企医]))",
        read.place,
    ),
    Entry(
        "industry",
        rf"(?P<no>{NOT})?(?:做|从事|属于|是|in )?(?:the )?{several(I)}"
        r"(?:行业|领域|系统|方向|类|业|口| industry| sector)?"
        r"|(?:做)?(?P<free>(?![没未缺无有填写])[一-鿿a-z]{1,6}?)(?:行业|领域)",
        read.valued("industry", INDUSTRY, lambda mark: mark.text.lower()),
    ),
    Entry("tier", rf"(?P<no>{NOT})?(?:级别|等级|评级|tier)?(?:是|为)?{several(T)}", read.tier),
    Entry(
        "size",
        rf"{STAFF}(?:(?P<over>超过|大于|多于|不少于|至少|高于)|(?P<under>少于|小于|不到|不足|不超过|低于))?"
        rf"(?P<n>{N})(?:[人名个]?(?:到|至|-|~)(?P<m>{N}))?[多来]?个?(?:人|名员工|员工)"
        r"(?:(?P<over2>及?以上|起|往上)|(?P<under2>及?以下|以内|之内)|之间|左右|上下)?(?:规模)?"
        r"|(?:公司|企业)?(?:员工数?|人数|规模)[在有是为]?(?:(?P<over5>超过|大于|多于|至少|过)|(?P<under5>少于|小于|不到|低于))?"
        rf"(?P<n3>{N})(?:(?:到|至|-|~)(?P<m3>{N}))?(?:(?P<over6>及?以上)|(?P<under6>及?以下|以内))?"
        rf"|{STAFF_EN}(?:(?P<over3>more than |over |above |at least )"
        rf"|(?P<under3>fewer than |less than |under |below |up to )|between |from )?"
        rf"(?P<n2>{N_EN})(?:(?:-| to | and )(?P<m2>{N_EN}))?"
        r"(?P<over4>\+| or more| plus)?(?P<under4> or (?:less|fewer))? (?:employees|staff|people|workers)",
        read.size,
    ),
    Entry(
        "birthday",
        rf"(?:过?生日)(?:是|在)?{W}|谁?(?:在)?{W}(?:之?内|里)?(?:有?谁)?(?:要)?过?生日"
        r"|(?:with |whose |having |have )?(?:a |their )?birthdays?(?: is| are| in| on| during| falls| coming up)* "
        rf"{W}|{W} birthdays",
        read.dated("birthday"),
    ),
    Entry("role", rf"(?P<what>{any_of('thing', *ROLES)})", read.of_table("role", "thing")),
    Entry("at", rf"(?:(?:in|on|during|since|by|before|from) )?{W}(?:之?前|以来|之?内|里)?(?:到期)?", read.dated("at")),
    Entry(
        "silent",
        rf"(?:已经?|都|有)?(?:超过|超|满)?{LONG}(?:以上|多)?(?:都|还|内)?(?:没有?|未|不)(?:人|被|再)?{MET}(?:过|了)?"
        rf"|(?:没有?|未){MET}(?:过)?(?:已经?)?(?:超过|超|满)?"
        rf"(?P<zh2>\d{{1,3}}|[一二两三四五六七八九十半]{{1,3}})个?(?P<unit2>{UNIT})(?:以上)?"
        rf"|(?:很久|好久|长期|久)(?:都)?(?:没有?|未){MET}(?:过|了)?|{NOT_EN} {MET_EN} (?:for|in) (?:a long time|ages)"
        rf"|(?:(?:with |had )?no (?:contact|visits?)|(?:that |who |we |i )?{NOT_EN} {MET_EN}"
        rf"|silent|untouched|without (?:a |any )?(?:contact|visit)) (?:for|in) {LONG_EN}",
        read.silent,
    ),
    Entry(
        "contacted",
        rf"{W}(?:之?内|里|以来)?(?:(?P<no>(?:还?没有?|未)(?:人|被)?){MET}过?|{MET}过)"  # 今天去 tells of a visit
        rf"|(?:我们?)?{W}(?:我们?)?(?:都|一共|总共)?{MET}[了过](?=哪|多少|几)"
        rf"|did (?:we|i|you|they) (?:visit|contact|meet|see|call)(?: in| since| during)? {W}"
        rf"|(?P<no2>{NOT_EN} )?{MET_EN}(?: in| since| during| within)? {W}"
        rf"|(?P<no3>(?:with |had )?(?:no|without) (?:contacts?|visits?))(?: in| since| during| within)? {W}",
        read.contacted,
    ),
    Entry(
        "never",
        rf"(?:从来?|一次都?|一直|还)(?:没有?|未)(?:被)?{MET}过?|(?:没有?|未)(?:被)?{MET}过(?=的)"
        rf"|never (?:been )?{MET_EN}|not (?:yet |been ){MET_EN}",
        read.never,
    ),
    Entry(
        "has",
        rf"(?:(?P<no>{LACKS}(?:安排|定|写|建|报)?过?(?:任何)?)|{HAS})"
        rf"(?P<what>{any_of('thing')}(?:{OR}{any_of('thing')})*)",
        read.of_table("has", "thing"),
    ),
    Entry(
        "filled",
        rf"(?:(?:没有?|未)(?:填写?|写|录入?|登记)|{LACKS}|(?P<yes>(?:已?填了?|写了)))"
        rf"(?P<what>{any_of('field')}(?:{OR}{any_of('field')})*)"
        rf"|(?P<what2>{any_of('field')})(?:没填写?|未填写?|空着|为空|是空|缺失)",
        read.missing,
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
        read.amount,
    ),
    Entry(
        "closing",
        rf"(?:预计|打算|计划)?{W}(?:之?前|内|以内|之内)?"
        r"(?:要|能|会|预计|打算|可以|可能|准备|该|应该|计划){1,2}"
        rf"{SIGNED}{ASKED}|预计{W}(?:之?前|内)?{SIGNED}{ASKED}|{W}(?:之?前|内)?到期{ASKED}"
        rf"|(?:closing|(?:that |which |expected |due |are supposed |supposed )?(?:should |will )?to (?:close|sign)"
        rf"|(?:that |which )?close|expected|due)(?: in| by| before| on| within| during)? {W}",
        read.dated("closing"),
    ),
    Entry(
        "closed",
        rf"(?:{W})?(?:已经?)?(?:赢下?|成交|签下?|签约|拿下)了?{ASKED}|已(?:成交|签约|签单|赢单)"
        rf"|(?:{W})?(?:已经?)?(?P<lost>丢|输)(?:掉|单)?了?(?:{ASKED}|(?=给了?{K}.*的))"
        r"|(?:(?:did |have |has )?(?:we|i|they|the team) )?(?:w[oi]n|sign(?:ed)?|(?P<lost2>los[et]))"
        rf"(?:(?: in| during| since)? {W})?",
        read.ended,
    ),
    Entry(
        "won",
        rf"(?:{W}(?:之?内|以来)?|从来?|一直|还)?(?:都)?(?:没有?|未)(?:跟我们)?(?:成交|签单|签约|签|下单|买|采购)过?(?:单|合同)?{ASKED}"
        r"|(?:(?:that |who )?(?:have |has )?(?:not|never|haven't|hasn't|didn't) (?:bought|buy|signed?|ordered?|won)"
        rf"|(?:without|with no)(?: an?| any)? (?:won|signed) deals?)(?: anything)?(?:(?: in| since| during)? {W})?",
        read.not_won,
    ),
    Entry(
        "stalled",
        r"(?:一直)?卡[住着](?:不动)?了?|停滞|(?:没有?|无)(?:动静|进展)|搁置"
        r"|stalled|stale|stuck|gone (?:quiet|cold)|not moving",
        lambda _: [Condition("stalled")],
    ),
    Entry("open", r"进行中|在谈|未结|还在跟|[未没]完成|open(?= \w)", lambda _: [Condition("outcome", ("open",))]),
    Entry(
        "late",
        r"(?:预计)?(?:成交|签约|签单)?(?:日期?)?(?:已经?)?(?:逾期|过期|超期)(?:了|还|都)*(?:没有?|未)(?:签约?|签单|成交|签下来?)(?=的)"
        r"|(?:past|beyond) (?:their |its |the )?(?:expected )?(?:close|closing) date",
        read.late,
    ),
    Entry("overdue", r"已?逾期|已?超期|已?过期|过了期|overdue|past due", lambda _: [Condition("overdue")]),
    Entry("done", r"已?完成了?|已?做完了?|finished|completed", lambda _: [Condition("done")]),
    Entry(
        "created",
        rf"{W}(?:之?内|里|以来|才|刚)?(?:新?建立?|新增|新加|创建|录入?|进来|新来|加|认识|开发)(?:进来|进)?了?{ASKED}"
        rf"|(?:created|added|opened|new)(?: in| since| during)? {W}",
        read.dated("created"),
    ),
    Entry(
        "stage",
        rf"(?P<no>{NOT})?(?:在|处于|进到|到|卡在|in |at )?(?:the )?{several(S)}(?: ?(?:stages?|阶段|环节))?"
        r"(?P<from>及?以后|及?之后|及?以上|往后| or later| and later| onwards?| or beyond)?"
        rf"(?P<to>及?以前|及?之前|及?以下| or earlier)?"
        rf"|(?P<after>after |past |beyond ){S}|(?P<before>before ){S}",
        read.stage,
    ),
    Entry(
        "competitor",
        rf"(?P<no>(?:没有?|无|without )(?= ?{K}))?(?:有|跟|和|给了?|(?:竞争)?对手是|竞品是"
        rf"|(?:with|against|to|up against|competing with|have|where) )?"
        rf"{several(K)}(?:也?在里[面头]|也?在[跟抢争]|参与|竞争|也在|掺和"
        r"| (?:is|are) (?:in|involved|competing|there)| in it| in$)?",
        read.valued("competitor", COMPETITOR, lambda mark: mark.value),
    ),
    Entry(
        "source",
        rf"(?P<no>{NOT})?(?:通过|从|from |via |through )?(?P<what>{any_of('source')})"
        r"(?:过来|来|介绍|渠道)?(?=的|$|[ ,])"
        r"|来源(?:是|为|于)(?P<free>[一-鿿]{2,6}?)(?=的)",
        read.source,
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
