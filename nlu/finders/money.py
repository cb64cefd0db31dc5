"""Sums of money: 两万五, 80-90万, HKD 60k, ¥750,000, 3 million, and bare numbers where a money word stands before them.

Each numeral of the text is looked at once, together with the currency, scale and count word around it; whether it is
money is decided on those. Two neighbours joined by 到, 至 or a dash become one sum with an upper end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from crm.money import Money
from nlu.normalise import Text
from nlu.numerals import HAN, bounds
from nlu.rule import Amount, Find
from nlu.sums import Sum, sums

LIMIT = 10**13  # a bare sum from here on is a number of something else; with its currency it is asked about

NUMBERED = re.compile(  # before the number that a paper goes by: invoice 2231
    r"(?<![A-Za-z])(?:invoice|inv|order|po|quote|quotation|ticket|contract|job|ref|case"
    r"|delivery note)(?: ?(?:no\.?|number|nr\.?))? ?#?$",
    re.IGNORECASE,
)
CAME_IN = re.compile(r" (?:hit|landed|came in|came through|cleared|arrived|received|is in|banked)\b", re.IGNORECASE)
COIN = re.compile(rf"(?P<num>\d{{1,2}}|{HAN})(?P<unit>分|角|毛)钱")
SHARED = re.compile("(?<=[付款期])[1-8]{3,5}")  # 付款3331: tenths of a payment, where they make up a whole
JOIN = re.compile(r" ?(?:-|~|—{1,2}|–|到|至|and|to) ?", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d\d")  # 123,000.00: written as sums are
END = re.compile(r"[万了吧啊]?(?:$|[,.;。!?])")


def find(text: Text, now: datetime) -> list[Find]:
    """Every sum of money in the text as an Amount; `now` plays no part."""
    plain = text.plain
    told = sums(plain)
    finds: list[Find] = []
    place = 0
    while place < len(told):
        one, rule = told[place], "sum"
        if place + 1 < len(told) and (joined := _joined(plain, one, told[place + 1])):
            one, rule, place = joined, "range", place + 1
        place += 1
        if _is_money(plain, one):
            finds.append(_found(plain, one, rule))
    return finds + _coins(plain, finds)


def _joined(plain: str, one: Sum, other: Sum) -> Sum | None:
    """Two neighbours as the ends of one range; what the lower end lacks it takes from the upper."""
    if plain[one.end : other.start] == "、":
        return _neighbours(plain, one, other)
    link = JOIN.fullmatch(plain, one.end, min(other.start, one.end + 6))
    if link is None or link.end() != other.start or one.high is not None:
        return None
    if link[0].strip() == "and" and not re.search(r"(?:between|from) $", plain[max(0, one.start - 8) : one.start]):
        return None
    low = one.low if one.scaled or one.low >= other.low else one.low * other.lift
    if low >= other.low or (one.currency and other.currency and one.currency != other.currency):
        return None
    joined = replace(other, start=one.start, low=low, high=other.low, told=one.told or other.told)
    return replace(joined, currency=other.currency or one.currency, scaled=one.scaled or other.scaled)


def _neighbours(plain: str, one: Sum, other: Sum) -> Sum | None:
    """3、40万, 七、八百块: a digit and the next one lead the two ends; 1、20万 at a line's beginning is a list."""
    place = Decimal(10) ** other.low.adjusted()
    if not 2 <= one.low < 9 or other.low != (one.low + 1) * place or other.high is not None:
        return None
    if not plain[max(0, one.start - 1) : one.start].strip():
        return None
    return replace(other, start=one.start, low=one.low * place, high=other.low, told=one.told or other.told)


def _is_money(plain: str, one: Sum) -> bool:
    if not (one.currency or one.scaled) and NUMBERED.search(plain, max(0, one.start - 14), one.start):
        return False
    if one.low <= 0 or one.low >= LIMIT:
        return _cannot_be(plain, one)
    if one.count and not (one.scaled and one.told):
        return False
    is_grouped = GROUPED.fullmatch(plain, one.start, one.end)
    if (
        one.currency
        or one.scaled
        or is_grouped
        or ("," in plain[one.start : one.end] and CAME_IN.match(plain, one.end))
    ):
        return True
    if one.told:
        digits = SHARED.fullmatch(plain, one.start, one.end)
        return one.low >= 100 and not (digits and sum(map(int, digits[0])) == 10)
    return one.low >= 100 and plain.strip() == plain[one.start : one.end] and not plain.strip().isdigit()


def _cannot_be(plain: str, one: Sum) -> bool:
    """Whether a sum of nothing, or of more than there is, is said as a sum: found all the same, so that it is asked."""
    if one.count or one.low < 0:
        return False
    return bool(one.currency or (one.told and (one.low >= LIMIT or END.match(plain, one.end))))


def _found(plain: str, one: Sum, rule: str) -> Find:
    code = one.currency or "CNY"
    amount = Amount(Money.of(one.low, code), None if one.high is None else Money.of(one.high, code))
    return Find("money", one.start, one.end, plain[one.start : one.end], amount, rule)


def _coins(plain: str, finds: list[Find]) -> list[Find]:
    """九分钱, 五毛钱."""
    coins = []
    for match in COIN.finditer(plain):
        value = bounds(match["num"])
        if value and not any(find.start <= match.start() < find.end for find in finds):
            yuan = value[0] / (100 if match["unit"] == "分" else 10)
            coins.append(Find("money", *match.span(), match[0], Amount(Money.of(yuan)), "coins"))
    return coins
