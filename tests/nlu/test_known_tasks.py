"""Known tasks told as finished or moved, by number or paraphrase; and faults that customers report."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.finders import task_ref
from nlu.rule import Reading
from nlu.understand import understand

NAMES = example_names()  # 7: 给晨岚何总发修订方案, due Tuesday the 24th; 8: 准备白鹭仓储平台演示环境, due on the 27th


def only(text: str, intent: str) -> Reading:
    """The one reading of an intent in a text."""
    (found,) = (r for r in understand(text, now=NOW, names=NAMES, sender=SENDER).readings if r.intent == intent)
    return found


@pytest.mark.parametrize(
    "text",
    ["7 搞定", "7、8都弄完了", "第7条完成了", "T7 done", "关7", "7号可以关", "that's 7 done", "task no. 7 is done"],
)
def test_a_known_number_is_found_where_something_is_done_to_it(text: str) -> None:
    assert 7 in [find.value for find in task_ref.find(text.lower(), NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "7套设备推到下周",
        "7月交货",
        "7.5完成",
        "we need 7 units by friday",
        "预算 7，推到下周",
        "7% done",
        "第7条款改了",
    ],
)
def test_a_number_of_something_else_is_no_task(text: str) -> None:
    assert task_ref.find(text, NAMES) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("#7 往后拖三天", date(2026, 11, 27)),
        ("#7 提前一天", date(2026, 11, 23)),
        ("#7 晚一周", date(2026, 12, 1)),
        ("#7 顺延两个工作日", date(2026, 11, 26)),
        ("push #7 back by a week", date(2026, 12, 1)),
        ("#7 原定周二的,推到下周五", date(2026, 11, 27)),
        ("#7 去不了,改30号", date(2026, 11, 30)),
        ("白鹭的演示环境还没到货。日子往后改到12月4号", date(2026, 12, 4)),
    ],
)
def test_a_task_moves_to_the_day_told_or_so_many_days_from_its_own(text: str, due: date) -> None:
    assert only(text, "move_task").slots["due"].last_day == due


def test_several_tasks_of_one_message_each_get_their_own() -> None:
    assert only("#7 推到下周三,#8 搞定了", "move_task").slots["task"] == 7
    assert only("#7 推到下周三,#8 搞定了", "finish_task").slots["task"] == 8


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("白鹭沈经理投诉:货架开裂了,刚用两周", "货架开裂，用两周"),
        ("晨岚何总发火了,说排产界面一直转圈", "排产界面一直转圈"),
        ("Northwind reports that the probe keeps losing its signal", "the probe keeps losing its signal"),
    ],
)
def test_a_ticket_is_titled_by_what_is_wrong(text: str, title: str) -> None:
    assert only(text, "note_ticket").slots["title"] == title
