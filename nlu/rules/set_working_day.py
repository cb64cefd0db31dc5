"""An admin settles that a day is off or worked, or leaves it as published again; or somebody asks how it stands.

Slots: days When (one, or a stretch); is_working bool; is_published True where it shall be as published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.whole import ENDS, LONGEST, PLEASE

DAY = "§"  # stands for the day in the text
WE = r"(?:公司|我们公司|我们|咱们|全公司|全员|全体|大家)"
OFF = re.compile(
    rf"{PLEASE}{WE}?(?:定在|把)?{DAY}(?:是|定为|设为|设成|改为|,)?{WE}?(?:都|统一|也)?(?:放假|放一天假|放假日|公司假日)(?:一天)?"
    rf"|{PLEASE}{WE}{DAY}(?:都|统一)?(?:休息|不上班)|{PLEASE}{DAY}{WE}(?:都|统一)?(?:休息|不上班)"
    rf"|{DAY} (?:is|will be) (?:a |our )?(?:company |public )?(?:day off|holiday)"
    rf"|(?:take|make) {DAY} (?:a )?(?:day )?off"
    rf"|(?:we|we're|we are|the company is|the office is) (?:are )?(?:closed|off|not working) (?:on )?{DAY}"
    rf"|no work on {DAY}|{DAY} (?:is )?off for (?:everyone|everybody|all)"
)
WORKED = re.compile(
    rf"{PLEASE}{WE}?(?:把)?{DAY}(?:是|定为|设为|,)?{WE}?(?:都|统一|也)?(?:要)?(?:补班|补上班|调休上班|上班|照常上班|正常上班|算工作日|工作日)(?:一天)?"
    rf"|(?:we|everyone|everybody|the company) (?:will )?works? on {DAY}"
    rf"|{DAY} (?:is|will be) a (?:working day|workday|work day)"
)
PUBLISHED = re.compile(
    rf"{PLEASE}(?:把)?(?:恢复|还原){DAY}(?:的)?(?:设置|安排|原样|默认)?|{PLEASE}取消{DAY}(?:的)?(?:公司)?(?:放假|补班)(?:安排|设置)?"
    rf"|{PLEASE}(?:把)?{DAY}(?:恢复|还原)(?:原样|默认)?|{DAY}按(?:公告|国家安排|放假通知|国务院通知)(?:来)?"
    rf"|{PLEASE}(?:restore|reset) {DAY}(?: as published)?"
)
ASKED = re.compile(
    rf"{WE}?{DAY}{WE}?(?:放假吗|放不放假|上班吗|上不上班|要上班吗|是工作日吗|是不是工作日|休息吗)"
    rf"|(?:is {DAY} (?:a )?(?:working day|workday|day off|holiday)|do we work on {DAY})"
)
PART = re.compile(r"[早晚午夜晨]|morning|noon|evening|night")  # half a day is no day off
ASKS: tuple[tuple[re.Pattern[str], dict[str, bool]], ...] = (
    (OFF, {"is_working": False}),
    (WORKED, {"is_working": True}),
    (PUBLISHED, {"is_published": True}),
    (ASKED, {}),
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message tells of one day or stretch of days, and nothing else."""
    days = [find for find in scene.finds if find.kind == "when"]
    if clause.place or len(days) != 1 or len(scene.folded) > LONGEST:
        return
    day = days[0]
    told: When = day.value
    if told.at is not None or told.on is None or PART.search(day.text):
        return
    text = (scene.folded[: day.start] + DAY + scene.folded[day.end :]).strip(ENDS)
    for pattern, slots in ASKS:
        if pattern.fullmatch(text):
            yield {"days": told, **slots}
            return


WORDS = (
    "假",
    "班",
    "休息",
    "恢复",
    "还原",
    "工作日",
    "公告",
    "通知",
    "off",
    "work",
    "holiday",
    "closed",
    "restore",
    "reset",
)
RULES = (Rule("set_working_day", "command", (), read, kinds=("when",), whole=True, words=WORDS),)
EXAMPLES = (
    "12月31日公司放假",
    "公司12月31日放假",
    "1月9日周六补班",
    "12月30日到31日放假",
    "恢复12月31日",
    "2月30日公司放假",
    "12月31日放假吗",
    "31 Dec is a day off",
    "we work on Sat 9 Jan",
    "we are closed on 31 December",
    "reset 31 Dec",
)
COUNTER_EXAMPLES = (
    "12月31日晨岚放假",
    "何总12月31日休息",
    "12月31日上午放假",
    "明天加班",
    "恢复",
    "the customer is closed on 31 Dec",
    "明天上班给何总打电话",
    "31 Dec I am off to Shanghai",
)
