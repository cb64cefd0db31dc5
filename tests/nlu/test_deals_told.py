"""What is told of deals and money: the rulings on won, signed, quoted and budgeted, and the terms of payment."""

from __future__ import annotations

from typing import Any

import pytest

from crm.money import Money
from nlu.examples import NOW, SENDER, STAGES, example_names
from nlu.finders import stage
from nlu.instalments import instalments_in
from nlu.reasons import reason_of
from nlu.rule import Amount, Reading
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.understand import understand

NAMES = example_names()


def scene_of(text: str) -> Scene:
    scene = lay_out(text, NOW, NAMES, SENDER)
    settle(scene)
    return scene


def read(text: str) -> dict[str, Reading]:
    return {r.intent: r for r in understand(text, now=NOW, names=NAMES, sender=SENDER).readings}


def yuan(amount: int) -> Amount:
    return Amount(Money.of(amount))


def plan(text: str) -> list[tuple[float, str]]:
    """(percent or sum, the day it is due or "") of each part."""
    scene = scene_of(text)
    return [
        (
            part["percent"] if "percent" in part else float(part["amount"].low.major),
            str(part["due"].last_day) if "due" in part else "",
        )
        for part in instalments_in(scene, scene.clauses)
    ]


def test_signed_with_neither_sum_nor_day_is_only_won() -> None:
    told = read("白鹭签了")
    assert told["update_deal"].slots["stage"] == "won"
    assert "note_contract" not in told


def test_signed_with_a_sum_is_a_contract_too() -> None:
    told = read("白鹭签了,76万")
    assert told["note_contract"].slots["amount"] == yuan(760_000)
    assert told["update_deal"].slots["stage"] == "won"


def test_closed_at_a_sum_without_a_signing_is_won_at_that_sum() -> None:
    told = read("白鹭的仓储平台76万成交")
    assert (told["update_deal"].slots["stage"], told["update_deal"].slots["amount"]) == ("won", yuan(760_000))
    assert "note_contract" not in told


@pytest.mark.parametrize("text", ["白鹭还没签", "要是沈经理点头,白鹭就签,76万", "白鹭预计月底签"])
def test_what_is_not_signed_yet_is_neither_won_nor_a_contract(text: str) -> None:
    told = read(text)
    assert "note_contract" not in told
    assert "stage" not in told["update_deal"].slots if "update_deal" in told else True


def test_a_quote_sets_no_size_of_the_deal() -> None:
    told = read("给白鹭报了90万")
    assert told["note_quote"].slots["amount"] == yuan(900_000)
    assert "update_deal" not in told


def test_a_budget_is_the_size_of_the_only_open_deal() -> None:
    assert read("白鹭预算80万")["update_deal"].slots["amount"] == yuan(800_000)


def test_terms_without_a_signing_are_a_contract_with_its_parts_only() -> None:
    told = read("白鹭付款方式:签约付30%,上线付70%")
    assert told["note_contract"].slots.keys() == {"customer", "deal", "instalments"}
    assert "update_deal" not in told


def test_a_contract_is_told_with_its_end() -> None:
    slots = read("白鹭签了,76万,服务期到2027年11月30日")["note_contract"].slots
    assert str(slots["expires_on"].last_day) == "2027-11-30"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("付款3-4-3", [(30, ""), (40, ""), (30, "")]),
        ("付款4411", [(40, ""), (40, ""), (10, ""), (10, "")]),
        ("先付四成,其余上线后付", [(40, ""), (60, "")]),
        ("订金30% 到货60% 剩下一成明年3月底前付清", [(30, ""), (60, ""), (10, "2027-03-31")]),
        ("签约付20万,年底付30万", [(200_000, ""), (300_000, "2026-12-31")]),
        ("付款:签约30 到货60 质保10", [(30, ""), (60, ""), (10, "")]),
        ("half up front, rest on delivery", [(50, ""), (50, "")]),
        ("30% on signing, balance by 15 January", [(30, ""), (70, "2027-01-15")]),
        ("three equal payments of 20k USD: 5 Jan, 5 Feb, 5 Mar", [(20_000, f"2027-0{m}-05") for m in (1, 2, 3)]),
        ("季付", [(25, "")] * 4),
        ("首付20%,剩下80%分四个季度付", [(20, "")] * 5),
        ("把握八成,签完付六成装好付四成", [(60, ""), (40, "")]),
    ],
)
def test_parts_of_a_payment_make_up_a_whole(text: str, parts: list[tuple[float, str]]) -> None:
    assert plan(text) == parts


@pytest.mark.parametrize("text", ["把握八成", "打九折", "涨了30%,明年再涨70%", "首付30%已到账"])
def test_shares_that_part_no_payment_are_no_terms(text: str) -> None:
    assert plan(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("进谈判了", "negotiation"),
        ("放到报价阶段", "proposal"),
        ("改回需求", "needs"),
        ("moved to negotiation", "negotiation"),
        ("put it in as lead", "contact"),
    ],
)
def test_a_stage_goes_by_a_part_of_its_name_where_a_deal_is_moved(text: str, key: str) -> None:
    assert {find.value for find in stage.find(text, STAGES)} == {key}


@pytest.mark.parametrize(
    "text", ["聊到报价", "他需求不少", "招标文件发出来了", "he needs a proposal", "we lost our way"]
)
def test_an_everyday_word_is_no_stage(text: str) -> None:
    assert stage.find(text, STAGES) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("白鹭黄了,原因写战略收缩", "战略收缩"),
        ("白鹭丢了,因为交期太长", "交期太长"),
        ("白鹭丢了。沈经理说总部砍预算了", "总部砍预算"),
        ("We lost 白鹭 because of the delivery time", "the delivery time"),
        ("白鹭丢了,明天去复盘", ""),
        ("白鹭不是价格的事,黄了,他们自研", "他们自研"),
    ],
)
def test_why_a_deal_was_lost(text: str, why: str) -> None:
    scene = scene_of(text)
    assert reason_of(scene, scene.clauses[0]) == why


def told_new(text: str) -> dict[str, Any]:
    slots = read(text)["update_deal"].slots
    return {"deal": slots["deal"].text, "amount": slots.get("amount"), "is_new": slots.get("is_new")}


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("晨岚再开一单:能耗监测,35万", "能耗监测", 350_000),
        ("晨岚新商机叫排产软件三期,60万", "排产软件三期", 600_000),
        ("晨岚想再上一套看板大概20万你帮我建个商机", "看板", 200_000),
        ("Open a new deal called Edge Gateway for Northwind, 90k USD", "Edge Gateway for Northwind", None),
    ],
)
def test_a_new_deal_has_the_name_and_the_sum_told_with_it(text: str, name: str, amount: int | None) -> None:
    told = told_new(text)
    assert told["is_new"]
    assert told["deal"] == name
    assert amount is None or told["amount"] == yuan(amount)
