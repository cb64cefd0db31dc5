"""What is told in jest, or only supposed, reports nothing; what stands beside it does."""

from __future__ import annotations

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.understand import understand

NAMES = example_names()


def intents(text: str) -> list[str]:
    return [r.intent for r in understand(text, now=NOW, names=NAMES, sender=SENDER).readings]


@pytest.mark.parametrize(
    "text",
    [
        "白鹭签了,一个亿!愚人节快乐",
        "晨岚那单八千万成交,开玩笑的",
        "晨岚签了80万。别当真",
        "Northwind signed for two million. Just kidding",
        "要是何总点头,晨岚月底前就能签,八十万跑不了",
    ],
)
def test_a_joke_and_a_hope_report_nothing(text: str) -> None:
    assert not {"update_deal", "note_contract"} & set(intents(text))


def test_the_same_said_in_earnest_is_a_win() -> None:
    assert "update_deal" in intents("白鹭签了,一个亿!")


def test_another_line_stands() -> None:
    assert intents("白鹭签了,开玩笑的\n明天上午十点去晨岚拜访何总") == ["create_task"]


@pytest.mark.parametrize("text", ["周末谁去爬山", "有没有人周五打球", "中午吃什么呀"])
def test_what_asks_about_pastimes_asks_for_no_record(text: str) -> None:
    assert intents(text) == []
