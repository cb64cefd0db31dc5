"""A name that nobody bears, misheard or mistyped, means the one known customer that it fits, and is marked so."""

from __future__ import annotations

import pytest

from nlu.examples import NOW
from nlu.known import KnownContact, KnownCustomer
from nlu.names import Names
from nlu.understand import understand

NAMES = Names()
NAMES.put_customers(
    (
        KnownCustomer(1, "上海华信科技有限公司", ("华信",), (KnownContact(11, "王敏", "总经理"),)),
        KnownCustomer(2, "无锡晨岚环保设备有限公司", ()),
        KnownCustomer(3, "苏州金鸡湖酒店有限公司", ("金鸡湖",)),
        KnownCustomer(4, "宁波远帆物流有限公司", ("远帆",)),
        KnownCustomer(5, "台州远凡机械有限公司", ("远凡",)),
        KnownCustomer(6, "青岛蓝海湾食品有限公司", ()),
    )
)


def customers(text: str) -> set[tuple[object, str]]:
    readings = understand(text, now=NOW, names=NAMES).readings
    found = (reading.slots.get("customer") for reading in readings)
    return {(mention.key, mention.by) for mention in found if mention is not None}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("今天下午去了华新,聊了续约", 1),
        ("昨天拜访了华鑫的王总,预算80万", 1),
        ("华欣那边签了,合同30万", 1),
        ("今天去了辰兰,看了现场", 2),
        ("刚去了金鸡胡,见了他们采购", 3),
        ("今天去了蓝湾海,聊了冷库", 6),
    ],
)
def test_it_is_read_as_the_one_that_fits(text: str, key: int) -> None:
    assert customers(text) == {(key, "alike")}


def test_one_that_fits_exactly_counts_alone() -> None:
    assert customers("今天下午去了华信,聊了续约") == {(1, "")}


@pytest.mark.parametrize("text", ["今天去了源帆,聊了运费", "今天去了瑞麟,聊了续约"])
def test_where_several_fit_or_none_it_stays_unknown(text: str) -> None:
    assert {key for key, _ in customers(text)} == {None}


@pytest.mark.parametrize("text", ["花心思给客户签了", "跟化学的李老师聊了", "大家辛苦了", "金鸡报晓"])
def test_words_are_no_names(text: str) -> None:
    assert {key for key, _ in customers(text)} <= {None}
