"""Times told in Chinese, at a stated moment: Friday, 20 November 2026, 10:00 in Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm.calendar import PUBLISHED, Calendar
from nlu.finders.when import find
from nlu.normalise import normalise
from nlu.rule import When

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def whens(text: str, now: datetime = NOW, calendar: Calendar = PUBLISHED) -> list[When]:
    return [found.value for found in find(normalise(text), now, calendar) if found.rule != "just"]


def told(text: str, now: datetime = NOW, calendar: Calendar = PUBLISHED) -> str:
    """The only time of a text: a day, a moment, `first..last` of a period, `..last` of a deadline."""
    (when,) = whens(text, now, calendar)
    first = f"{when.at:%Y-%m-%d %H:%M}" if when.at else str(when.on or "")
    last = f"{when.until_at:%Y-%m-%d %H:%M}" if when.until_at else str(when.until or "")
    return f"{first}..{last}" if last else first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天", "2026-11-20"),
        ("大后天", "2026-11-23"),
        ("前天去的", "2026-11-18"),
        ("去年的今天", "2025-11-20"),
        ("周五", "2026-11-20"),
        ("周三", "2026-11-25"),
        ("下周三", "2026-11-25"),
        ("上周三", "2026-11-11"),
        ("下下周一", "2026-11-30"),
        ("下周周六", "2026-11-28"),
        ("下星期天", "2026-11-29"),
        ("25号", "2026-11-25"),
        ("11月25日", "2026-11-25"),
        ("十一月二十五号", "2026-11-25"),
        ("2026年12月3日", "2026-12-03"),
        ("26年12月3日", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
        ("12/3", "2026-12-03"),
        ("定在12.3", "2026-12-03"),
        ("20261203", "2026-12-03"),
        ("这个月30号", "2026-11-30"),
        ("下个月9号", "2026-12-09"),
        ("月底", "2026-11-30"),
        ("上个季度末", "2026-09-30"),
        ("年底", "2026-12-31"),
        ("圣诞节", "2026-12-25"),
        ("春节", "2027-02-06"),
        ("中秋", "2027-09-15"),
        ("圣诞节前一天", "2026-12-24"),
        ("12月3号的3天后", "2026-12-06"),
        ("十二月的第一个周二", "2026-12-01"),
        ("农历腊月初八", "2027-01-15"),
    ],
)
def test_a_day_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明天下午三点", "2026-11-21 15:00"),
        ("25号下午3点", "2026-11-25 15:00"),
        ("明早9点半", "2026-11-21 09:30"),
        ("今晚八点一刻", "2026-11-20 20:15"),
        ("周一上午十点二十", "2026-11-23 10:20"),
        ("明天15:30", "2026-11-21 15:30"),
        ("明天三点", "2026-11-21 15:00"),
        ("后天凌晨2点", "2026-11-22 02:00"),
        ("明天中午12点", "2026-11-21 12:00"),
        ("明天晚上12点", "2026-11-22 00:00"),
        ("12.3 14:00开标", "2026-12-03 14:00"),
        ("半小时后", "2026-11-20 10:30"),
        ("11月25日(周三)下午14:30", "2026-11-25 14:30"),
        ("两个半小时后", "2026-11-20 12:30"),
    ],
)
def test_a_clock_time_gives_a_moment(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", ["今天下午", "上午", "今天下午两点多", "晚上"])
def test_a_part_of_day_gives_the_day_alone(text: str) -> None:
    assert told(text) == "2026-11-20"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周", "2026-11-23..2026-11-29"),
        ("这周末", "2026-11-21..2026-11-22"),
        ("上个月", "2026-10-01..2026-10-31"),
        ("今年Q3", "2026-07-01..2026-09-30"),
        ("上半年", "2026-01-01..2026-06-30"),
        ("第三季度", "2026-07-01..2026-09-30"),
        ("前三季度", "2026-01-01..2026-09-30"),
        ("明年", "2027-01-01..2027-12-31"),
        ("明后天", "2026-11-21..2026-11-22"),
        ("未来两周", "2026-11-21..2026-12-04"),
        ("近30天", "2026-10-21..2026-11-19"),
        ("3-5月", "2027-03-01..2027-05-31"),
        ("从1月至3月", "2027-01-01..2027-03-31"),
        ("下周一至周三", "2026-11-23..2026-11-25"),
        ("12月中旬", "2026-12-11..2026-12-20"),
        ("明天下午两点到四点", "2026-11-21 14:00..2026-11-21 16:00"),
        ("11月25日到12月3日", "2026-11-25..2026-12-03"),
        ("11月25-27号", "2026-11-25..2026-11-27"),
        ("从去年11月到今年3月", "2025-11-01..2026-03-31"),
        ("9:00-11:30", "2026-11-20 09:00..2026-11-20 11:30"),
        ("12月3号、4号、5号", "2026-12-03..2026-12-05"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周五前", "..2026-11-20"),
        ("下周五之前", "..2026-11-27"),
        ("月底前", "..2026-11-30"),
        ("年底前", "..2026-12-31"),
        ("年前签下来", "..2027-02-05"),
        ("元旦前", "..2026-12-31"),
        ("12月3日前", "..2026-12-03"),
        ("2027年3月底前", "..2027-03-31"),
        ("两周内", "..2026-12-04"),
        ("两三天内", "..2026-11-23"),
        ("最晚周一", "..2026-11-23"),
        ("下班前", "..2026-11-20"),
        ("周一下班前", "..2026-11-23"),
        ("明天中午12点前", "..2026-11-21 12:00"),
    ],
)
def test_a_deadline_is_its_last_day(text: str, expected: str) -> None:
    assert told(text) == expected
    assert whens(text)[0].last_day == date.fromisoformat(expected[2:12])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周三去拜访了刘总", "2026-11-18"),
        ("18号回款到账了", "2026-11-18"),
        ("10号见过一次", "2026-11-10"),
        ("约在周三见面", "2026-11-25"),
        ("18号要交方案", "2026-12-18"),
        ("10月8日签的", "2026-10-08"),
        ("1月5日续约", "2027-01-05"),
        ("周一陪他们看了展厅", "2026-11-16"),
        ("周一开会讨论过", "2026-11-16"),
        ("周三没见到人", "2026-11-18"),
        ("周三聊得不错", "2026-11-18"),
        ("周三演示很成功", "2026-11-18"),
        ("周三开会讨论", "2026-11-25"),
        ("周三得去一趟", "2026-11-25"),
        ("让我周一把样品送过去", "2026-11-23"),
    ],
)
def test_the_tense_of_the_clause_decides_between_past_and_ahead(text: str, expected: str) -> None:
    assert told(text) == expected


def test_the_items_of_a_report_follow_their_heading() -> None:
    text = "本周小结\n1)周二拜访光明科技\n2)周四电话沟通\n下周计划\n1)周二给蓝天送样\n2)周四前发报价"
    assert [str(when.last_day) for when in whens(text)] == [
        "2026-11-22",
        "2026-11-17",
        "2026-11-19",
        "2026-11-29",
        "2026-11-24",
        "2026-11-26",
    ]


def test_a_clock_time_takes_the_day_told_before_it_in_the_sentence() -> None:
    moments = [when.at for when in whens("明天10点、2点、4点分别去三家;下午五点回公司")]
    assert [f"{at:%d %H}" for at in moments if at] == ["21 10", "21 14", "21 16", "20 17"]


def test_just_now_means_today() -> None:
    (found,) = find(normalise("刚跟秦总通完电话"), NOW)
    assert found.rule == "just"
    assert found.value == When(date(2026, 11, 20))


@pytest.mark.parametrize(
    "text",
    [
        "一点都不难",
        "今日头条投放",
        "早办早好",
        "5G模块",
        "三点要求如下",
        "等一下",
        "调高二十四点五度",
        "张3.5万",
        "人民路18号楼",
        "12号线",
        "第一次合作",
        "每周三例会",
        "下午茶",
        "版本2.11.3",
        "电话13900000123",
        "项目二期",
        "月饼",
        "80号那个渠道",
        "是什么时候",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert whens(text) == []


def test_the_moment_is_in_the_senders_zone() -> None:
    (when,) = whens("明天下午三点")
    assert when.at == datetime(2026, 11, 21, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_traditional_script_reads_alike() -> None:
    assert told("下禮拜三下午三點半") == "2026-11-25 15:30"
    assert told("聽日下晝四點前") == "..2026-11-21 16:00"


@pytest.mark.parametrize(
    ("text", "nearest", "said"),
    [
        ("2026年2月30日", "2026-02-28", "2026年2月30日"),
        ("2月30号前", "2027-02-28", "2月30号"),
        ("13月5号", "2026-12-05", "13月5号"),
        ("11月32号交", "2026-11-30", "11月32号"),
        ("2026-02-30", "2026-02-28", "2026-02-30"),
        ("30/2/2026", "2026-02-28", "30/2/2026"),
        ("2月30號下午三點", "2027-02-28", "2月30号下午三点"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_to_be_none(text: str, nearest: str, said: str) -> None:
    (when,) = whens(text)
    assert (str(when.last_day), when.wrong, when.said) == (nearest, "no_such_day", said)


@pytest.mark.parametrize("text", ["2月30台设备", "版本2026.13", "3月32家", "0号", "2/30"])
def test_numbers_of_other_things_are_no_days(text: str) -> None:
    assert [when for when in whens(text) if when.wrong] == []


def test_the_span_covers_the_words_of_the_edge() -> None:
    text = normalise("麻烦下周五之前给到")
    (found,) = find(text, NOW)
    assert text.plain[found.start : found.end] == "下周五之前"
