"""How values are written for people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.money import Money
from talk.catalogue import say, told
from talk.forms import Reader, written
from talk.message import Count, Parts, Phrase, Span, Word
from talk.periods import period_name

ZH = Reader("zh", ZoneInfo("Asia/Shanghai"), date(2026, 11, 20))
EN = Reader("en", ZoneInfo("Europe/Berlin"), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 11, 20), "今天 周五", "today Fri"),
        (date(2026, 11, 21), "明天 周六", "tomorrow Sat"),
        (date(2026, 11, 25), "周三 11月25日", "Wed 25 Nov"),
        (date(2027, 1, 5), "2027年1月5日", "5 Jan 2027"),
        (datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "明天 周六 09:00", "tomorrow Sat 02:00"),
        (Money(80_000_000), "¥800,000", "¥800,000"),
        (Money(80_000_050), "¥800,000.50", "¥800,000.50"),
        (Money(5_000_000, "USD"), "US$50,000", "$50,000"),
        ({"zh": "赢单", "en": "Won"}, "赢单", "Won"),
        (["a", "b"], "a、b", "a, b"),
    ],
)
def test_values_are_written_in_the_reader_s_language_and_zone(value: object, zh: str, en: str) -> None:
    assert (told(value, ZH), told(value, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Count(1, "count_visits"), "1次", "1 visit"),
        (Count(0, "count_visits"), "0次", "0 visits"),
        (Count(21, "count_deals"), "21个", "21 deals"),
        (Phrase("filter_due", {"days": date(2026, 11, 21)}), "到期 明天 周六", "due tomorrow Sat"),
        (Span(date(2026, 11, 9), date(2026, 11, 15)), "上周 11月9日–15日", "last week 9–15 Nov"),
        (Span(date(2026, 11, 16), date(2026, 11, 22)), "本周 11月16日–22日", "this week 16–22 Nov"),
        (Span(date(2026, 11, 30), date(2026, 12, 6)), "11月30日–12月6日", "30 Nov–6 Dec"),
        (Span(date(2026, 10, 1), date(2026, 10, 31)), "上月 10月1日–31日", "last month 1–31 Oct"),
        (Span(date(2026, 12, 1), date(2026, 12, 31)), "下月 12月1日–31日", "next month 1–31 Dec"),
        (Span(date(2026, 10, 1), date(2026, 12, 31)), "本季度 10月1日–12月31日", "this quarter 1 Oct–31 Dec"),
        (Span(date(2027, 1, 1), date(2027, 3, 31)), "下季度 2027年1月1日–3月31日", "next quarter 1 Jan–31 Mar 2027"),
        (Span(date(2026, 1, 1), date(2026, 12, 31)), "今年 1月1日–12月31日", "this year 1 Jan–31 Dec"),
        (Span(date(2025, 1, 1), date(2025, 12, 31)), "去年 2025年1月1日–12月31日", "last year 1 Jan–31 Dec 2025"),
        (Span(date(2026, 12, 28), date(2027, 1, 3)), "12月28日–2027年1月3日", "28 Dec 2026–3 Jan 2027"),
        (Span(date(2026, 11, 20), date(2026, 11, 20)), "今天 周五", "today Fri"),
        (Span(None, date(2026, 11, 21)), "明天 周六及以前", "up to tomorrow Sat"),
        (Span(date(2026, 11, 25), None), "周三 11月25日起", "from Wed 25 Nov"),
    ],
)
def test_counts_and_periods_are_written_as_people_say_them(value: object, zh: str, en: str) -> None:
    assert (told(value, ZH), told(value, EN)) == (zh, en)


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2026, 3, 1)])
def test_the_periods_beside_a_turn_of_the_year_or_a_leap_day_have_their_names(today: date) -> None:
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    assert period_name(Span(before.replace(day=1), before), today) == "period_last_month"
    monday = today - timedelta(days=today.weekday())
    assert period_name(Span(monday + timedelta(days=7), monday + timedelta(days=13)), today) == "period_next_week"
    assert period_name(Span(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)), today) == "period_next_year"
    assert period_name(Span(first, first), today) == ""


def test_parts_stand_side_by_side_and_empty_ones_are_left_out() -> None:
    assert told(Parts(("华信", None, "", Word("kind_onsite"))), ZH) == "华信 · 上门"


def test_a_missing_word_or_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("no such key", ZH)
    with pytest.raises(KeyError):
        say("apology", ZH)


def test_text_with_braces_stays_as_it_is() -> None:
    assert written("{name} <b>", ZH) == "{name} <b>"
    assert say("not_found", ZH, {"name": "{owner}"}) == "没有找到「{owner}」。"
