"""Tasks for several customers or for everybody, put off in a question, closed by what is said behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.deadlines import deadline_of
from nlu.examples import NOW, SENDER, example_names
from nlu.rules import create_task, move_task
from nlu.scene import Scene, lay_out
from nlu.settle import settle

NAMES = example_names()


def scene_of(text: str) -> Scene:
    scene = lay_out(text, NOW, NAMES, SENDER)
    settle(scene)
    return scene


def wanted(text: str) -> list[dict[str, Any]]:
    """What the clauses of a text may want done."""
    scene = scene_of(text)
    return [slots for clause in scene.clauses for slots in create_task.read_perhaps(scene, clause)]


def test_each_customer_named_has_a_task_with_its_own_time() -> None:
    both = wanted("明天10点、2点分别去晨岚、白鹭")
    assert len({slots["customer"].key for slots in both}) == 2
    assert [slots["due"].at.hour for slots in both] == [10, 14]


def test_what_all_are_called_on_for_is_nobodys_in_particular() -> None:
    assert wanted("各位把拜访记录补齐")[0]["for_everyone"]
    assert "for_everyone" not in wanted("把拜访记录补齐")[0]


def test_an_afterthought_is_no_task() -> None:
    assert wanted("别拖到周五") == []


def test_a_task_asked_to_be_put_off_may_move() -> None:
    scene = scene_of("#7 能缓到下周二吗")
    told = [slots for clause in scene.clauses for slots in move_task.read_likely(scene, clause)]
    assert [(slots["task"], slots["due"].last_day) for slots in told] == [(7, date(2026, 11, 24))]


@pytest.mark.parametrize("text", ["把节前的记录补齐,下周二截止", "给何总发个中秋目录,下周二"])
def test_a_deadline_is_the_one_that_is_meant(text: str) -> None:
    scene = scene_of(text)
    due = deadline_of(scene, scene.clauses[0])
    assert due
    assert due.last_day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "cut_before"),
    [
        ("今天陪何总来我们厂里看了样机他说还可以", None),
        ("下班前给人家写个书面说明再发给何总看一看", None),
        ("你明天去找何总把评分细则摸清楚礼拜一上午咱们几个碰一下", "礼拜一"),
    ],
)
def test_a_run_is_cut_where_a_thing_has_been_told(text: str, cut_before: str | None) -> None:
    clauses = [clause.text for clause in scene_of(text).clauses]
    assert not any(clause.startswith(("我们厂", "人家")) for clause in clauses)
    assert cut_before is None or any(clause.startswith(cut_before) for clause in clauses)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@方一诺 @石佳 周五前把晨岚的方案过一遍", ["方一诺", "石佳"]),
        ("方一诺和石佳下周二去白鹭勘场", ["方一诺", "石佳"]),
        ("请方一诺、石佳周三前把标书装订好", ["方一诺", "石佳"]),
        ("让方一诺跟石佳一起去白鹭装机", ["方一诺"]),
        ("方一诺石佳,谁有空谁去白鹭看看", ["方一诺"]),
    ],
)
def test_each_colleague_called_on_for_the_same_has_a_task(text: str, who: list[str]) -> None:
    assert [slots["assignee"].key for slots in wanted(text)][: len(who) + 1] == who
