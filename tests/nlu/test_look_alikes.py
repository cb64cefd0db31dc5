"""Names that look or sound like one that nobody knows: likely the same firm, written otherwise."""

from __future__ import annotations

import pytest

from nlu.known import KnownCustomer
from nlu.look_alikes import NEAR, SAME, SOUNDS, look_alikes
from nlu.names import Names

KNOWN = (
    KnownCustomer(1, "上海华信科技有限公司", ("华信",)),
    KnownCustomer(2, "深圳华星光学技术有限公司", ("华星", "华星光学")),
    KnownCustomer(3, "苏州明泰电子有限公司", ("明泰",)),
    KnownCustomer(4, "Larkspur Instruments (Shanghai) Co., Ltd.", ("Larkspur",)),
    KnownCustomer(5, "宁州市东方医院", ("东方医院",)),
    KnownCustomer(6, "青禾机电有限公司"),
    KnownCustomer(7, "Blue Heron Research Ltd."),
)


def knowing(*customers: KnownCustomer) -> Names:
    names = Names()
    names.put_customers(customers)
    return names


NAMES = knowing(*KNOWN)


def alike(said: str) -> dict[object, int]:
    return {one.key: one.strength for one in look_alikes(said, NAMES)}


@pytest.mark.parametrize(
    ("said", "key", "strength"),
    [
        ("北京华信软件有限公司", 1, SAME),
        ("華信集團", 1, SAME),
        ("华新", 1, SOUNDS),
        ("苏州铭泰电子厂", 3, SOUNDS),
        ("Mingtai Electronics", 3, SOUNDS),
        ("苏州明秦电子", 3, NEAR),
        ("larkspur", 4, SAME),
        ("Larkspr Instruments", 4, NEAR),
        ("Larkpsur", 4, NEAR),
        ("东方医院滨江院区", 5, SAME),
        ("清河机电", 6, SOUNDS),
        ("青禾自动化设备", 6, SAME),
    ],
)
def test_one_firm_written_otherwise_is_seen(said: str, key: int, strength: int) -> None:
    assert alike(said).get(key) == strength


OTHERS = ["东风物流", "白鹭", "明德电子", "Blueberry Foods", "Heron Motors", "科技", "x", "", "？!"]


@pytest.mark.parametrize("said", OTHERS)
def test_another_firm_is_not(said: str) -> None:
    assert alike(said) == {}


def test_the_likeliest_comes_first() -> None:
    found = look_alikes("华星机械", NAMES)
    assert [one.key for one in found] == [2, 1]


def test_a_recorded_short_name_counts_like_the_name() -> None:
    known = KnownCustomer(8, "厦门信屿电子商务有限公司", ("大信",))
    assert [one.key for one in look_alikes("大信电商", knowing(known))] == [8]
