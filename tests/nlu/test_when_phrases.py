"""The ways people tell times, each in a sentence, at a stated moment: Friday, 20 November 2026, 10:00 in Shanghai."""

from __future__ import annotations

import pytest

from tests.nlu.test_when import told, whens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年的今天我们刚签完约", "2025-11-20"),
        ("上个月的今天来过电话", "2026-10-20"),
        ("下周的今天复盘", "2026-11-27"),
        ("样机圣诞节前一天寄到", "2026-12-24"),
        ("国庆前一周把货备齐", "2027-09-24"),
        ("月底前两天对账", "2026-11-28"),
        ("下下周一进场", "2026-11-30"),
        ("上上周五通的电话", "2026-11-06"),
        ("礼拜三碰一下", "2026-11-25"),
        ("星期三碰一下", "2026-11-25"),
        ("周三碰一下", "2026-11-25"),
        ("下星期二出差", "2026-11-24"),
        ("这个月20号就到期", "2026-11-20"),
        ("农历八月十五送月饼", "2027-09-15"),
        ("腊月二十三放假", "2027-01-30"),
        ("大年初八开工", "2027-02-13"),
        ("三季度末结算", "2026-09-30"),
        ("12月月底上线", "2026-12-31"),
        ("元旦后第一个周一开会", "2027-01-04"),
        ("下个月第一个工作日付款", "2026-12-01"),
        ("本月最后一个工作日盘点", "2026-11-30"),
        ("明天凌晨割接", "2026-11-21"),
        ("明天的后天", "2026-11-23"),
        ("聽日去佢公司", "2026-11-21"),
        ("琴日見過", "2026-11-19"),
        ("後日開會", "2026-11-22"),
        ("下禮拜三出貨", "2026-11-25"),
        ("月尾收錢", "2026-11-30"),
    ],
)
def test_a_chinese_day_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下星期在广州", "2026-11-23..2026-11-29"),
        ("明后天都行", "2026-11-21..2026-11-22"),
        ("上半年的回款", "2026-01-01..2026-06-30"),
        ("明年上半年启动", "2027-01-01..2027-06-30"),
        ("三季度的业绩", "2026-07-01..2026-09-30"),
        ("Q3的漏斗", "2026-07-01..2026-09-30"),
        ("H2的目标", "2026-07-01..2026-12-31"),
        ("前三季度的合同", "2026-01-01..2026-09-30"),
        ("周末去爬山", "2026-11-21..2026-11-22"),
        ("周六日都在", "2026-11-21..2026-11-22"),
        ("下周一、二我在上海", "2026-11-23..2026-11-24"),
        ("周三周四封盘", "2026-11-25..2026-11-26"),
        ("下个月前三天锁库", "2026-12-01..2026-12-03"),
        ("今年最后两周冲量", "2026-12-18..2026-12-31"),
        ("近半年的订单", "2026-05-20..2026-11-19"),
        ("3月以来的单子", "2026-03-01"),
    ],
)
def test_a_chinese_period_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下午两点到四点有人", "2026-11-20 14:00..2026-11-20 16:00"),
        ("周三下午2-4点有空", "2026-11-25 14:00..2026-11-25 16:00"),
        ("15点20分到16点30", "2026-11-20 15:20..2026-11-20 16:30"),
        ("下晝三點見", "2026-11-20 15:00"),
        ("聽日朝早十點", "2026-11-21 10:00"),
        ("今天晚上12点发布", "2026-11-21 00:00"),
        ("今晚零点切换", "2026-11-21 00:00"),
        ("凌晨两点重启", "2026-11-20 02:00"),
        ("下午三点前半小时到场", "2026-11-20 14:30"),
        ("下午3点差5分", "2026-11-20 14:55"),
        ("差一刻八点出发", "2026-11-20 07:45"),
        ("PM 3:00 开标", "2026-11-20 15:00"),
        ("2026-11-2510:30", "2026-11-25 10:30"),
    ],
)
def test_a_chinese_clock_time_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三个工作日内给答复", "..2026-11-25"),
        ("国庆前交付", "..2027-09-30"),
        ("端午前装完", "..2027-06-08"),
        ("月尾前過數", "..2026-11-30"),
        ("月内开票", "2026-11-01..2026-11-30"),
        ("within 10 days of the order", "..2026-11-30"),
        ("send the draft EOD", "..2026-11-20"),
        ("COB tomorrow please", "..2026-11-21"),
        ("by mid-March", "..2027-03-20"),
        ("reply within 5 working days", "..2026-11-27"),
        ("send it by 5", "..2026-11-20 17:00"),
        ("by year end", "..2026-12-31"),
    ],
)
def test_a_limit_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("visit them next Wed", "2026-11-25"),
        ("invoice goes out EOM", "2026-11-30"),
        ("back in a fortnight", "2026-12-04"),
        ("a week from Friday", "2026-11-27"),
        ("two Thursdays ago", "2026-11-12"),
        ("Wednesday after next", "2026-12-02"),
        ("the third Tuesday after Christmas", "2027-01-12"),
        ("the first working day of next month", "2026-12-01"),
        ("the second to last Friday of December", "2026-12-18"),
        ("since Monday", "2026-11-16"),
        ("Easter Monday", "2027-03-29"),
        ("I am back on 25.", "2026-11-25"),
        ("first week of May", "2027-05-03..2027-05-09"),
        ("in the week of Nov 23", "2026-11-23..2026-11-29"),
        ("week 48", "2026-11-23..2026-11-29"),
        ("the week before last", "2026-11-02..2026-11-08"),
        ("later this month", "2026-11-16..2026-11-30"),
        ("the rest of the week", "2026-11-20..2026-11-22"),
        ("over the weekend", "2026-11-21..2026-11-22"),
        ("the first ten days of May", "2027-05-01..2027-05-10"),
        ("off for 3 days starting from next Monday", "2026-11-23..2026-11-25"),
        ("in the nineties", "1990-01-01..1999-12-31"),
        ("in an hour and a half", "2026-11-20 11:30"),
        ("half an hour before 3pm", "2026-11-20 14:30"),
        ("call them Monday 2-3", "2026-11-23 14:00..2026-11-23 15:00"),
        ("11pm-3", "2026-11-20 23:00..2026-11-21 03:00"),
        ("meet at 0900 tomorrow", "2026-11-21 09:00"),
    ],
)
def test_an_english_time_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "每周二周四例会",
        "每周二、周四下午三点例会",
        "每月15号对账",
        "every Monday and Thursday",
        "each Friday at 10",
        "一点都不难",
        "最早也得再等等",
        "早办早好",
        "《明日之后》联名",
        "今日头条",
        "4/5G基站",
        "SAP S/4迁移",
        "型号X7-200",
        "中山路88号 3号楼",
        "V2.0上线了吗",
        "100个人参会",
        "三台,20套",
        "第三轮报价",
        "意大利到土耳其",
        "五一广场那家店",
        "we have 10-20 users",
        "once a quarter",
    ],
)
def test_what_recurs_or_is_no_time_gives_no_day(text: str) -> None:
    assert whens(text) == []
