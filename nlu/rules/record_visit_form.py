"""A contact told as a form, line by line (客户: …, 时间: …, 参会: …). Slots: those of `record_visit`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Find, Rule
from nlu.scene import Scene
from nlu.settle import people_of
from nlu.telling import sums

LINE = re.compile(
    r"(?:^|\n)[^\n::]{0,4}(?:客户|来访单位|对象|试用单位|单位|时间|日期|地点|参会|与会|来访人|受访|被访|甲方|出席|方式|形式"
    r"|customer|client|account|date|time|attendees|participants|location|present)[^\n::]{0,6}[::]"
)
TITLE = re.compile(r"拜访|来访|走访|接待|沟通|会议|纪要|记录|电话|视频|交流|洽谈|visit|meeting|minutes|call|notes")
MINUTES = re.compile(r"纪要|会议记录|\bminutes\b|\bnotes\b")
INTERNAL = re.compile(r"例会|晨会|周会|内部|部门|月会")
WHEN_LINE = re.compile(r"(?:时间|日期|date|time)[^::]{0,2}[::]")
WHO_LINE = re.compile(
    r"(?:参会|与会|来访人|受访|被访|客户方|甲方|对方|联系人|人员|对象|参加|出席|attendees|participants"
    r"|present|contact)[^::]{0,4}[::]"
)
CHANNELS = (
    ("office", r"来访|接待"),
    ("online", r"视频|线上|在线|远程|电话会议|腾讯会议|video|online|remote|zoom|teams|webex|virtual"),
    ("phone", r"电话|call|phone"),
    ("event", r"展会|峰会|展览|expo|fair|conference(?! call)"),
    ("meal", r"午餐|晚餐|宴请|lunch|dinner"),
    ("onsite", r""),
)
CHANNEL_LINE = re.compile(r"(?:^|\n)[^\n::]{0,4}(?:方式|形式)[^\n::]{0,2}[::](?P<how>[^\n]{1,12})")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The contact that the lines of a form tell of; asked once, of the message's first clause."""
    labels = len(LINE.findall(scene.folded)) if clause is scene.clauses[0] else 0
    if not labels:
        return
    title = scene.folded.strip().split("\n")[0]
    customer = next((c.customer for c in scene.clauses if c.customer), None)
    if (
        customer is None
        or not TITLE.search(title)
        or INTERNAL.search(title)
        or (labels < 2 and not MINUTES.search(title))
    ):
        return
    slots: dict[str, Any] = {"customer": customer}
    if labels > 1 or "拜访" in title or _channel(scene, title) != "onsite":
        slots["channel"] = _channel(scene, title)
    people = {
        p.key or p.text: p for c in scene.clauses if _on_line(scene, c, WHO_LINE) for p in people_of(scene, c, customer)
    }
    if people:
        slots["contacts"] = tuple(people.values())
    dated = [f for f in scene.finds if f.kind == "when" and f.end <= len(title) + 1]
    if told := _first(scene, WHEN_LINE) or (dated[0] if dated else None):
        slots["at"] = told.value
    yield slots | _what_else(scene)


def _channel(scene: Scene, title: str) -> str:
    said = CHANNEL_LINE.search(scene.folded)
    told = said["how"] if said else title
    return next(channel for channel, pattern in CHANNELS if re.search(pattern, told))


def _on_line(scene: Scene, clause: Clause, label: re.Pattern[str]) -> bool:
    """Whether a clause stands on a line that begins with a label."""
    start = scene.folded.rfind("\n", 0, clause.start) + 1
    return bool(label.search(scene.folded[start : start + 14]))


def _first(scene: Scene, label: re.Pattern[str]) -> Find | None:
    return next((f for c in scene.clauses if _on_line(scene, c, label) for f in c.all("when")), None)


def _what_else(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for clause in scene.clauses:
        if clause.has("budget") and (told := sums(scene, clause)):
            found["budget"] = told[-1].value
    if names := tuple(dict.fromkeys(f.value for c in scene.clauses for f in c.all("competitor"))):
        found["competitors"] = names
    return found


RULES = (Rule("record_visit", "form", (), read, words=(":",), certain=True),)
EXAMPLES = ("拜访纪要\n客户:晨岚\n时间:2026年11月18日 10:00\n参会:何建明",)
COUNTER_EXAMPLES = ("客户:晨岚",)
