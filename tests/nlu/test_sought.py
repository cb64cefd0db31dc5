"""Short messages: which of them wait to hear what is found, and which are talk."""

from __future__ import annotations

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.sought import must_be_answered, sought
from nlu.understand import understand

NAMES = example_names()
SEARCHES = (
    *[
        "金石",
        "金石科技",
        "王建民",
        "张伟民",
        "欧阳锋",
        "陈总",
        "明泰",
        "华星",
        "蓝鲸",
        "宏达",
        "恒力",
        "院长",
        "技术总监",
        "采购经理",
        "找金石",
        "搜一下天气",
    ],
    *("Acme", "Acme Corp", "Stark Industries", "Jane Kowalski", "qqzz", "hxkj", "CTO", "查一下 qqzz", "find Acme"),
    *("8842", "13812345678", "138 1234 5678", "+44 20 7946 0958", "look up Blue Harbor"),
)
TALK = (
    *[
        "好的",
        "收到",
        "哈哈",
        "嗯嗯知道了",
        "辛苦",
        "辛苦大家了",
        "今天好累",
        "好热",
        "累死",
        "在开会",
        "堵在路上",
        "快到了",
        "没谈成",
        "嫌贵",
        "太贵",
        "预算不够",
    ],
    *[
        "下周再说",
        "改天再约",
        "等领导",
        "没人接",
        "先这样",
        "差不多",
        "有戏",
        "不错",
        "牛啊",
        "666",
        "已回款",
        "报价已发",
        "待跟进",
        "意向一般",
        "热度高",
    ],
    *["流标", "比价", "请客", "技术交流", "三月", "下午三点", "八十万", "新建商机", "看看再说", "找他聊了"],
    *("ok thanks", "sounds good", "will do", "on it", "makes sense", "running late", "no answer", "price too high"),
    *("brb", "hmm", "wfh", "TBD", "Good Morning", "Happy Friday", "Monday", "10%", "200k", "12:30"),
    "show me the money",
)


def is_answered(text: str) -> bool:
    """Whether a message in which nothing is read, of words that nobody goes by, is told that nothing was found."""
    finds = understand(text, now=NOW, names=NAMES, sender=SENDER).finds
    return any(must_be_answered(said, finds) for said in sought(text))


@pytest.mark.parametrize("text", SEARCHES)
def test_a_name_a_number_or_a_search_in_words_is_answered(text: str) -> None:
    assert is_answered(text)


@pytest.mark.parametrize("text", TALK)
def test_talk_and_half_a_report_are_not_taken_for_a_search(text: str) -> None:
    assert not is_answered(text)
