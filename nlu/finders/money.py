"""Sums of money: 两万五, 80-90万, HKD 60k, ¥750,000, 3 million, and bare numbers where a money word stands before them.

Each numeral of the text is looked at once, together with the currency, scale and count word around it; whether it is
money is decided on those. Two neighbours joined by 到, 至 or a dash become one sum with an upper end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from crm.money import Money
from nlu.names import same_length_lower
from nlu.normalise import Text
from nlu.numerals import ASCII, HAN, HAN_DIGIT, HAN_UNIT, LATIN, bounds, english
from nlu.rule import Amount, Find
from nlu.value_words import one_of, opening, value_words

WORDS = value_words()
CODES = {word: code for code, words in WORDS["currency"].items() for word in words}
CURRENCY = one_of(CODES)
ISO = rf"(?:{'|'.join(word for word in CODES if re.fullmatch('[a-z]{3}', word) and word != 'yen')})(?![A-Za-z])"
SIGN = one_of(word for word in CODES if not re.fullmatch("[元块圆]|块钱|kuai|yuan", word))
LIMIT = 10**13  # a bare sum from here on is a number of something else; with its currency it is asked about

ENGLISH_WORD = (
    "(?:half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
PER = "(?:年|个?月|天|次|台|套|人|位|件|个|平|家|季|辆|箱|瓶|支|吨|间|场)"  # 五万一年 is five 万 a year
PART = (
    rf"(?:(?<![十百千万亿\d.]){ASCII.replace('+', '++')}|(?<=[十百千万亿零])\d++(?![.,]\d| ?[月日号年]|[/-]\d)"
    rf"|[{HAN_UNIT}廿]|(?<!\d)(?!(?<=[百千万亿{HAN_DIGIT}])一{PER})[{HAN_DIGIT}]|[多来几余](?=[十百千万亿])"
    rf"|(?<=[十百千万亿\d])[多来几余]|(?<=[百千万])把(?=[块元万])|半(?=个?亿)|个(?=[万亿w])|(?<={HAN})点(?={HAN}))"
)
NUMERAL = rf"(?:[几数](?={HAN}))?{PART}++"
ENGLISH_NUMERAL = (
    rf"(?<![A-Za-z])(?:{ENGLISH_WORD}(?:[ -]{ENGLISH_WORD})*+(?! an? (?:million|billion|grand))"
    "|(?:half )?an?(?= (?:million|billion|grand|dollar|buck|euro|pound)))(?![A-Za-z])"
)
SIGN_STARTS = "".join({re.escape(word[0]) for word in CODES if not word[0].isalnum() or not word.isascii()})
MENTION = re.compile(  # for text in lower case
    rf"(?=[\d几数半{HAN_DIGIT}{HAN_UNIT}廿{SIGN_STARTS}]|(?<![a-z])[a-z])"
    rf"(?:(?:(?<![a-z])(?P<first>[mkb])(?={ISO}))?(?P<pre>{SIGN}|(?<=[mkb]){ISO}) {{0,2}})?"
    rf"(?P<num>{NUMERAL}|{ENGLISH_NUMERAL})"
    r"(?: ?(?P<scale>thousand|grand|million|billion|mil|mn|bn|mm|[kwmb])(?![a-z]))?"
    rf"(?: {{0,2}}(?:(?P<last>[mkb])(?={ISO}))?(?P<post>(?(pre)(?:元|块|圆)|(?:{CURRENCY}|(?<=[mkb]){ISO})))"
    r"(?: (?P<more>thousand|million|billion)(?![a-z]))?)?",
)
SCALES = {
    **LATIN,
    "thousand": 10**3,
    "grand": 10**3,
    "million": 10**6,
    "mil": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
SMALL_CHANGE = re.compile(
    rf"(?P<tens>[\d]|{HAN})(?:角|毛)(?:(?P<ones>\d|{HAN})分?)?|零?(?P<cents>\d{{1,2}}|{HAN})分"
    rf"|(?P<short>[\d]|{HAN})(?![\d十百千万亿个年月天号块元折%人点])"
)
ENGLISH_CENTS = re.compile(
    rf" (?:and )?(?P<cents>\d{{1,2}}|{ENGLISH_WORD}(?:[ -]{ENGLISH_WORD})?+)"
    r"(?: ?(?:cents?|c|sens?)(?![A-Za-z])|(?=[ .]*$))",
    re.IGNORECASE,
)
COIN = re.compile(rf"(?P<num>\d{{1,2}}|{HAN})(?P<unit>分|角|毛)钱")
JOIN = re.compile(r" ?(?:-|~|—{1,2}|–|到|至|and|to) ?", re.IGNORECASE)
INCLUSIVE = re.compile(r"\((?:含|不含)\)")
MONEY = WORDS["money"]
BEFORE = re.compile(
    rf"{opening(MONEY['before'])}(?:{one_of(MONEY['before'])})(?: ?{one_of(MONEY['link'])}){{0,3}}[^\w%$]{{0,3}}$",
    re.IGNORECASE,
)
AFTER = re.compile(rf"{opening(MONEY['after'], ' ')} ?{one_of(MONEY['after'])}")
COUNT = re.compile(
    opening(MONEY["count"], " ")
    + f"(?:{'|'.join((' ?' if word.isascii() else '') + one_of([word]) for word in MONEY['count'])})",
    re.IGNORECASE,
)
ROUGHLY = re.compile("(?:(?<![早晚])上|近|小|约|超|过|达|破)$")
ADVERB = re.compile("[别不要记注得]")
ALONE = re.compile("[百千万亿佰仟]+")  # 千万别, 百分之
NO_COIN = re.compile("[旦素宵老件儿]")
ONE_YUAN = re.compile("[钱零二两三四五六七八九,.。;!?]|$")
GOES_ON = re.compile(r"[A-Za-z]|[./:]\d|[%折°]|成(?!交)|分之")
TOUCHING = re.compile(r"[A-Za-z0-9#._/:-]")
END = re.compile(r"[万了吧啊]?(?:$|[,.;。!?])")
WINDOW = 12  # characters before a number in which its money word must stand


@dataclass(frozen=True)
class Sum:
    """A numeral with what stands around it, and where."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    currency: str | None
    scaled: bool  # 万, k, million: large enough to be money by itself
    told: bool  # a money word stands before it, or 太贵 behind
    count: bool
    lift: Decimal  # what a lower end without a scale of its own borrows


