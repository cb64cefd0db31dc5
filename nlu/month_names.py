"""Months and quarters as targets are told for them: 本月, 12月, Q4, 下季度, December, next quarter."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_HAN = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
PERIOD = re.compile(
    r"(?P<beside>本|当|这个?|下个?|上个?|this |next |last |the current |current )(?P<unit>月|季度?|month|quarter)"
    r"(?:度|份|'s)?"
    r"|(?:(?P<year>20\d\d)(?:年|-| )?的?)?(?:第?(?P<han>[一二三四1-4])季度?|q(?P<q>[1-4]))"
    r"(?:(?:,? | of )(?P<after>20\d\d))?(?:'s)?"
    r"|(?:(?P<y>20\d\d)[年/-])?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
    r"|(?P<iso>20\d\d-(?:0[1-9]|1[0-2]))(?!\d)"
    rf"|(?P<en>{_ENGLISH})(?![a-z])(?:,? (?P<en_year>20\d\d))?(?:'s)?"
    r"|(?P<other>今年|明年|去年|全年|年度|上半年|下半年|半年|本周|这周|下周|上周|今天|明天|(?:20\d\d)年"
    r"|(?:this|next|last) (?:year|week)|today|tomorrow|annual|yearly|weekly)"
)


def period_told(said: re.Match[str], today: date, *, is_ahead: bool) -> str:
    """The period of a match as targets name it (2026-11, 2026-Q4), or the words where it is neither month nor quarter.

    `is_ahead`: without a year one that is over is the next year's.
    """
    if said["other"]:
        return said["other"]
    if said["iso"]:
        return said["iso"]
    if said["beside"]:
        return _beside(said, today)
    quarter = said["han"] or said["q"]
    year = said["year"] or said["after"] or said["y"] or said["en_year"]
    if quarter:
        number, now = _number(quarter), (today.month + 2) // 3
        return f"{_year(year, today, is_ahead and number < now)}-Q{number}"
    number = _number(said["m"]) if said["m"] else MONTHS.index(said["en"][:3]) + 1
    return f"{_year(year, today, is_ahead and number < today.month)}-{number:02}"


def _beside(said: re.Match[str], today: date) -> str:
    step = {"下": 1, "n": 1, "上": -1, "l": -1}.get(said["beside"][0], 0)
    if said["unit"] in ("月", "month"):
        place = today.year * 12 + today.month - 1 + step
        return f"{place // 12}-{place % 12 + 1:02}"
    place = today.year * 4 + (today.month - 1) // 3 + step
    return f"{place // 4}-Q{place % 4 + 1}"


def _number(said: str) -> int:
    return _HAN[said] if said in _HAN else int(said)


def _year(told: str | None, today: date, is_over: bool) -> int:
    return int(told) if told else today.year + is_over
