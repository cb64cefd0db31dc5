"""No text makes understanding fail, and no world: an empty one, a customer called 的 or 2026."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.examples import NOW, SENDER, example_names
from nlu.known import Focus, KnownContact, KnownCustomer, KnownDeal
from nlu.names import Names
from nlu.understand import LONGEST, understand

NAMES = example_names()
WORDS = """
晨岚 何总 白鹭 星河 Lena Northwind 小方 @一诺 #7 仓储平台 方案报价 签了 丢了 预算 80万 1.2个亿 HKD 50k 八折 三成
下周三前 明天 12月31日 2月30号 去了 电话 微信 报价 合同 首付 到账 投诉 坏了 完成 推到 提醒我 如果 没 吗 ? , 。 1、
- 【 】 ( ) : 🎉 的 2026 新客户 联系人 拍板 哪些 单子 and met by
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.booleans())
def test_no_row_of_words_makes_it_fail(pieces: list[str], is_spaced: bool) -> None:
    text = (" " if is_spaced else "").join(pieces)
    read = understand(text, now=NOW, names=NAMES, sender=SENDER, focus=Focus("白鹭"))
    assert all(0 <= reading.start <= reading.end <= len(text) for reading in read.readings)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_at_all_makes_it_fail(text: str) -> None:
    understand(text, now=NOW, names=NAMES, sender=SENDER)


@pytest.mark.parametrize("name", ["的", "2026", "。", " ", "a", "大家", "#7", "80万"])
@pytest.mark.parametrize("text", ["今天去了的,见了2026", "2026年8月,大家80万 #7 完成", "提醒我周五给a打电话", ""])
def test_a_world_of_odd_names_is_borne(name: str, text: str) -> None:
    names = Names()
    contact, deal = KnownContact("k", name, name, (name,)), KnownDeal("d", name)
    names.put_customer(KnownCustomer("c", name, (name,), (contact,), (deal,)))
    understand(text, now=NOW, names=names)


@pytest.mark.parametrize(
    "text", ["晨岚预算{}", "met {}HKD 50k", "晨岚报价{}万", "晨岚签了,{}元", "{}%", "电话{}", "#{}完成"]
)
def test_a_number_however_long_is_borne(text: str) -> None:
    for length in (20, 30, 400):
        understand(text.format("9" * length), now=NOW, names=NAMES, sender=SENDER)


def test_a_world_without_customers_is_borne() -> None:
    read = understand("今天去了青禾机电有限公司,见了张工", now=NOW, names=Names())
    assert [reading.intent for reading in read.readings] == ["record_visit"]


def test_what_is_too_long_is_read_as_far_as_it_goes() -> None:
    read = understand("今天去了晨岚。" + "好" * (2 * LONGEST), now=NOW, names=NAMES, sender=SENDER)
    assert [reading.intent for reading in read.readings] == ["record_visit"]
