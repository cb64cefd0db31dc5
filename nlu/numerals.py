"""The one number routine: Chinese, mixed and English numerals, exact or vague, that time, money and percent share.

`number` reads one value; `bounds` reads vague ones too (三五十 is 30 to 50, 十几 is 10). What is counted stays with the
finders. Chinese numerals are read here rather than by a library because people write 1万2, 三万五 and 25万6千.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {
    **{
        char: value
        for value, chars in enumerate(("零〇○", "一壹幺", "二两贰俩", "三叁仨", "四肆", "五伍"))
        for char in chars
    },
    **dict(zip("六陆七柒八捌九玖", (6, 6, 7, 7, 8, 8, 9, 9), strict=True)),
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LATIN = {"k": 10**3, "w": 10**4, "m": 10**6}

HAN_DIGIT = "零〇○一壹幺二两贰三叁四肆五伍六陆七柒八捌九玖"
HAN_UNIT = "十拾百佰千仟万亿兆"
HAN = f"[{HAN_DIGIT}{HAN_UNIT}廿卅]"
ASCII = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"

TOKEN = re.compile(
    rf"(?P<ascii>{ASCII})|(?P<digit>[{HAN_DIGIT}])|(?P<small>[十拾百佰千仟廿卅])|(?P<large>[万亿兆])|(?P<point>点)"
)
VAGUE = re.compile(r"(?:(?<=[十拾百佰千仟万亿\d])[来多几余把]|零几)")
# 百八十万, 千八百, 万八千: a hundred or somewhat less, ten times that, …
ABOUT = re.compile("(?P<high>[百千万])(?P<low>[七八][十百千])(?P<times>[万亿]?)")
PAIR = re.compile(rf"(?<![点{HAN_DIGIT}])([一二两三四五六七八])([二两三四五六七八九])(?=[{HAN_UNIT}]|$)")
NO_COUNTER = str.maketrans({"个": None, "半": "0.5"})  # 两个亿, 半个亿
LEADING_FEW = re.compile(rf"^[几数](?=[{HAN_UNIT}])")

ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH = {
    **{word: value for value, word in enumerate(ENGLISH_ONES)},
    **{word: 10 * value for value, word in enumerate(ENGLISH_TENS, 2)},
}
ENGLISH_SCALE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """The value of an exact numeral (三万五, 1万2, 12,500, 一百零三点五, 二零二六); None where it is none."""
    if not text or text[0] in LARGE:
        return None
    head, point, tail = text.partition("点")
    if point:
        return _with_fraction(head, tail)
    tokens = [(m.lastgroup or "", m[0]) for m in TOKEN.finditer(text)]
    if sum(len(token) for _, token in tokens) != len(text):
        return None
    return _spelt(tokens) if all(kind == "digit" for kind, _ in tokens) and len(tokens) > 1 else _summed(tokens)


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The lower and, of a range, the upper value of a numeral that may be vague: 三五十万, 十几, 三十来万, 几百万."""
    if about := ABOUT.fullmatch(text):
        low, high = number(about["low"] + about["times"]), number(f"一{about['high']}{about['times']}")
        if low and high and low < high < 2 * low:
            return low, high
    plain = VAGUE.sub("", LEADING_FEW.sub("一", text.translate(NO_COUNTER)))
    if plain[:1] in LARGE or plain[:2] == "百十":
        plain = f"一{plain.removeprefix('百十')}" if plain[0] in LARGE else f"一百{plain[2:]}"
    pair = PAIR.search(plain)
    if pair and DIGITS[pair[1]] < DIGITS[pair[2]] and "点" not in plain:
        low = number(plain[: pair.start(2)] + plain[pair.end(2) :])
        high = number(plain[: pair.start(1)] + plain[pair.end(1) :])
        return None if low is None else (low, high)
    value = number(plain)
    return None if value is None else (value, None)


def english(text: str) -> Decimal | None:
    """The value of English number words (forty-five, two thousand and twenty, half, a), or of digits."""
    words = text.lower().replace("-", " ").replace(",", "").split()
    total, section = Decimal(0), Decimal(0)
    for word in words:
        if word in ENGLISH:
            section += ENGLISH[word]
        elif word in ("a", "an"):
            section += 0 if section == Decimal("0.5") else 1  # half a million
        elif word == "half":
            section += Decimal("0.5")
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in ENGLISH_SCALE:
            total, section = total + (section or Decimal(1)) * ENGLISH_SCALE[word], Decimal(0)
        elif re.fullmatch(r"\d+(?:\.\d+)?", word):
            section += Decimal(word)
        elif word != "and":
            return None
    return total + section if words else None


def digits(text: str) -> str:
    """Numerals read one by one, as telephone numbers and years are: 幺三八 is 138; anything else is left out."""
    return "".join(
        char if char.isdigit() and char.isascii() else str(DIGITS[char])
        for char in text
        if char in DIGITS or (char.isascii() and char.isdigit())
    )


def _spelt(tokens: list[tuple[str, str]]) -> Decimal:
    """Digits said one after another: 二零二六 is 2026."""
    return Decimal("".join(str(DIGITS[char]) for _, char in tokens))


def _with_fraction(head: str, tail: str) -> Decimal | None:
    """三点五, 一百二十点零五, 3点5万."""
    fraction = re.match(rf"[{HAN_DIGIT}\d]+", tail)
    whole = number(head)
    if whole is None or fraction is None:
        return None
    value = whole + Decimal(f"0.{digits(fraction[0])}")
    for unit in tail[fraction.end() :]:
        if unit not in LARGE and unit not in SMALL:
            return None
        value *= LARGE.get(unit) or SMALL[unit]
    return value


def _summed(tokens: list[tuple[str, str]]) -> Decimal | None:
    """Digits and units summed: sections below 万 grow in `section`, closed ones in `total`."""
    total, section, last = Decimal(0), Decimal(0), Decimal(1)
    pending: Decimal | None = None
    zero = False
    for kind, token in tokens:
        if kind in ("ascii", "digit"):
            value = Decimal(token.replace(",", "")) if kind == "ascii" else Decimal(DIGITS[token])
            zero = zero or (kind == "digit" and value == 0)
            pending = value if pending is None or pending == 0 else pending * 10 + value
        elif kind == "small":
            unit = Decimal(SMALL[token])
            section, pending, last, zero = (
                section + (pending or 1) * unit,
                None,
                Decimal(10 ** (len(str(unit)) - 1)),
                False,
            )
        else:
            unit = Decimal(LARGE[token])
            if pending is not None and pending == section == total == 0:
                continue  # 0万 is none
            total, section = _closed(total, section + (pending or 0), unit)
            pending, last, zero = None, unit, False
    return total + section + _trailing(pending, last, zero)


def _closed(total: Decimal, section: Decimal, unit: Decimal) -> tuple[Decimal, Decimal]:
    """The sums after 万 or 亿: it lifts its own section, or (万万, 万亿) all before it."""
    if section == 0:
        return (total or Decimal(1)) * unit, Decimal(0)
    if 0 < total < unit:
        return (total + section) * unit, Decimal(0)
    return total + section * unit, Decimal(0)


def _trailing(pending: Decimal | None, last: Decimal, zero: bool) -> Decimal:
    """What a last digit stands for: the next lower place in 三万五 and 1万2, itself in 二十五, 一万零五 and 1万600."""
    if pending is None:
        return Decimal(0)
    is_short = last > 10 and not zero and 0 < pending < 10 and pending == int(pending)
    return pending * last / 10 if is_short else pending
