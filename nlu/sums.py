"""Sums as they are written: each numeral with the currency, scale and count word around it.

Which of them are money after all is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.names import same_length_lower
from nlu.numerals import ASCII, HAN, HAN_DIGIT, HAN_UNIT, LATIN, bounds, english
from nlu.value_words import one_of, opening, value_words

WORDS = value_words()
CODES = {word: code for code, words in WORDS["currency"].items() for word in words}
CURRENCY = "(?:" + one_of(word for word in CODES if word != "欧") + "|欧(?![洲盟美式元]))"
ISO = rf"(?:{'|'.join(word for word in CODES if re.fullmatch('[a-z]{3}', word) and word != 'yen')})(?![A-Za-z])"
SIGN = one_of(word for word in CODES if not re.fullmatch("[元块圆欧]|块钱|kuai|yuan", word))
ENGLISH_WORD = (
    "(?:half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
PER = "(?:年|个?月|天|次|台|套|人|位|件|个|平|家|季|辆|箱|瓶|支|吨|间|场)"  # 五万一年 is five 万 a year
PART = (
    rf"(?:(?<![十百千万亿\d.]){ASCII.replace('+', '++')}|(?<=[十百千万亿零])\d++(?!\.\d|,\d{{3}}| ?[月日号年]|[/-]\d)"
    rf"|[{HAN_UNIT}廿卅]|(?<!\d)(?!(?<=[百千万亿{HAN_DIGIT}])一{PER})[{HAN_DIGIT}]|[多来几余](?=[十百千万亿])"
    rf"|(?<=[十百千万亿\d])[多来几余]|(?<=[百千万])把(?=[块元万])|半(?=个?亿)|个(?=[万亿w])|(?<={HAN})点(?={HAN}))"
)
NUMERAL = rf"(?:(?:几|(?<![过入收找追交])数)(?={HAN}))?{PART}++"
ENGLISH_NUMERAL = (
    rf"(?<![A-Za-z])(?:{ENGLISH_WORD}(?:[ -]{ENGLISH_WORD})*+(?! an? (?:million|mil|billion|grand))"
    "|(?:half )?an?(?= (?:million|mil|billion|grand|dollar|buck|euro|pound)))(?![A-Za-z])"
)
SIGN_STARTS = "".join({re.escape(word[0]) for word in CODES if not word[0].isalnum() or not word.isascii()})
LATIN_WORDS = [
    word for word in (*CODES, *ENGLISH_WORD[3:-1].split("|"), "an", "a ") if word[0].isascii() and word[0].isalpha()
]
LATIN_WORDS += [scale + word for scale in "mkb" for word in CODES if re.fullmatch("[a-z]{3}", word)]
LATIN_STARTS = "|".join(
    f"{first}[{re.escape(''.join(sorted({word[1] for word in LATIN_WORDS if word[0] == first})))}]"
    for first in sorted({word[0] for word in LATIN_WORDS})
)
MENTION = re.compile(  # for text in lower case
    rf"(?=[\d几数半{HAN_DIGIT}{HAN_UNIT}廿卅{SIGN_STARTS}]|(?<![a-z])(?:{LATIN_STARTS}))"
    rf"(?:(?:(?<![a-z])(?P<first>[mkb])(?={ISO}))?(?P<pre>{SIGN}|(?<=[mkb]){ISO}) {{0,2}})?"
    rf"(?P<num>{NUMERAL}|{ENGLISH_NUMERAL})(?P<plus> and a half(?= (?:grand|mil|million|billion|k)\b))?"
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
ORDINAL = re.compile("[周拜第初#]$|星期$")
RANGE = re.compile("[0-9] ?[kwm]-$", re.IGNORECASE)  # 190k-220k
ALONE = re.compile("[百千万亿佰仟]+")  # 千万别, 百分之
NO_COIN = re.compile("[旦素宵老件儿]")
ONE_YUAN = re.compile("[钱零二两三四五六七八九,.。;!?]|$")
GOES_ON = re.compile(r"[A-Za-z]|[./:]\d|[%折°]|成(?!交)|分之")
TOUCHING = re.compile(r"[A-Za-z0-9#._/:-]")
SERVER_SAYS = frozenset(map(str, (401, 403, 404, 405, 408, 413, 422, 429, 501, 502, 503, 504)))  # 全报502 is no price
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


def sums(plain: str) -> list[Sum]:
    """Every numeral of the text that might be a sum, in order, none overlapping."""
    found: list[Sum] = []
    for match in MENTION.finditer(same_length_lower(plain)):
        one = _read(plain, match)
        if one and not (found and one.start < found[-1].end):
            found.append(one)
    return found


def _read(plain: str, match: re.Match[str]) -> Sum | None:
    start, end = match.span()
    values = _bounds(match)
    if values is None or _is_part_of_a_word(plain, match):
        return None
    low, high = (values[0] + Decimal("0.5"), None) if match["plus"] else values
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
    if CODES.get(match["pre"] or match["post"] or "") == "EUR" and re.fullmatch(r"\d{1,3}\.\d{3}", numeral):
        return Decimal(numeral.replace(".", "")), None  # 58.000 is written so where the euro is paid
    return bounds(numeral)


def _is_part_of_a_word(plain: str, match: re.Match[str]) -> bool:
    """Numbers of phones, orders, models, versions, and 周三万达, 第一, 千万别, 张三人民币, 这一块."""
    start, end = match.span()
    numeral, post = match["num"], match["post"]
    before, after = plain[start - 1 : start], plain[end : end + 2]
    if not match["pre"] and before and (ORDINAL.search(plain, max(0, start - 2), start) or _touches(plain, start)):
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
    if match["num"] in SERVER_SAYS and plain[: match.start()].endswith("报"):
        return False
    return bool(BEFORE.search(plain, max(0, match.start() - WINDOW), match.start()) or AFTER.match(plain, end))


def _touches(plain: str, start: int) -> bool:
    """Whether a letter, digit or joining sign leads straight into the number (a range's dash does not)."""
    before = plain[start - 1 : start]
    if not before or not TOUCHING.match(before):
        return False
    if before in "-." and start >= 2 and not RANGE.search(plain, max(0, start - 4), start):
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
