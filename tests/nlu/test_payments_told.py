"""The day on which money came in, sums that are none, and what is left of a sum paid in parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.instalments import instalments_in
from nlu.rules import note_payment
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.telling import sums

NAMES = example_names()


def scene_of(text: str) -> Scene:
    scene = lay_out(text, NOW, NAMES, SENDER)
    settle(scene)
    return scene


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("白鹭8月运费3万,9月21日到账", date(2026, 9, 21)),
        ("白鹭的10月货款15万11月18号到账了", date(2026, 11, 18)),
        ("白鹭上个月的尾款2万今天到了账", date(2026, 11, 20)),
        ("收到晨岚11月15日汇来的维保费20万", date(2026, 11, 15)),
        ("白鹭把上个月的8万也结了", None),
    ],
)
def test_the_day_is_that_of_the_payment_and_not_of_what_is_paid(text: str, day: date | None) -> None:
    scene = scene_of(text)
    told = [slots for clause in scene.clauses for slots in note_payment.read(scene, clause)]
    assert [slots["at"].last_day if "at" in slots else None for slots in told][-1:] == [day]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("白鹭60万,签约付40万,余款验收后付", [40, 20]),
        ("白鹭88万分三笔付,签约付30万,验收付40万,剩下质保期满付", [30, 40, 18]),
        ("白鹭合同120万,分四次付清,每次30万", [30, 30, 30, 30]),
        ("白鹭首付一半,60万", []),
    ],
)
def test_what_is_left_of_a_sum_is_its_last_part(text: str, parts: list[int]) -> None:
    scene = scene_of(text)
    told: tuple[dict[str, Any], ...] = instalments_in(scene, scene.clauses)
    assert [int(part["amount"].low.major) // 10_000 for part in told if "amount" in part] == parts


def test_equal_shares_are_said_once() -> None:
    scene = scene_of("白鹭分四期付,每期25%")
    assert [part["percent"] for part in instalments_in(scene, scene.clauses)] == [25.0] * 4


@pytest.mark.parametrize(
    ("text", "count"),
    [("他们比我们低10万", 0), ("人家便宜了8万", 0), ("报了10万", 1), ("尾款123,000.00进来了", 1), ("利丰过数八万", 1)],
)
def test_a_difference_is_no_sum(text: str, count: int) -> None:
    scene = scene_of(text)
    assert sum(len(sums(scene, clause)) for clause in scene.clauses) == count
