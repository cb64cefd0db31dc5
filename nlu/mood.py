"""How a clause is meant: told as done, planned, failed, denied, supposed, hearsay, asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps

from nlu.clauses import Clause
from nlu.rule import Find, When
from nlu.scene import Scene
from nlu.triggers import Word

FAR = 200  # days ahead from which a bare month and day is rather meant of the year that has been
BARE_DAY = re.compile(r"\d{1,2}[月./-]\d{1,2}[日号]?")
MERE_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day")
WORK_ENDS = 18  # o'clock
ABSENT_WORDS = frozenset({"不在", "没在", "请假了", "没跟"})
NEAR = 6  # how many characters before a word its negation may stand
ASKING_ENDS = ("吗", "么", "没", "没有", "来着", "了啥", "过啥", "的啥", "些啥")
MAY_WANT_TO_KNOW = re.compile("[谁多什哪几]")
WANTS_TO_KNOW = re.compile(
    r"(?<!问)(?:是谁|谁去|谁在|多少[钱家单次个]|什么时候|哪[家个些]|(?<![好十没这那])几[家次单])"
)
NO_DENIAL = re.compile(
    r"(?:没问题|没毛病|不错|不好意思|差不多|不过|没变|别忘|不着急|能不能|是不是|有没有|没几|不只|不止|不光)"
)
AGREED = re.compile(r"约(?:了|咗|好|定|在|到)|[定改推]在|安排在|排在")
PAST = re.compile("了|过|刚|昨|见的|去的|吃的|聊的|谈的|签的")
LATIN = re.compile("[a-z]")
PAST_IN_ENGLISH = re.compile(
    r"(?<!ne)ed\b"
    r"|\b(?:met|saw|had|went|came|spoke|rang|told|said|got|gave|sent|ran|drove|took|did|was|were|been|just|has|have)\b"
)
STILL_THERE = re.compile(r"聊|见的|收的|接待|谈")  # somebody else was met after all
FUTURE = re.compile(r"明[天儿早晚日后]|后天|下(?:个)?(?:周|星期|礼拜|月)|tomorrow|next|聽日|听日")


def _once(judge: Callable[[Scene, Clause], bool]) -> Callable[[Scene, Clause], bool]:
    """A judgement that every rule asks for, made once a clause."""

    name = judge.__name__

    @wraps(judge)
    def judged(scene: Scene, clause: Clause) -> bool:
        known = clause.judged.get(name)
        if known is None:
            known = clause.judged[name] = judge(scene, clause)
        return known

    return judged


def denied(clause: Clause, word: Word) -> bool:
    """Whether a word is taken back by a "not" shortly before it in the same clause."""
    if clause.denials is None:
        clause.denials = sorted(_denials(clause))
    at = bisect_right(clause.denials, word.start)
    return at > 0 and word.start - clause.denials[at - 1] <= NEAR


def _denials(clause: Clause) -> Iterator[int]:
    """Where the clause's "not" end."""
    for word in clause.words:
        if word.group == "negation":
            at = word.start - clause.start
            if not NO_DENIAL.search(clause.text[max(0, at - 2) : at + 4]):
                yield word.end


@_once
def supposed(scene: Scene, clause: Clause) -> bool:
    """Whether a clause depends on an "if" said before it in its sentence, or is said as hearsay."""
    if not scene.says("conditional", "reported_false"):
        return False
    for other in (clause, scene.before(clause)):
        if other and other.sentence == clause.sentence and other.has("conditional"):
            return True
    return any(other.has("reported_false") for other in scene.sentence(clause))


@_once
def failed(scene: Scene, clause: Clause) -> bool:
    """Whether what the clause tells of did not take place."""
    if not scene.says("failed"):
        return False
    after = scene.after(clause)
    nearby = [clause, after] if after and after.sentence == clause.sentence else [clause]
    return any(_fails(scene, other) for other in nearby)


def _fails(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of a failed contact; somebody absent fails none where others were there."""
    words = [scene.folded[w.start : w.end] for w in clause.words if w.group == "failed"]
    if not words or set(words) - ABSENT_WORDS:
        return bool(words)
    block = scene.block(clause)
    people = {f.text for c in block for f in c.all("person")}
    return len(people) < 2 and not any(STILL_THERE.search(c.text) for c in block)


@_once
def asked(scene: Scene, clause: Clause) -> bool:
    """Whether a clause is a question."""
    text = clause.text.rstrip(" ,。~!")
    if text.endswith("?") or (clause.has("question") and ("?" in text or text.endswith(ASKING_ENDS))):
        return True
    return MAY_WANT_TO_KNOW.search(text) is not None and WANTS_TO_KNOW.search(text) is not None


def day(find: Find, today: date | None = None) -> date | None:
    """The day of a find of kind "when", its last for a period; with `today`, 11.17 told in January is last year's."""
    when: When = find.value
    last = when.last_day
    if today and last and (last - today).days > FAR and BARE_DAY.fullmatch(find.text.strip()):
        return last.replace(year=last.year - 1, day=min(last.day, 28))
    return last


def is_next_week(scene: Scene, find: Find) -> bool:
    """Whether a mere weekday that is today's means the next one: 周五回访, said on Friday when work is over."""
    when: When = find.value
    is_over = scene.now.hour >= WORK_ENDS and (when.at is None or when.at <= scene.now)
    return is_over and when.last_day == scene.now.date() and MERE_WEEKDAY.match(find.text) is not None


@_once
def ahead(scene: Scene, clause: Clause) -> bool:
    """Whether the clause's own time lies after today."""
    times = clause.all("when")
    if not times:
        return False
    today = scene.now.date()
    return any((last := day(find, today)) is not None and last > today for find in times) or any(
        is_next_week(scene, find) for find in times
    )


@_once
def is_plan(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells what is still to be done."""
    if clause.heading.mode == "plan":
        return True
    if clause.heading.mode == "past":
        return False
    if not clause.has("past") and _points_ahead(clause):
        return True
    return ahead(scene, clause) and (not told_as_past(clause) or AGREED.search(clause.text) is not None)


def _points_ahead(clause: Clause) -> bool:
    """Whether a word for a time to come stands in a clause, outside of names: 明天 is none in 明天新能源."""
    said = FUTURE.search(clause.text)
    names = clause.all("customer", "deal")
    while said and any(find.start <= clause.start + said.start() < find.end for find in names):
        said = FUTURE.search(clause.text, said.end())
    return said is not None


def told_as_past(clause: Clause) -> bool:
    """Whether a clause's words look back."""
    known = clause.judged.get("past")
    if known is None:
        known = PAST.search(clause.text) is not None or (
            LATIN.search(clause.text) is not None and PAST_IN_ENGLISH.search(clause.text) is not None
        )
        clause.judged["past"] = known
    return known
