"""How values are written for people: money, days, moments, in the reader's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

from crm.money import Money
from crm.users import User

LOCALES = {"zh": "zh_Hans_CN", "en": "en_US"}
FAR = 1000  # days: no word is nearer
_NEAR = {
    "zh": {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


@dataclass(frozen=True)
class Reader:
    """For whom it is written: language (zh or en), zone, and the day that is today for them.

    `is_now` False: it is read on some later day, so that no day is told as today or tomorrow.
    """

    language: str
    zone: tzinfo
    today: date
    is_now: bool = True


def reader_of(user: User, at: datetime) -> Reader:
    """How a user is written to at a moment."""
    zone = ZoneInfo(user.zone)
    return Reader(user.language, zone, at.astimezone(zone).date())


def written(value: Any, reader: Reader) -> str:
    """A value as the reader says it. Names by language ({"zh": …, "en": …}) give the reader's."""
    if isinstance(value, Money):
        return written_money(value, reader.language)
    if isinstance(value, datetime):
        local = value.astimezone(reader.zone)
        return f"{written_day(local.date(), reader)} {local:%H:%M}"
    if isinstance(value, date):
        return written_day(value, reader)
    if isinstance(value, Mapping):
        return str(value.get(reader.language) or value["zh"])
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


@lru_cache(maxsize=4096)
def written_money(money: Money, language: str) -> str:
    """¥800,000 or $50,000.50: fractions only where there are some."""
    pattern = "¤#,##0" if money.major == money.major.to_integral_value() else "¤#,##0.00"
    locale = LOCALES["zh" if money.currency == "CNY" else language]
    return format_currency(Decimal(money.major), money.currency, pattern, locale=locale, currency_digits=False)


def written_day(day: date, reader: Reader) -> str:
    """今天 周五, 周三 11月25日, 2027年1月5日; today Fri, Wed 25 Nov, 5 Jan 2027."""
    distance = (day - reader.today) // timedelta(days=1) if reader.is_now else FAR
    return _written_day(day, distance, day.year == reader.today.year, reader.language)


@lru_cache(maxsize=4096)
def _written_day(day: date, distance: int, is_this_year: bool, language: str) -> str:
    zh = language == "zh"
    locale = LOCALES[language]
    weekday = format_date(day, "EEE", locale=locale)
    near = _NEAR[language].get(distance)
    if near:
        return f"{near} {weekday}"
    if not is_this_year:
        return format_date(day, "y年M月d日" if zh else "d MMM y", locale=locale)
    return f"{weekday} {format_date(day, 'M月d日' if zh else 'd MMM', locale=locale)}"
