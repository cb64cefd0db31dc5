"""A text cut up: lines and listed items (blocks), sentences, clauses; and what a heading says of the items below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from nlu.rule import Find, Mention
from nlu.triggers import Word

MARK = re.compile(
    r"[ \t]{0,8}(?:[((]?[一二三四五六七八九十]{1,2}[、)).][ \t]{0,4}"
    r"|[((]?\d{1,2}[)、)][ \t]{0,4}|\d{1,2}\.(?!\d)[ \t]{0,4}"
    r"|[-•*·▪●][ \t]{1,4}|-(?!\d)|[①-⑳][ \t]{0,4})"
)
INLINE_MARK = re.compile(
    r"(?<=[;。::,, ])(?=(?:[一二三四五六七八九]、|\d{1,2}[、)]|\d\.(?![\d])|[①-⑳])[ \t]{0,4}[^\d\s])"
)
BRACKET = re.compile(r"[【\[]([^】\]\n]{1,20})[】\]]")
END = re.compile(r"[。!?;…~～]+|(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bmrs)(?<!\bprof)(?<!\bvs)(?<!\bno)\.(?=\s|$)")
PAUSE = re.compile(
    r",|[\U0001F000-\U0001FAFF☀-➿]|(?<=[一-鿿)])[ \t]{1,4}(?=[一-鿿#@])|(?<=[\d%])[ \t]{1,4}(?=[一-鿿])"
    r"| [-–—|｜] |\||——|—"
)
CONNECTIVE = re.compile(
    r"(?:然后|另外|还有|对了(?!一|下)|哦对|顺便|顺路|嗯|呃|让我|让咱|你帮我|帮我|你提醒|提醒我|他说"
    r"|她说|他透露|她透露|人家说|就是价格|我说|并且|而且|但是|不过"
    r"|最晚|别忘了|我报|我估计|估计|预计|(?<![把的问跟和有])预算(?!编)|把握|改到|改约|让他|让她|你让|记一下"
    r"|另请|人家|先付|付款(?!方式|条)|, and | and also |the other)"
)
LINKING = tuple("在到约是于定改推从自至、和及(:的挪延放即跟与为前后约按或")  # what ties a time to the words before it
WENT_TO = tuple("去到在跟和与给从把的、对找是及同,")  # what ties a customer to the words before it
NOT_ALONE = tuple("跟和与找让请叫给陪等带由帮替催@向同的是、及")  # what ties a colleague's name to the words before it
TOLD_TO = re.compile(r"[ ]?(?:你|把|去|来|周|明|后天|今|下|于|则|本周|\d|在|先|帮|务必|赶紧|抓紧|,)")
MOST_BEFORE = 6  # characters that may stand before the words that make a title a heading
LONG = 12  # a stretch without punctuation that is longer may hold several clauses
SHORT = 5  # what would be shorter is no clause
PLAN_HEADING = re.compile(
    r"(?:(?P<period>下周|下週|本周|这周|明日|明天|下月|下个月|本月|今日|今天|\d{1,2}月)(?:工作)?)?(?:及)?"
    r"(?:计划|安排|待办(?:事项)?|下一步(?:计划|行动)?|后续(?:工作|安排|行动|跟进)?|行动项|todo|to do|next steps?|next"
    r"|action items?|跟进事项|决议|应收提醒)(?!是|给)"
)
PAST_HEADING = re.compile(
    r"(?:(?P<period>上周|本周|这周|今日|今天|昨日|昨天|本月|上月|\d{1,2}月)(?:工作)?)?"
    r"(?:小结|总结|回顾|周报|日报|回报|进展|工作日报|工作周报|本周工作|(?<=工作)汇报|weekly update"
    r"|trip notes|recap)"
)
NOTES_HEADING = re.compile(r"纪要|访记录|沟通记录|情况说明|\b(?:notes|minutes|report)$")
ONLY_PERIOD = re.compile(r"(?P<period>上周|本周|下周|明日|明天|今日|今天|昨日|昨天|本月|下月)")
NO_TITLE = re.compile(
    r"[我你他她吗?]|什么|哪|谁|多少|怎么|[交发写补填催看传做](?:一?下|完|了)?(?:工作)?(?:[周日月]报|总结|小结|计划|纪要|记录)"
)
FIELD = re.compile(r"[^::\n]{1,18}[::]")
AHEAD = ("下周", "下週", "明日", "明天", "下月", "下个月")


@dataclass(frozen=True)
class Heading:
    """What a heading says of what stands below: "past" or "plan", and the moment from which its days are counted."""

    mode: str = ""
    base: datetime | None = None
    has_day: bool = False  # the heading itself names one day (明日)


@dataclass(eq=False)
class Clause:
    """A clause: [start, end) of the plain text, where it belongs, and what was found in it."""

    text: str
    start: int
    end: int
    sentence: int
    block: int
    listed: bool
    heading: Heading = field(default_factory=Heading)
    finds: list[Find] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    customer: Mention | None = None
    place: int = 0  # how many clauses stand before it
    judged: dict[str, bool] = field(default_factory=dict, init=False)  # what was once decided about it
    deals: dict[bool, Mention | None] = field(
        default_factory=dict, init=False
    )  # the deal once settled, filled in or not
    cues: tuple[str, ...] | None = field(default=None, init=False)  # what the ranker looks at, once it was asked
    asking: tuple[str, ...] | None = field(default=None, init=False)  # the same of a question, whatever its topic

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of the lexicon that have a word in the clause."""
        return frozenset(word.group for word in self.words)

    def has(self, *groups: str) -> bool:
        """Whether a word of one of the groups stands in the clause."""
        return not self.groups.isdisjoint(groups)

    def word(self, *groups: str) -> Word | None:
        """The first word of one of the groups."""
        if self.groups.isdisjoint(groups):
            return None
        return next(word for word in self.words if word.group in groups)

    @cached_property
    def kinds(self) -> dict[str, list[Find]]:
        """What was found, by kind."""
        by_kind: dict[str, list[Find]] = {}
        for find in self.finds:
            by_kind.setdefault(find.kind, []).append(find)
        return by_kind

    def all(self, *kinds: str) -> Sequence[Find]:
        """Everything found of some kinds, in order."""
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], ())
        if self.kinds.keys().isdisjoint(kinds):
            return ()
        return [find for find in self.finds if find.kind in kinds]

    def first(self, kind: str) -> Find | None:
        """The first thing found of a kind."""
        return self.kinds[kind][0] if kind in self.kinds else None


