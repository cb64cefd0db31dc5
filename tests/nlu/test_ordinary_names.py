"""Customers whose short name is a word of every day count only where the sentence makes it a name."""

from __future__ import annotations

import pytest

from nlu.finders import company
from nlu.known import KnownContact, KnownCustomer, KnownDeal
from nlu.names import Names, fold

NAMES = Names()
NAMES.put_customers(
    (
        KnownCustomer(1, "天天科技有限公司", ("天天",), (KnownContact(11, "王利民", "总经理"),)),
        KnownCustomer(2, "杭州标准软件有限公司", ("标准",), (), (KnownDeal(21, "质检平台", "needs"),)),
        KnownCustomer(3, "大家食品有限公司", ("大家",), (KnownContact(31, "孟昭", "采购经理"),)),
        KnownCustomer(4, "2026文化传媒有限公司", ("2026",)),
        KnownCustomer(5, "的", ("的",)),
        KnownCustomer(6, "未来网络有限公司", ("未来",)),
    )
)


def named(text: str) -> set[object]:
    folded = fold(text)
    finds = company.find(folded, NAMES.places(folded))
    return {key for find in finds if isinstance(find.value, tuple) for key in find.value}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("今天去天天", 1),
        ("天天那边催报价了", 1),
        ("天天的王总说下周定", 1),
        ("天天王总打来电话", 1),
        ("上午跑了天天,没见到人", 1),
        ("跟标准签了,30万", 2),
        ("标准那单推到商务谈判", 2),
        ("给标准报价8万", 2),
        ("标准的质检平台又往后拖了", 2),
        ("去了大家,孟经理不在", 3),
        ("大家的孟经理换号了", 3),
        ("2026那边的合同寄出去了", 4),
        ("未来签了!", 6),
        ("明天下午去未来聊续约", 6),
        ("1. 未来:下周签约", 6),
        ("天天科技有限公司打款了", 1),
    ],
)
def test_a_word_of_every_day_is_a_name_where_only_a_name_may_stand(text: str, key: int) -> None:
    assert named(text) == {key}


@pytest.mark.parametrize(
    "text",
    [
        "我们天天跑,客户还是不满意",
        "大家辛苦了",
        "大家,周报今天交",
        "跟大家聊了下周的安排",
        "这是标准版本的报价",
        "按标准报价就行",
        "给标准版报价",
        "对方要求的标准很高,未来再谈",
        "到未来三年预算都够",
        "2026年3月签的合同",
        "2026",
        "计划是2026年底上线的",
        "我的的确确说过",
    ],
)
def test_elsewhere_it_is_what_it_is(text: str) -> None:
    assert named(text) <= ({4} if text == "2026" else set())
