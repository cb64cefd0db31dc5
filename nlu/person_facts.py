"""What a clause tells of a person: numbers and addresses, a birthday, a title, that they left; and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from nlu.clauses import Clause
from nlu.lexicon import words
from nlu.mood import failed
from nlu.rule import When
from nlu.scene import Scene
from nlu.telling import due_at, told_at

JOB = "|".join(sorted((word for word in words("job") if not word.isascii()), key=len, reverse=True))
LATIN_JOB = "|".join(sorted((word for word in words("job") if word.isascii()), key=len, reverse=True))
CHINESE_TITLE = rf"[一-鿿a-z]{{0,8}}?(?:{JOB}|市场部|(?<![a-z])(?:{LATIN_JOB})(?![a-z]))"
LATIN_TITLE = rf"(?:[a-z&/-]{{1,16}} ){{0,3}}?(?:{LATIN_JOB})\b(?: (?:of|for) [a-z]+)?"
BECAME = re.compile(  # behind whoever it is told of: 何总升任副总裁了, got bumped up to Director
    r"(?:升任|升为|升职为?|升咗做|升做|升到|升了?|晋升为?|提为|提了|调任|转任|调去做|改任|接任|出任|转做|职[位务](?:升|是|改成|改为|变成)?"
    r"|现在是|而家系|而家做|promoted to|moved up to|bumped up to|now|is now(?: the)?|made|became|been made)[ ]?"
    rf"(?P<title>{CHINESE_TITLE}(?=[了咗,。;!?\s]|$)|{LATIN_TITLE})"
)
IS_NOW = re.compile(rf"\b(?:he|she)(?:'s| is)(?: the| their)? (?P<title>{LATIN_TITLE}) now\b")  # he's CEO now
IS_TITLE = re.compile(  # right behind a person: 张工是他们的技术负责人
    rf"(?:就|现在)?是(?:[他她]们|对方|客户|[那这]边|[他她])?(?:家|公司|那边)?的?(?P<zh>{CHINESE_TITLE})(?=[,。;!]|$)"
    rf"|(?:'s| is) (?:now )?(?:their|the|an?) (?:new )?(?P<en>{LATIN_TITLE})(?=[,.;!]|$)"
)
WECHAT = re.compile(
    r"(?:微信号?|(?<![a-z])(?:wx|vx|wechat|line(?= ?id| ?[:：是]|账号)))(?:号|id| id| account)?"
    r"(?:是|系|改成|改为|换成|为| is| to)?[ :：]{0,3}"
    r"(?P<id>[a-z][a-z0-9_-]{4,24})"
)
NO_EMAIL = re.compile(  # what is called an e-mail address and is none: somebody must be asked
    r"(?:邮箱|电邮|邮件地址|e-?mail)(?:地址)?(?:是|改成|改为|换成|为| is| to| address is)?[ :]{0,3}"
    r"(?P<said>[a-z0-9][a-z0-9_%+-]{0,40}[.@][a-z0-9._%+@-]{1,60})(?![a-z0-9])"
)
SAME_NUMBER = re.compile(
    r"微信号?(?:也是?|就是|[跟和与同])?(?:这个)?(?:手机号?|电话|号码)?(?:同号|同手机|同步|同一个|一样|一个号|相同)"
    r"|微信号?就是(?:这个)?(?:手机|电话)"
)
CHAT_NAME = re.compile(  # told in a clause of its own
    r"[ ,:]*(?P<id>(?=[a-z0-9-]{0,24}[\d_])[a-z][a-z0-9_-]{4,24})[ ,。.!]*"
)
CHAT = re.compile("微信|wx|vx|wechat|line")
LEFT = re.compile(
    r"离职|辞职|离开(?:了)?公司|跳槽|退休|调走|调离|被裁|走人了|不在[^,。]{0,8}(?:干|做|公司|上班|那边|他们那)[^,。]{0,2}了"
    r"|has left\b|left (?:the company|the firm)|resigned\b|retired\b|quit\b|no longer (?:works?|with|at)\b"
)
STAYS = re.compile(r"没|不会|前任|之前")
BIRTHDAY = re.compile(r"生日|过生|诞辰|大寿|寿辰|生辰|牛一|birthday|bday|born on")
OWN_LINE = re.compile(r"(?:座机|直线|分机|direct)")


class Fact(NamedTuple):
    """One thing told of a person, and where in the text."""

    slot: str
    value: Any
    at: int


def facts_of(scene: Scene, clause: Clause) -> Iterator[Fact]:
    """What a clause tells of people, whoever they are."""
    yield from _numbers(scene, clause)
    born = clause.first("when")
    if born and born.value.on and _is_of_birthday(scene, clause):
        days = [find for find in clause.all("when") if find.value.on]
        last = days[-1].value if re.search("不对|不是|说错|sorry|no,", clause.text) else born.value
        yield Fact("birthday", last if last.wrong else _birthday(scene, last.on), born.start)
    said = LEFT.search(clause.text)
    if said and not failed(scene, clause) and not STAYS.search(clause.text):
        left_on = due_at(scene, clause) or told_at(scene, clause) or When(on=scene.now.date())
        yield Fact("left_on", left_on, clause.start + said.start())
    yield from _titles(scene, clause)


def _is_of_birthday(scene: Scene, clause: Clause) -> bool:
    """Whether a clause or, with no day in it, the one before speaks of a birthday."""
    before = scene.before(clause)
    is_told_before = before and before.sentence == clause.sentence and not before.first("when")
    return bool(BIRTHDAY.search(clause.text) or (before and is_told_before and BIRTHDAY.search(before.text)))


def _numbers(scene: Scene, clause: Clause) -> Iterator[Fact]:
    if (phone := clause.first("phone")) and (not clause.has("switchboard") or OWN_LINE.search(clause.text)):
        number = phone.value if phone.rule == "spoken" else scene.original(phone.start, phone.end)
        yield Fact("phone", number, phone.start)
        if SAME_NUMBER.search("".join(other.text for other in scene.sentence(clause))):
            yield Fact("wechat", number, phone.start)
    if email := clause.first("email"):
        yield Fact("email", email.value, email.start)
    elif cut_short := NO_EMAIL.search(clause.text):
        yield _said("email", scene, clause, cut_short, "said")
    if CHAT.search(clause.text):
        after = scene.after(clause)
        if wechat := WECHAT.search(clause.text):
            yield _said("wechat", scene, clause, wechat, "id")
        elif after and after.sentence == clause.sentence and (own := CHAT_NAME.fullmatch(after.text)):
            yield _said("wechat", scene, after, own, "id")


def _titles(scene: Scene, clause: Clause) -> Iterator[Fact]:
    if said := BECAME.search(clause.text) or IS_NOW.search(clause.text):
        yield _said("title", scene, clause, said, "title")
    for find in clause.all("person"):
        if said := IS_TITLE.match(scene.folded, find.end, clause.end):
            yield Fact("title", scene.original(*said.span("zh" if said["zh"] else "en")), find.end)


def _said(slot: str, scene: Scene, clause: Clause, said: re.Match[str], group: str) -> Fact:
    start, end = clause.start + said.start(group), clause.start + said.end(group)
    return Fact(slot, scene.original(start, end), start)


def _birthday(scene: Scene, day: date) -> str:
    """MM-DD; with the year where the message gives one."""
    return day.isoformat() if day.year < scene.now.year - 10 else f"{day:%m-%d}"
