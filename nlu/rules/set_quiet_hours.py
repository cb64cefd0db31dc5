"""The sender tells at which hours they want no pushes, or when they work; or asks what is kept.

Slots: quiet, working str as HH:MM-HH:MM (25:00 too, where it was told), neither where they are only asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.clock_times import STRETCH, stretch_of
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

A, B, C, D = (rf"(?:从|from |between )?(?P<{name}>{STRETCH})(?:之间|期间|这段时间)?" for name in "abcd")
SET = r"(?:改成|改到|改为|设成|设为|设置为|设置成|设置到|调到|调成|定为|定在|是|为|:|,)?"
ENGLISH_SET = r"(?: are| is| to| should be|:|,)?(?: now)?"
QUIET = re.compile(
    rf"{PLEASE}(?:把)?(?:我的?)?(?:设置?|设定|开启|打开)?(?:免打扰|勿扰|静音)(?:时间|时段|模式)?(?:段)?{SET} ?{A}"
    rf"|{PLEASE}(?:每天)?{B},?(?:请|都|就)?(?:不要|别|勿|不许)(?:再)?"
    r"(?:打扰|打搅|吵|烦|(?:给我)?发(?:消息|提醒|推送)|提醒|推送)(?:我|给我)?"
    rf"|{PLEASE}(?:set |change |move )?(?:my |the )?(?:quiet|silent) (?:hours|time){ENGLISH_SET} ?{C}"
    rf"|{PLEASE}(?:(?:do not|don't|don’t|never) (?:disturb|bother|ping|message|notify)(?: me)?|dnd),? {D}"
)
WORKING = re.compile(
    rf"{PLEASE}(?:把)?(?:我的?)?(?:工作|上班|办公)(?:时间|时段){SET} ?{A}"
    rf"|我(?:是|一般|平时)?(?:每天)?{B}(?:上班|工作)"
    rf"|{PLEASE}(?:set |change )?my (?:working|work|office|business) (?:hours|time){ENGLISH_SET} ?{C}"
    rf"|i work {D}"
)
ASKED = re.compile(
    r"(?:查看|看看|看一下)?我的(?:免打扰|勿扰|工作|上班)(?:时间|时段)(?:段)?(?:是)?(?:什么|几点|多少|什么时候|怎么设的)?"
    r"|(?:查看|看看)(?:免打扰|勿扰)(?:时间|时段)?|免打扰(?:时间|时段)?(?:是)?(?:什么时候|几点|多少)"
    r"|(?:show |what are |when are )?(?:me )?my (?:quiet|silent|working|work) hours"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the setting, or the question."""
    if whole(scene, clause, ASKED):
        yield {}
    elif said := whole(scene, clause, QUIET):
        yield {"quiet": _quiet(_span(said))}
    elif said := whole(scene, clause, WORKING):
        yield {"working": _working(_span(said))}


def _span(said: re.Match[str]) -> str:
    return next(text for text in said.groupdict().values() if text)


def _quiet(span: str) -> str:
    """They run into the next morning: 10 to 7 begin at 22:00."""
    since, until = stretch_of(span)
    if since.is_open and since.hour >= 6 and (until.hour, until.minute) < (since.hour, since.minute):
        since = since.later
    return f"{since}-{until}"


def _working(span: str) -> str:
    """They end later than they begin: 9 to 6 end at 18:00."""
    since, until = stretch_of(span)
    if until.is_open and until.hour < 12 and (until.hour, until.minute) <= (since.hour, since.minute):
        until = until.later
    return f"{since}-{until}"


CHINESE = ("扰", "吵", "烦", "静音", "时间", "时段", "上班", "工作", "别", "不要", "勿")
ENGLISH = ("hours", "disturb", "bother", "ping", "message", "notify", "dnd", "time", "work")
WORDS = CHINESE + ENGLISH
RULES = (Rule("set_quiet_hours", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "免打扰 22:00-7:30",
    "晚上10点到早上7点半别打扰我",
    "把免打扰时间改成晚上11点到早上8点",
    "免打扰 25:00-7:30",
    "工作时间9点到6点",
    "我的工作时间是早上九点半到下午六点",
    "我的免打扰时间",
    "quiet hours 22:00 to 7:30",
    "set my quiet hours to 10pm-7am",
    "don't disturb me between 10pm and 7:30am",
    "my working hours are 9 to 6",
    "what are my quiet hours?",
)
COUNTER_EXAMPLES = (
    "晨岚的工作时间是9点到6点",
    "明天9点到11点去晨岚开会",
    "今晚10点别忘了给何总发方案",
    "何总说晚上别打扰他",
    "tomorrow 9 to 11 meeting with the customer",
    "the customer's working hours are 9 to 6",
    "免打扰功能客户也要",
)
