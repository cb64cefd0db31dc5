"""A rep's own deal is known by the beginning of its name where a message about deals names nobody."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlu.known import KnownCustomer, KnownDeal, KnownUser
from nlu.names import Names
from nlu.scene import lay_out
from nlu.settle import settle

NOW = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def names() -> Names:
    known = Names()
    for key, name in ((1, "韩雪"), (2, "吴昊")):
        known.put_user(KnownUser(key, name))
    known.put_customer(KnownCustomer(11, "白鹭冷链物流有限公司", deals=(KnownDeal(101, "叉车租赁"),), owner=1))
    known.put_customer(KnownCustomer(12, "晨岚科技有限公司", deals=(KnownDeal(102, "WMS-Lite上线"),), owner=1))
    known.put_customer(KnownCustomer(13, "青石资本", deals=(KnownDeal(103, "门禁改造", is_open=False),), owner=1))
    return known


def customer(text: str, sender: int = 1) -> object:
    scene = lay_out(text, NOW, names(), sender)
    settle(scene)
    told = scene.clauses[0].customer
    return told and told.key


@pytest.mark.parametrize(
    ("text", "key"),
    [("叉车这单月底能签", 11), ("WMS报了38万", 12), ("wmslite的赢率调到七成", 12)],
)
def test_a_deal_called_for_short_tells_its_customer(text: str, key: int) -> None:
    assert customer(text) == key


@pytest.mark.parametrize("text", ["叉车坏在路上了", "门禁报了38万", "叉车和WMS都报了价"])
def test_talk_of_other_things_closed_deals_and_several_tell_none(text: str) -> None:
    assert customer(text) is None


def test_what_a_colleague_calls_his_deal_is_not_meant() -> None:
    assert customer("叉车这单月底能签", sender=2) is None