def find(text: Text, now: datetime) -> list[Find]:
    """Every sum of money in the text as an Amount; `now` plays no part."""
    plain = text.plain
    sums: list[Sum] = []
    for match in MENTION.finditer(same_length_lower(plain)):
        found = _read(plain, match)
        if found and not (sums and found.start < sums[-1].end):
            sums.append(found)
    finds: list[Find] = []
    place = 0
    while place < len(sums):
        one, rule = sums[place], "sum"
        if place + 1 < len(sums) and (joined := _joined(plain, one, sums[place + 1])):
            one, rule, place = joined, "range", place + 1
        place += 1
        if _is_money(plain, one):
            finds.append(_found(plain, one, rule))
    return finds + _coins(plain, finds)


def _read(plain: str, match: re.Match[str]) -> Sum | None:
    start, end = match.span()
    values = _bounds(match)
    if values is None or _is_part_of_a_word(plain, match):
        return None
    low, high = values
    scale = (match["scale"] or match["more"] or match["first"] or match["last"] or "").lower()
    lift = Decimal(SCALES.get(scale, 1))
    code = CODES.get((match["pre"] or match["post"] or "").lower())
    if match["post"] and not match["scale"]:
        low, end = _with_change(plain, match, low, end)
    elif not match["post"] and match["pre"]:
        low, end = _with_english_change(plain, match, low, end, bool(scale))
    inclusive = INCLUSIVE.match(plain, end)
    return Sum(
        start,
        inclusive.end() if inclusive else end,
        low * lift,
        None if high is None else high * lift,
        code,
        _is_scaled(match["num"], scale, bool(code)),
        not code and _is_told(plain, match, end),
        bool(not code and COUNT.match(plain, end)),
        lift if scale else _han_lift(match["num"]),
    )


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    numeral = match["num"].lower()
    if numeral[0].isascii() and numeral[0].isalpha():
        value = english(numeral)
        return None if value is None else (value, None)
    if match["pre"] and CODES[match["pre"].lower()] == "EUR" and re.fullmatch(r"\d{1,3}\.\d{3}", numeral):
        return Decimal(numeral.replace(".", "")), None  # 58.000 is written so where the euro is paid
    return bounds(numeral)


