"""What somebody puts right is kept: how the message had been read, how it should have been, and how that was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from crm.corrections import Correction
from handlers.stored import revived
from storage.corrections import corrections_since
from storage.engine import Store
from tests.fakes import Clock, Office


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _kept(office: Office) -> Sequence[Correction]:
    async with office.store.reading()() as session:
        return await corrections_since(session)


def _amounts(readings: Sequence[object]) -> list[str]:
    return [str(revived(one).slots["amount"].low.major) for one in readings]


async def test_a_reply_keeps_the_wrong_and_the_right_value(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await office.reply("李娜", "不是80万是82万")
    (kept,) = await _kept(office)
    assert (kept.way, kept.text, kept.said) == ("reply", "华信ERP二期金额改成80万", "不是80万是82万")
    assert kept.fields == ["update_deal.amount"]
    assert (_amounts(kept.wrong), _amounts(kept.right)) == (["800000"], ["820000"])


async def test_words_without_a_reply_and_the_button_are_told_apart(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await office.say("李娜", "不是80万是82万")
    await office.tap("李娜", "改")
    await office.tap("李娜", "金额")
    await office.say("李娜", "84万")
    assert [one.way for one in await _kept(office)] == ["words", "button"]
    assert [_amounts(one.wrong) for one in await _kept(office)] == [["800000"], ["820000"]]


async def test_an_edit_keeps_what_it_did_away_with(office: Office) -> None:
    await office.say("李娜", "今天去了华信,预算70万")
    await office.edit("李娜", "下周三前给华信发合同")
    (kept,) = await _kept(office)
    assert (kept.way, kept.text) == ("edit", "下周三前给华信发合同")
    assert "create_task" in kept.fields
    assert [revived(one).intent for one in kept.right] == ["create_task"]


async def test_an_edit_that_changes_no_reading_and_an_undo_teach_nothing(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await office.edit("李娜", "华信ERP二期的金额改成80万")
    await office.tap("李娜", "撤销")
    assert list(await _kept(office)) == []
