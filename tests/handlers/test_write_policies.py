"""Every kind of write obeys its policy: under confirm and manager nothing is written before somebody's word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

import handlers
from crm.deals import Deal
from crm.tasks import Task
from crm.write_policies import DEFAULTS
from handlers.taps import TAPS
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.engine import Store
from storage.ledger import open_ledger
from storage.people import actor_by_identity
from storage.write_policies import settle_policy
from talk.message import Outcome
from tests.fakes import Clock, Office, statements_of

# A message that makes such a write, and what the speaker taps first to say what is meant.
MESSAGES: dict[str, tuple[str, ...]] = {
    "visit": ("今天下午去了华信,跟王总聊了ERP二期",),
    "task": ("提醒我下周三前给华信发修订报价",),
    "contact": ("华信新来了个采购经理叫高敏,电话13900000000",),
    "note": ("华信备注:开票要专票",),
    "customer": ("华信升级为VIP",),
    "competitors": ("华信的对手是浪潮",),
    "new_customer": ("今天下午去了蓝天环保科技有限公司,聊了聊需求", "新建客户"),
    "new_deal": ("明泰有个新商机,叫仓储WMS,预计30万",),
    "move": ("华信ERP二期推进到商务谈判",),
    "amount": ("华信ERP二期金额改成80万",),
    "large_amount_change": ("华信ERP二期金额改成120万",),
    "close_on": ("华信ERP二期预计12月10号成交",),
    "probability": ("华信ERP二期赢率六成",),
    "fact": ("明泰12月3号开标",),
    "quote": ("给明泰报价了60万",),
    "discount_beyond_limit": ("给明泰打八折报价",),
    "contract_terms": ("华信ERP二期签了,合同76万",),
    "won": ("华信ERP二期赢单了,76万",),
    "lost": ("华信ERP二期丢单了,因为价格太高",),
}
CONFIRMED_BY_THE_TAP = {"new_customer"}  # whoever taps 新建 has confirmed it
TOLD_TOGETHER = {"contract_terms": {"won"}}  # no message tells the one without the other


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def settle(office: Office, **policies: str) -> None:
    """What an admin settled before."""
    async with open_ledger(office.store, office.clock()) as ledger:
        actor = await actor_by_identity(ledger.session, "telegram", await office.address_of("钱进"))
        assert actor is not None
        ledger.actor = actor
        for kind, policy in policies.items():
            await settle_policy(ledger, kind, policy, None)
        await ledger.commit()


async def _settle_alone(office: Office, kind: str, policy: str) -> None:
    alone = {kind} | TOLD_TOGETHER.get(kind, set())
    await settle(office, **{each: policy if each in alone else "auto" for each in DEFAULTS})


async def _written(office: Office) -> set[tuple[str, str]]:
    """What has been written by messages: things and fields."""
    async with office.store.reading()() as session:
        rows = await session.execute(text("SELECT thing, field FROM changes WHERE inbox_id IS NOT NULL"))
    return {(thing, field) for thing, field in rows}


async def _tell(office: Office, kind: str) -> str:
    message, *taps = MESSAGES[kind]
    seen = await office.say("李娜", message)
    for label in taps:
        seen = await office.tap("李娜", label)
    return "\n".join(one.text for one in seen)


@pytest.mark.parametrize("kind", MESSAGES)
async def test_what_is_to_be_confirmed_is_written_after_the_tap_only(office: Office, kind: str) -> None:
    await _settle_alone(office, kind, "confirm")
    answer = await _tell(office, kind)
    if kind not in CONFIRMED_BY_THE_TAP:
        assert "待确认" in answer
        assert await _written(office) == set()
        await office.tap("李娜", _yes(office))
    assert await _written(office) != set()


@pytest.mark.parametrize("kind", MESSAGES)
async def test_what_the_superior_decides_is_written_after_their_word_only(office: Office, kind: str) -> None:
    await _settle_alone(office, kind, "manager")
    assert "等周岚定" in await _tell(office, kind)
    assert await _written(office) == set()
    await office.tap("周岚", "同意")
    assert await _written(office) != set()


@pytest.mark.parametrize("kind", MESSAGES)
async def test_what_the_superior_refuses_is_never_written(office: Office, kind: str) -> None:
    await _settle_alone(office, kind, "manager")
    await _tell(office, kind)
    await office.tap("周岚", "不同意")
    assert await _written(office) == set()


def _yes(office: Office) -> str:
    labels = [button.label for seen in office.seen for button in seen.buttons]
    return next(label for label in labels if label.startswith(("确认", "改为")))


def test_every_kind_of_write_has_a_message_that_is_tried() -> None:
    assert set(DEFAULTS) == set(MESSAGES)


async def test_policies_are_read_once_and_then_follow_the_log(office: Office) -> None:
    await office.say("李娜", "今天上午去了明泰,跟沈总聊了下")
    with statements_of(office.store) as asked:
        await office.say("李娜", "今天下午去了华信,跟王总聊了ERP二期")
    assert asked
    assert [statement for statement in asked if "write_policies" in statement] == []
    await settle(office, visit="confirm")
    seen = await office.say("李娜", "今天下午去了华信,跟王总聊了ERP二期")
    assert "待确认" in seen[0].text


async def test_what_waits_together_is_one_tap_and_a_number_that_does_not_exist_is_not_told(office: Office) -> None:
    await settle(office, visit="confirm", task="confirm", close_on="confirm")
    seen = await office.say("李娜", "今天去了明泰,下周三前给报价,预计12月10号成交")
    assert [button.label for button in seen[0].buttons] == ["确认", "不记"]
    assert seen[0].text.count("待确认") == 3
    assert "#" not in seen[0].text
    assert await _written(office) == set()
    await office.say("李娜", "确认")
    assert {("visit", ""), ("task", ""), ("deal", "close_on")} <= await _written(office)


async def test_a_field_that_waits_leaves_the_rest_of_the_message_written(office: Office) -> None:
    await settle(office, amount="confirm")
    seen = await office.say("李娜", "今天下午去了华信,跟王总聊了ERP二期,他说预算80万左右,推进到商务谈判")
    assert "「ERP二期」金额 ¥750,000 → ¥800,000 [待确认]" in seen[0].text
    assert {("visit", ""), ("deal", "stage_id")} <= await _written(office)
    assert ("deal", "amount_minor") not in await _written(office)
    await office.tap("李娜", "金额不改")
    assert ("deal", "amount_minor") not in await _written(office)


async def test_a_superior_s_own_message_is_their_word(office: Office) -> None:
    await settle(office, amount="manager")
    await office.say("周岚", "华信ERP二期金额改成80万")
    assert ("deal", "amount_minor") in await _written(office)


async def test_whoever_has_nobody_above_confirms_for_themselves(office: Office) -> None:
    await settle(office, task="manager")
    seen = await office.say("何远征", "提醒我下周三前准备季度汇报")
    assert [button.label for button in seen[-1].buttons] == ["确认", "不记"]
    await office.tap("何远征", "确认")
    assert ("task", "") in await _written(office)


async def test_a_superior_who_cannot_be_reached_is_told_of_once_and_nothing_is_written(office: Office) -> None:
    await settle(office, visit="manager", task="manager")
    async with office.store.writing()() as session:
        await session.execute(text("DELETE FROM chats WHERE address = '106'"))
        await session.commit()
    seen = await office.say("李娜", "今天去了明泰,下周三前给报价")
    assert seen[0].text.count("上级还没有开通聊天") == 1
    assert await _written(office) == set()


async def test_a_contact_kept_from_a_visit_waits_alone(office: Office) -> None:
    await office.say("李娜", "今天去了明泰,见了张工和王总,聊了MES")
    await settle(office, contact="confirm")
    seen = await office.tap("李娜", "把张工存为联系人")
    assert "新联系人: 苏州明泰电子有限公司 · 张工" in seen[-1].text
    await settle(office, contact="manager")
    seen = await office.tap("李娜", "把王总存为联系人")
    assert "拜访: 苏州明泰电子有限公司" in seen[-1].text
    assert "联系人:苏州明泰电子有限公司 · 王总 等周岚定 [待确认]" in seen[-1].text
    await office.tap("周岚", "同意")
    assert await _contacts(office) == ["张工", "王总"]


async def _contacts(office: Office) -> list[str]:
    async with office.store.reading()() as session:
        found = "SELECT name FROM contacts WHERE name IN ('张工', '王总') AND withdrawn_at IS NULL ORDER BY id"
        return list(await session.scalars(text(found)))


@pytest.mark.parametrize("how", ["words", "button"])
async def test_what_is_put_back_and_brought_back_is_not_asked_about_again(office: Office, how: str) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await settle(office, amount="manager")
    await office.say("李娜", "撤销")
    seen = await (office.tap("李娜", "恢复") if how == "button" else office.say("李娜", "恢复"))
    assert "已恢复" in seen[-1].text + seen[0].text
    async with office.store.reading()() as session:
        assert await session.scalar(text("SELECT amount_minor FROM deals WHERE name = 'ERP二期'")) == 80_000_000


async def test_a_button_that_writes_past_the_superior_is_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def write(turn: Turn, facts: Mapping[str, Any]) -> None:
        await turn.ledger.add(Task("顺手记的", turn.actor.id, turn.actor.id, turn.ledger.now, customer_id=1))

    monkeypatch.setitem(TAPS, "undo", write)
    await office.say("李娜", "华信ERP二期金额改成80万")
    await office.say("周岚", "华信ERP二期金额改成81万")
    await settle(office, task="manager")
    seen = await office.tap("李娜", "撤销")
    assert "任务要上级批" in seen[0].text
    assert ("task", "") not in await _written(office)
    await office.tap("周岚", "撤销")
    assert ("task", "") in await _written(office)


async def test_a_skill_that_asks_nothing_itself_is_held_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def careless(turn: Turn, reading: Reading) -> list[Result]:
        deal = await turn.ledger.get(Deal, 1)
        turn.ledger.set(deal, probability=1, close_on=turn.today)
        return [Outcome("deal_told", {"deal": "x"}, (("label_probability", "1%"),))]

    monkeypatch.setitem(handlers.SKILLS, "state_fact", careless)
    await settle(office, probability="confirm")
    seen = await office.say("李娜", "明泰12月3号开标")
    assert "赢率:x · 赢率 1% [待确认]" in seen[0].text
    assert await _written(office) == set()
    await office.tap("李娜", "确认")
    assert {("deal", "probability"), ("deal", "close_on")} <= await _written(office)


@pytest.mark.parametrize(
    ("kind", "first", "then", "told"),
    [
        ("customer", "", "华信升级为VIP", "级别 VIP · 原为 重点客户"),
        ("contact", "王建国电话13911112222", "王建国电话13911113333", "电话 13911113333 · 原为 13911112222"),
        ("task", "提醒我下周三前给华信发修订报价", "#211改到下周五", "周五 11月27日 · 原为 周三 11月25日"),
        ("close_on", "", "华信ERP二期预计12月10号成交", "→ 周四 12月10日"),
        ("probability", "", "华信ERP二期赢率六成", "赢率 — → 60%"),
        ("competitors", "", "华信的对手是浪潮", "竞品 用友 → 用友、浪潮"),
    ],
)
async def test_what_waits_is_told_from_what_to_what(
    office: Office, kind: str, first: str, then: str, told: str
) -> None:
    if first:
        await office.say("李娜", first)
    await settle(office, **{kind: "confirm"})
    assert told in (await office.say("李娜", then))[0].text
