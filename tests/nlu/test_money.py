"""Sums of money, and numbers that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.finders.money import find
from nlu.normalise import normalise
from nlu.rule import Amount

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def sums(text: str) -> list[tuple[float, float | None, str]]:
    values: list[Amount] = [found.value for found in find(normalise(text), NOW)]
    return [(float(v.low.major), float(v.high.major) if v.high else None, v.low.currency) for v in values]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("预算两万五", 25_000),
        ("大概三十来万", 300_000),
        ("盘子1.2个亿", 120_000_000),
        ("就5w的单子", 50_000),
        ("报了12万3千", 123_000),
        ("quoted them 398k", 398_000),
        ("合同额¥750,000", 750_000),
        ("到账75万元", 750_000),
        ("打车花了300块", 300),
        ("final offer 1.28M", 1_280_000),
        ("首付款 86000 已收", 86_000),
        ("人民币柒拾陆万捌仟元整", 768_000),
        ("一共三块四毛五", 3.45),
        ("年费八千", 8_000),
        ("款到了 4200", 4_200),
        ("预算5万多", 50_000),
        ("报了80k", 80_000),
        ("final price 1.5m", 1_500_000),
        ("一百二十万左右", 1_200_000),
        ("小一百万的单子", 1_000_000),
        ("上百万的单子", 1_000_000),
        ("近千万的盘子", 10_000_000),
        ("合计123元1角1分", 123.11),
        ("要10万块", 100_000),
        ("报价8千", 8_000),
        ("开价三万八", 38_000),
        ("一百零五万拿下", 1_050_000),
        ("年费5万一年", 50_000),
        ("千把块的事", 1_000),
        ("半个亿的盘子", 50_000_000),
        ("30个w", 300_000),
        ("五千 二百 三十一 万", 52_310_000),
        ("预 算 三 百 万", 3_000_000),
        ("half a million", 500_000),
    ],
)
def test_a_sum_in_yuan_is_found(text: str, amount: float) -> None:
    assert sums(text) == [(amount, None, "CNY")]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("HKD 60k for the licence", 60_000, "HKD"),
        ("about US$50k", 50_000, "USD"),
        ("3 million dollars", 3_000_000, "USD"),
        ("EUR 58.000 agreed", 58_000, "EUR"),
        ("港币二十五万元", 250_000, "HKD"),
        ("预算两百四十万台币", 2_400_000, "TWD"),
        ("S$36k retainer", 36_000, "SGD"),
        ("45k EUR at most", 45_000, "EUR"),
        ("報價NT$120萬", 1_200_000, "TWD"),
        ("20万美刀", 200_000, "USD"),
        ("some 12 MUSD", 12_000_000, "USD"),
        ("about 12 USD million", 12_000_000, "USD"),
        ("a dollar and 35 cents", 1.35, "USD"),
    ],
)
def test_a_sum_in_another_currency_is_found(text: str, amount: float, currency: str) -> None:
    assert sums(text) == [(amount, None, currency)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("大概三五十万", 300_000, 500_000),
        ("80-90万之间", 800_000, 900_000),
        ("预算80到90万", 800_000, 900_000),
        ("七八十万吧", 700_000, 800_000),
        ("预算十五到十八万", 150_000, 180_000),
        ("两到三千块", 2_000, 3_000),
        ("10~15k", 10_000, 15_000),
        ("两三百万的项目", 2_000_000, 3_000_000),
        ("百八十万的样子", 800_000, 1_000_000),
        ("也就3、40万", 300_000, 400_000),
        ("大概七、八百块", 700, 800),
        ("四元五角-六元二角", 4.5, 6.2),
    ],
)
def test_a_range_has_both_ends(text: str, low: float, high: float) -> None:
    assert sums(text) == [(low, high, "CNY")]


@pytest.mark.parametrize(
    "text",
    [
        "电话13800000000",
        "订单号 20260915003",
        "5G和SAP S/4的接口",
        "T3航站楼见",
        "v2.3.1版本",
        "#12那个任务",
        "下午3:15",
        "一点都不贵",
        "等一下",
        "看今日头条",
        "ERP二期",
        "来了100个人",
        "三个月以后",
        "5万用户的规模扩了",
        "周三万达那边见",
        "千万别忘",
        "百分之二十五",
        "我们一块去",
        "这一块我不懂",
        "付款是三六一",
        "首付30%",
        "地址人民路66号",
        "3M公司来人",
        "晚上千万别忘",
        "不能一刀切",
        "三台,20套",
        "型号X7-200",
        "中山路88号 3号楼",
        "4、50个人",
        "上传一直报502",
    ],
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert sums(text) == []


def test_a_bare_number_is_money_only_after_a_money_word() -> None:
    assert sums("报价85000") == [(85_000, None, "CNY")]
    assert sums("编号85000") == []


def test_a_sum_tells_where_it_stands() -> None:
    text = normalise("光明科技报價２５萬，不含税")
    (found,) = find(text, NOW)
    assert text.plain[found.start : found.end] == found.text == "25万"
    first, last = text.span(found.start, found.end)
    assert text.original[first:last] == "２５萬"


@pytest.mark.parametrize(
    ("text", "major"),
    [("金额改成0元", 0), ("金额改成0", 0), ("预算0万", 0), ("1000000000000000元", 10**15), ("$0", 0)],
)
def test_a_sum_that_no_deal_has_is_found_where_it_is_told_as_one(text: str, major: int) -> None:
    (found,) = find(normalise(text), NOW)
    assert found.value.low.major == major


@pytest.mark.parametrize("text", ["0个问题", "订单10000000000000000", "0基础", "还剩0天"])
def test_other_noughts_and_long_numbers_are_no_sums(text: str) -> None:
    assert find(normalise(text), NOW) == []


@pytest.mark.parametrize("text", ["invoice 2231 settled", "PO no. 4417 is here", "paid invoice #5531 at last"])
def test_the_number_of_a_paper_is_no_sum(text: str) -> None:
    assert sums(text) == []


def test_a_number_with_its_thousands_parted_is_a_sum_where_it_came_in() -> None:
    assert sums("invoice 2231 settled, 72,000 hit the account") == [(72_000, None, "CNY")]