def _is_part_of_a_word(plain: str, match: re.Match[str]) -> bool:
    """Numbers of phones, orders, models, versions, and 周三万达, 第一, 千万别, 张三人民币, 这一块."""
    start, end = match.span()
    numeral, post = match["num"], match["post"]
    before, after = plain[start - 1 : start], plain[end : end + 2]
    if not match["pre"] and before and (before in "周期拜第初#" or _touches(plain, start)):
        return True
    if (ALONE.fullmatch(numeral) and not _is_round(plain, match)) or re.match(r"0\d", numeral):
        return True
    if post in ("人民币", "刀") and numeral in HAN_DIGIT:
        return True  # 张三人民币, 一刀切
    if post in ("元", "块") and (NO_COIN.match(after) or (numeral == "一" and before and before in "这那哪每同")):
        return True
    if post == "块" and numeral == "一" and not ONE_YUAN.match(after):
        return True
    return not post and bool(GOES_ON.match(after))


def _is_round(plain: str, match: re.Match[str]) -> bool:
    """近百万, 上千万, 过亿, 百万元: a sum in a bare unit, unlike 千万别忘."""
    if match["post"]:
        return True
    told = ROUGHLY.search(plain, max(0, match.start() - 2), match.start())
    return bool(
        told and match["num"] in ("百万", "千万", "亿", "百亿", "千亿") and not ADVERB.match(plain, match.end())
    )


def _is_told(plain: str, match: re.Match[str], end: int) -> bool:
    """Whether a money word stands before, or 太贵 behind; digits said one by one (三六一) are codes even then."""
    if len(match["num"]) > 1 and all(char in HAN_DIGIT for char in match["num"]):
        return False
    return bool(BEFORE.search(plain, max(0, match.start() - WINDOW), match.start()) or AFTER.match(plain, end))


def _touches(plain: str, start: int) -> bool:
    """Whether a letter, digit or joining sign leads straight into the number (a range's dash does not)."""
    before = plain[start - 1 : start]
    if not before or not TOUCHING.match(before):
        return False
    if before in "-." and start >= 2:
        return bool(re.match(r"[A-Za-z.]", plain[start - 2]))
    return before not in ":-."


def _is_scaled(numeral: str, scale: str, has_code: bool) -> bool:
    if scale == "m":
        return "." in numeral or has_code
    return bool(scale) or "万" in numeral or "亿" in numeral or numeral.endswith("million")


def _han_lift(numeral: str) -> Decimal:
    """What 三十万 lends to the lower end of 十八至三十万; 二十 lends nothing."""
    lift = 1
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        if numeral.endswith(unit):
            lift, numeral = lift * value, numeral.removesuffix(unit)
    small = {"千": 1000, "仟": 1000, "百": 100, "佰": 100}.get(numeral[-1:], 1)
    return Decimal(lift * small if lift == 1 else lift)


def _with_change(plain: str, match: re.Match[str], low: Decimal, end: int) -> tuple[Decimal, int]:
    """三块四, 123元1角1分, 九元零九分, 20 dollars 43 cents."""
    if match["post"] not in ("元", "块", "圆", "块钱"):
        return _with_english_change(plain, match, low, end, scaled=False)
    change = SMALL_CHANGE.match(plain, end)
    if change is None or (change["short"] and match["post"] != "块"):
        return low, end
    tens, ones = bounds(change["tens"] or change["short"] or "零"), bounds(change["ones"] or change["cents"] or "零")
    if tens is None or ones is None:
        return low, end
    return low + tens[0] / 10 + ones[0] / 100, change.end()


def _with_english_change(plain: str, match: re.Match[str], low: Decimal, end: int, scaled: bool) -> tuple[Decimal, int]:
    cents = None if scaled else ENGLISH_CENTS.match(plain, end)
    value = english(cents["cents"]) if cents else None
    if cents is None or value is None or value >= 100 or "." in match["num"]:
        return low, end
    return low + value / 100, cents.end()


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
    if one.low <= 0 or one.low >= LIMIT:
        return _cannot_be(plain, one)
    if one.count and not (one.scaled and one.told):
        return False
    if one.currency or one.scaled:
        return True
    if one.told:
        return one.low >= 100
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
