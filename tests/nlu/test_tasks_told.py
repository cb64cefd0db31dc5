"""Tasks as people tell them: who is to do them, by when, and what they are called, told in one clause or in several."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.assignees import assignee_of
from nlu.deadlines import deadline_of
from nlu.examples import NOW, SENDER, example_names
from nlu.rule import When
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.titles import title_of
from nlu.understand import understand

NAMES = example_names()


def scene_of(text: str) -> Scene:
    scene = lay_out(text, NOW, NAMES, SENDER)
    settle(scene)
    return scene


def doer(text: str) -> Any:
    """Who does what the last clause wants."""
    scene = scene_of(text)
    find = assignee_of(scene, scene.clauses[-1])
    return find.value[0] if find else None


def due(text: str) -> When | None:
    """By when the last clause wants something done."""
    scene = scene_of(text)
    return deadline_of(scene, scene.clauses[-1])


def title(text: str) -> str:
    scene = scene_of(text)
    return title_of(scene, scene.clauses[-1], assignee_of(scene, scene.clauses[-1]))


@pytest.mark.parametrize(
    "text",
    [
        "小方,白鹭的演示环境周二前搭好",
        "一诺 白鹭的演示环境周二前搭好",
        "@一诺 白鹭的演示环境周二前搭好",
        "小方——下周二前,把白鹭的演示环境搭好",
        "演示环境下周二前由小方搭好",
        "下周二前搭好演示环境(小方负责)",
        "白鹭那边要看演示,小方你准备一下",
        "安排小方去白鹭,下周二前把环境搭好",
        "下周二前搭好演示环境,小方",
        "一诺 to prepare the demo by Tuesday",
        "Get 一诺 to prepare the demo by Tuesday",
    ],
)
def test_a_colleague_called_on_in_any_way_does_it(text: str) -> None:
    scene = scene_of(text)
    assert "方一诺" in [find.value[0] for c in scene.clauses if (find := assignee_of(scene, c))]
    assert doer(text) in ("方一诺", None)


@pytest.mark.parametrize(
    "text",
    [
        "小方说白鹭要看演示,我下周二前准备",
        "跟小方一起下周二去白鹭演示",
        "下周二前把环境清单发给小方",
        "石总让我下周二前把合同改好",
        "小方,合同我下周二前给你",
        "下周二我带小方去白鹭",
    ],
)
def test_who_speaks_comes_along_or_receives_is_not_the_one(text: str) -> None:
    assert doer(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("下周二之前,把报价发给何总", date(2026, 11, 24)),
        ("把报价发给何总,最晚下周二", date(2026, 11, 24)),
        ("下周二去晨岚,给何总带两份样品", date(2026, 11, 24)),
        ("下周三何总过生日,提前一天给他送花", date(2026, 11, 24)),
        ("下周二前两件事:给何总发报价;把样品寄了", date(2026, 11, 24)),
        ("演示定在下周二", date(2026, 11, 24)),
        ("明年的框架价下周二前报出来", date(2026, 11, 24)),
        ("何总那份下周二给;白鹭那份也是", date(2026, 11, 24)),
    ],
)
def test_a_deadline_may_stand_beside_what_is_to_be_done(text: str, day: date) -> None:
    scene = scene_of(text)
    found = [told.last_day for c in scene.clauses if (told := deadline_of(scene, c))]
    assert found
    assert found[-1] == day


@pytest.mark.parametrize("text", ["下周二去晨岚,下午三点", "下周二,下午三点去晨岚", "约了何总下周二,下午三点到"])
def test_a_day_and_an_hour_told_apart_are_one_time(text: str) -> None:
    scene = scene_of(text)
    times = {told.at for c in scene.clauses if (told := deadline_of(scene, c))}
    assert {at.strftime("%m-%d %H:%M") for at in times if at} == {"11-24 15:00"}


def test_what_is_over_lends_no_time_to_what_follows() -> None:
    assert due("今天上午去了晨岚,给何总补一份样品") is None


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("何总要一份报价单,我下周二发他", "报价单"),
        ("修订方案改到第三版了,下周二前给沈经理", "修订方案"),
        ("Lena wants a leasing option, 一诺 please draft one by Tuesday", "leasing option"),
        ("白鹭的验收报告还没写,小方你跟进一下", "验收报告"),
    ],
)
def test_a_bare_verb_takes_the_thing_from_the_clause_before(text: str, thing: str) -> None:
    assert thing in title(text)


def test_a_title_holds_what_is_to_be_done_without_time_and_address() -> None:
    assert title("小方:下周二前把白鹭的验收报告发给沈经理吧") == "把白鹭的验收报告发给沈经理"
    assert title("Remind me to call Lena on Friday") == "call Lena"


def test_several_tasks_follow_one_call() -> None:
    read = understand(
        "小方,周二前把白鹭的演示环境搭好,周四前把验收报告写完", now=NOW, names=NAMES, sender=SENDER
    ).readings
    told = [(r.slots["assignee"].key, r.slots["due"].last_day) for r in read if r.intent == "create_task"]
    assert told == [("方一诺", date(2026, 11, 24)), ("方一诺", date(2026, 11, 26))]


@pytest.mark.parametrize(
    "text", ["Q4 review定在周四2pm", "the November review with Northwind, Thursday 2pm", "year-end review on Thu 2pm"]
)
def test_a_day_counts_before_the_period_that_a_thing_is_of(text: str) -> None:
    told = due(text)
    assert told is not None
    assert told.at is not None
    assert (told.at.weekday(), told.at.hour) == (3, 14)


def test_a_period_that_only_names_a_thing_is_no_deadline() -> None:
    assert due("send Northwind the January schedule") is None