def cut(folded: str, finds: Sequence[Find], now: datetime) -> list[Clause]:
    """The clauses of a folded text, in order. No cut falls within anything found."""
    inside = {place for find in finds for place in range(find.start + 1, find.start + len(find.text.rstrip(" .,")))}
    return _cut(folded, finds, inside, now) or _cut(folded, finds, inside, None)


def _cut(folded: str, finds: Sequence[Find], inside: set[int], now: datetime | None) -> list[Clause]:
    """The clauses below their headings; without `now` nothing is a heading, as in a message that is but one line."""
    clauses: list[Clause] = []
    sentence, heading = 0, Heading()
    for block, (begin, end, listed) in enumerate(_blocks(folded), 1):
        told, start = _heading(folded, begin, end, now) if now else (None, begin)
        heading = told or (heading if listed or heading.mode else Heading())
        for first, last in _pieces(folded, start, end, END, inside):
            sentence += 1
            for left, right in _clause_spans(folded, first, last, inside, finds):
                at = len(clauses)
                clauses.append(Clause(folded[left:right], left, right, sentence, block, listed, heading, place=at))
    return clauses


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, listed) of lines, and of items listed within a line or under brackets."""
    place = 0
    for line in text.split("\n"):
        cuts = [m.start() for m in INLINE_MARK.finditer(line)] + [m.start() for m in BRACKET.finditer(line)]
        edges = sorted({0, len(line), *cuts})
        for left, right in pairwise(edges):
            if line[left:right].strip():
                mark = MARK.match(line, left)
                listed = mark is not None and mark.end() < right
                yield place + (mark.end() if mark and listed else left), place + right, listed
        place += len(line) + 1


def _heading(text: str, start: int, end: int, now: datetime) -> tuple[Heading | None, int]:
    """The heading that a block is or begins with, and where what follows it starts."""
    bracket = BRACKET.match(text, start, end)
    if bracket:
        return _told(bracket[1], now) or Heading(), bracket.end()
    head = FIELD.match(text, start, end)
    stretch = head[0][:-1] if head else text[start:end] if end - start <= 16 else ""
    told = _told(stretch.strip(" ():"), now) if stretch else None
    return told, (head.end() if head else end) if told else start


def _told(title: str, now: datetime) -> Heading | None:
    """What a title says: 下周计划, 本周小结, next steps, 上周. What asks or speaks to somebody is no title."""
    if NO_TITLE.search(title):
        return None
    for mode, pattern in (("plan", PLAN_HEADING), ("past", PAST_HEADING)):
        found = pattern.search(title)
        if (
            found
            and found.start() <= MOST_BEFORE
            and (found.end() >= len(title) - 1 or found.start() == 0 or mode == "past")
        ):
            return _heading_of(mode, found["period"], now)
    if NOTES_HEADING.search(title):
        return Heading("notes")
    if only := ONLY_PERIOD.fullmatch(title):
        period = only["period"]
        return _heading_of("plan" if period in (*AHEAD, "本周") else "past", period, now)
    return None


def _heading_of(mode: str, period: str | None, now: datetime) -> Heading:
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    weeks = {"上周": -7, "本周": 0, "这周": 0, "下周": 7}
    days = {"明日": 1, "明天": 1, "昨日": -1, "昨天": -1, "今日": 0, "今天": 0}
    if period in weeks:
        return Heading(mode, monday + timedelta(days=weeks[period]))
    if period in days:
        return Heading(mode, now + timedelta(days=days[period]), has_day=True)
    if period and period[0].isdigit():
        month = int(period[:-1])
        if 1 <= month <= 12:
            year = now.year + (1 if mode == "plan" and month < now.month else 0)
            return Heading(mode, now.replace(year=year, month=month, day=1, hour=0, minute=0))
    return Heading(mode, monday if mode == "past" and period is None else None)


def _pieces(text: str, start: int, end: int, at: re.Pattern[str], inside: set[int]) -> Iterator[tuple[int, int]]:
    """[start, end) parted where a pattern stands; the marks themselves go to the piece before them."""
    last = start
    for found in at.finditer(text, start, end):
        if found.start() in inside or found.end() <= last:
            continue
        if text[last : found.end()].strip():
            yield last, found.end()
        last = found.end()
    if text[last:end].strip():
        yield last, end


def _clause_spans(
    text: str, start: int, end: int, inside: set[int], finds: Sequence[Find]
) -> Iterator[tuple[int, int]]:
    for left, right in _pieces(text, start, end, PAUSE, inside):
        edges = [left]
        for place in _turns(text, left, right, inside, finds):
            if place - edges[-1] >= SHORT and right - place >= SHORT:
                edges.append(place)
        yield from pairwise([*edges, right])


def _turns(text: str, left: int, right: int, inside: set[int], finds: Sequence[Find]) -> list[int]:
    """Where an unpunctuated stretch turns to something else: at a connective, a further time, a colleague called on."""
    turns = {m.start() for m in CONNECTIVE.finditer(text, left, right) if m.start() not in inside}
    if right - left >= LONG:
        within = [find for find in finds if left < find.start and find.end <= right]
        days = [find for find in finds if find.kind == "when" and left <= find.start < right]
        later = [
            day
            for day in days
            if day is not days[0] or (day.start - left >= LONG and _with_subject(text, day) < day.start)
        ]
        spoken_to = {find.end for find in within if find.kind == "user"}
        later = [day for day in later if day.start not in spoken_to and not _carried(text, day)]
        turns |= {_with_subject(text, day) for day in later if _opens(text, day, LINKING)}
        turns |= _other_customers(
            text, [f for f in finds if f.kind == "customer" and left <= f.start and f.end <= right]
        )
        turns |= {
            f.start for f in within if f.kind == "user" and _opens(text, f, NOT_ALONE) and _is_told(text, f, days)
        }
    return sorted(place for place in turns if left < place)


def _opens(text: str, find: Find, ties: tuple[str, ...]) -> bool:
    before = text[find.start - 1 : find.start]
    return bool(re.match("[一-鿿]", before)) and not text[max(0, find.start - 3) : find.start].endswith(ties)


def _other_customers(text: str, named: list[Find]) -> set[int]:
    """Where a stretch turns to another customer."""
    return {
        later.start
        for earlier, later in pairwise(named)
        if earlier.value != later.value and _opens(text, later, WENT_TO)
    }


def _carried(text: str, day: Find) -> bool:
    """Whether a 把 before the time still waits for its verb: 把报价单周五寄给她."""
    return "把" in text[max(0, day.start - 12) : day.start]


def _is_told(text: str, find: Find, days: list[Find]) -> bool:
    return bool(TOLD_TO.match(text, find.end)) or any(0 <= day.start - find.end <= 1 for day in days)


def _with_subject(text: str, find: Find) -> int:
    """Where the clause of a time begins: with 我 or 你 before it where that stands there."""
    return find.start - 1 if text[find.start - 1 : find.start] in ("我", "你", "咱") else find.start
