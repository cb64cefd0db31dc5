"""Each slot tells how it was found: stated, resolved from elsewhere, or assumed."""

from __future__ import annotations

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.known import Focus
from nlu.understand import understand

NAMES = example_names()


@pytest.mark.parametrize(
    ("text", "intent", "slot", "source"),
    [
        ("白鹭的仓储平台金额改成90万", "update_deal", "deal", "stated"),
        ("白鹭的金额改成90万", "update_deal", "deal", "assumed"),
        ("白鹭的金额改成90万", "update_deal", "amount", "stated"),
        ("12月8日前给白鹭发合同", "create_task", "due", "stated"),
        ("下周三前给白鹭发合同", "create_task", "due", "resolved"),
        ("今天去了晨岚,见了何总", "record_visit", "customer", "stated"),
        ("今天见了沈若水", "record_visit", "customer", "resolved"),
    ],
)
def test_a_slot_tells_how_it_was_found(text: str, intent: str, slot: str, source: str) -> None:
    readings = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    (found,) = [reading.sources[slot] for reading in readings if reading.intent == intent and slot in reading.slots]
    assert found == source


def test_the_customer_that_the_chat_is_about_is_assumed() -> None:
    focus = Focus("白鹭")
    (reading,) = understand("提醒我周五给他们打电话", now=NOW, names=NAMES, sender=SENDER, focus=focus).readings
    assert reading.sources["customer"] == "assumed"
