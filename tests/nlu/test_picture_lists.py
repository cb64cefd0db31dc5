"""Reports and minutes whose lines and headings bear pictures: 📌 今天, ✅ 拜访…, ⏰ 明天."""

from __future__ import annotations

from nlu.examples import NOW, SENDER, example_names
from nlu.scene import Scene, lay_out
from nlu.settle import settle

NAMES = example_names()


def scene_of(text: str) -> Scene:
    scene = lay_out(text, NOW, NAMES, SENDER)
    settle(scene)
    return scene


def modes(text: str) -> list[str]:
    return [clause.heading.mode for clause in scene_of(text).clauses]


def test_a_picture_before_a_heading_hides_it_not() -> None:
    assert modes("今日小结\n✅ 拜访晨岚何总\n⏰ 明天\n- 去白鹭") == ["past", "plan"]


def test_items_below_a_heading_bear_any_picture() -> None:
    assert modes("👉 下一步\n🔸 去晨岚\n📦 给白鹭寄样") == ["plan", "plan"]


def test_the_picture_is_no_part_of_an_item() -> None:
    assert [clause.text for clause in scene_of("会议纪要\n🔸给晨岚发方案\n✔️ 白鹭寄样").clauses] == [
        "给晨岚发方案",
        "白鹭寄样",
    ]


def test_a_message_of_one_line_is_no_list() -> None:
    assert not any(clause.listed for clause in scene_of("🎉 白鹭签了").clauses)


def test_an_item_that_names_somebody_known_elsewhere_is_about_them() -> None:
    clauses = scene_of("晨岚:下周三开会\n下周计划\n1. 拜访祝厂长").clauses
    assert clauses[-1].customer is not None
    assert clauses[-1].customer.key == "星河苏州"
