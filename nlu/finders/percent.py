"""Shares in percent: 65%, 六成, 百分之六十, three percent; and discounts (85折, 让3个点), told as what comes off."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from nlu.names import same_length_lower
from nlu.normalise import Text
from nlu.numerals import ASCII, DIGITS, HAN, bounds, english
from nlu.rule import Find

WHOLE = ASCII.replace("+", "++")
POINT = rf"(?<={HAN}) ?点 ?(?={HAN})"
NUMERAL = rf"(?:{WHOLE}|(?:[零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]|{POINT}){{1,24}}+)"
TENTHS = "成(?![交为就员立本熟功都品效绩长分]|不变|不了)(?P<five>[半五](?![十百千万]))?"
POINTS = r"个? ?百 ?分 ?点|个?点(?=[^\d半整钟一二三四五六七八九十]|$)"
CHANCE = re.compile(  # for text in lower case
    "(?:赢面|胜面|赢率|胜率|把握|概率|机率|几率|可能性|成功率|probability|win rate|likelihood|odds)[先也就]?[ :]?"
    "(?:(?:从[^,。;到至]{1,6})?[改调升降提下上拉]{0,2}[到至成为修]|算|给|填|大概|大约|约|是"
    "|at|is|now|to|up to|down to|[ ,]){0,3} ?"
    r"(?P<odds>(?:100|[1-9]\d?)(?![\d.,%折成万千百元块kw年月日号点天个:/-])|五五(?!开))"
)
SHARE = re.compile(
    rf"(?P<below>负)?(?P<of>[百千]?万? ?分 ?之) ?(?P<parts>(?:{WHOLE}|(?:(?!百 ?分){HAN}|{POINT}){{1,24}}+))"
    rf"|(?<![\d.A-Za-z%])(?P<minus>[-负])?(?:(?P<from>{WHOLE}|[一二三四五六七八九])(?:-|~|到|至))?+"
    rf"(?P<num>{NUMERAL})(?: *(?P<unit>%|折|{TENTHS}|{POINTS})"
    r"| (?P<word>percent|per cent|pct)\b)"
    r"|(?P<half>对半|五五开|(?<=[付打交款先另])一半|另一半|一半(?=首付|预付|定金|尾款))"
    r"|(?P<cut>打(?:了|个|了个)?对折|半价)"
    r"|(?P<lower>[二三四五六八十])分之(?P<upper>[一二三四五六七八九])",
    re.IGNORECASE,
)
WORDS = re.compile(r"\b(?P<minus>minus )?(?P<num>[a-z]{3,9}(?:[ -][a-z]{3,9})?) percent\b", re.IGNORECASE)
OUT_OF_TEN = re.compile(
    r"(?<![\w.])(?P<n>[1-9]|one|two|three|four|five|six|seven|eight|nine) (?:out of|in) (?:ten|10)(?!\w)"
    r"|(?P<even>\bfifty[ -]fifty\b|(?<![\d.])50[-/: ]50(?!\d))",
    re.IGNORECASE,
)
HINT = re.compile("[%折成点半]|五五开|分 ?之|百 ?分|per ?cent|pct")
ENGLISH_HINTS = ("half", "third", "quarter", "fifth", "tenth", "point")
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
SHARE_OF = re.compile(
    r"(?<!first )(?<!second )(?<!past )(?<!a )(?<![A-Za-z])"
    r"(?:(?P<n>an?|one|two|three|four) (?P<part>thirds?|quarters?|fifths?|tenths?)|half)(?![A-Za-z])"
    r"(?P<told> (?:of (?:it|that|them|the (?:total|amount|price|sum|money|contract|payment|fee|value))|up ?front|down"
    r"|now|in advance|on (?:delivery|signing|order|acceptance|completion)|(?:is |was )?(?:paid|due|payable)))?",
    re.IGNORECASE,
)
PAID_SHARE = re.compile(r"(?:pay|paid|prepay|prepaid|deposit(?: of| is)?|discount of|by) $", re.IGNORECASE)
ENGLISH_POINTS = re.compile(
    r"(?<![A-Za-z])(?:give|gave|drop(?:ped)?|cut|lower(?:ed)?|conceded?|knock|take|took)(?: them| him| her| us)?"
    r"(?: another)? (?P<num>\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|ten) (?:percentage )?points?"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
SHARED_OUT = re.compile("(?<!五五)(?:开(?![工会始发票通放户])|分账|分成|付(?![错过清掉了])|分期|结算)")
SPLIT = re.compile(
    r"(?<![\d./:-])(?P<parts>[1-9]\d?(?P<sign>[-/:])[1-9]\d?(?:(?P=sign)[1-9]\d?){0,3})(?![/:.-]?\d)"
    r"|(?<=[付款期])(?P<digits>[1-8]{3,5})(?![\d.,%万千百元块年月日号点天个])"
    r"|(?<![零一二三四五六七八九十第周])(?P<han>[一二三四五六七八九]{2,4})(?![十百千万\d个成年月日号点折])"
)
PAID = re.compile(r"(?:付款|支付|付|款|分期|分|比例|payment|terms|split|kpi)[^\d%。;\n]{0,8}$", re.IGNORECASE)
POINTS_BEFORE = re.compile(
    r"(?:让|降|优惠|下浮|再少|少|便宜|返|折让|涨|提|抽|佣金|返点|利率|税)[^\d一二三四五六七八九十]{0,3}$"
)
KEPT = ("剩", "留", "余", "押", "扣")  # 剩五个点: what is paid last
URL_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def find(text: Text, now: datetime) -> list[Find]:
    """Every share in the text as a float; rule "discount" where it is what comes off a price."""
    plain = text.plain
    low = same_length_lower(plain)
    finds: list[Find] = []
    if HINT.search(low):
        finds += [found for match in SHARE.finditer(plain) if (found := _read(plain, match))]
    if "percent" in low:
        finds += [found for match in WORDS.finditer(plain) if (found := _spoken(match))]
    if any(word in low for word in ENGLISH_HINTS):
        finds += [found for match in SHARE_OF.finditer(plain) if (found := _share_of(plain, match))]
        finds += [found for match in ENGLISH_POINTS.finditer(plain) if (found := _points(match))]
    if " ten" in low or " 10" in low or "fifty" in low or "50" in low:
        finds += [_out_of_ten(match) for match in OUT_OF_TEN.finditer(plain)]
    finds += [_chance(match) for match in CHANCE.finditer(low)]
    return finds + [share for match in SPLIT.finditer(plain) for share in _shares(plain, match)]


def _read(plain: str, match: re.Match[str]) -> Find | None:
    if match["half"]:
        return _found(match, Decimal(50), "half")
    if match["cut"]:
        return _found(match, Decimal(50), "discount")
    if match["of"] or match["lower"]:
        return _fraction(match)
    return _counted(plain, match)


def _counted(plain: str, match: re.Match[str]) -> Find | None:
    """A number before its unit; of 50-60% and 六到七成 the lower end, as of 六七成."""
    value = _value(match["from"] or match["num"], is_price=match["unit"] == "折")
    if value is None or value < 0:
        return None
    if match["minus"]:
        value = -value
    unit = (match["unit"] or "percent").replace(" ", "")
    return _in_unit(plain, match, value, unit)


def _in_unit(plain: str, match: re.Match[str], value: Decimal, unit: str) -> Find | None:
    if unit == "折":
        return _discount(match, value)
    if unit.startswith("成"):
        value = value * 10 + (5 if match["five"] else 0)
        return _found(match, value, "tenths") if 0 < value <= 100 else None
    if unit in ("点", "个点"):
        is_told = POINTS_BEFORE.search(plain, max(0, match.start() - 8), match.start())
        if plain[max(0, match.start() - 1) : match.start()] in KEPT and value < 50:
            return _found(match, value, "percent")
        return _found(match, value, "discount") if is_told and unit == "个点" and value < 50 else None
    if URL_ESCAPE.match(plain, match.end() - 1) or plain[max(0, match.start() - 1) : match.start()] in ("=", "&"):
        return None
    return _found(match, value, "percent")


def _chance(match: re.Match[str]) -> Find:
    """把握调到65, 赢面五五: after the words for a chance a bare number is one."""
    said = match["odds"]
    return Find("percent", *match.span("odds"), said, 50.0 if said == "五五" else float(said), "percent")


def _out_of_ten(match: re.Match[str]) -> Find:
    """nine out of ten, fifty-fifty."""
    return _found(match, Decimal(50) if match["even"] else 10 * (english(match["n"]) or Decimal(match["n"])), "percent")


def _value(numeral: str, *, is_price: bool) -> Decimal | None:
    """The number, of a vague one its lower end; 八八 and 三五 before 折 are read digit by digit, 七八 is vague."""
    numeral = numeral.replace(" ", "")
    if is_price and len(numeral) == 2 and all(char in DIGITS for char in numeral):
        first, second = DIGITS[numeral[0]], DIGITS[numeral[1]]
        return Decimal(first * 10 + (0 if second == first + 1 else second))
    values = bounds(numeral)
    return values[0] if values else None


def _discount(match: re.Match[str], value: Decimal) -> Find | None:
    """What comes off: 85折 leaves 85 of a hundred, 八折 80, 8.5折 85."""
    left = value if value > 10 else value * 10
    return _found(match, 100 - left, "discount") if 0 < left < 100 else None


def _fraction(match: re.Match[str]) -> Find | None:
    """百分之二十, 千分之五, 万分之三, 四分之一."""
    if match["lower"]:
        return _found(match, Decimal(100 * DIGITS[match["upper"]]) / (DIGITS.get(match["lower"]) or 10), "fraction")
    parts = bounds(match["parts"].replace(" ", ""))
    whole = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7}.get(
        re.split(" ?分", match["of"])[0].strip()
    )
    if parts is None or whole is None:
        return None
    return _found(match, parts[0] * 100 / whole * (-1 if match["below"] else 1), "fraction")


def _share_of(plain: str, match: re.Match[str]) -> Find | None:
    """a third of it, two thirds upfront, half on delivery; by itself only where it is all that is said, or paid."""
    is_paid = PAID_SHARE.search(plain, max(0, match.start() - 14), match.start())
    if not (match["told"] or is_paid or plain.strip() == match[0]):
        return None
    count = english(match["n"]) if match["n"] else None
    parts = PARTS[(match["part"] or "half").lower().removesuffix("s")]
    return _found(match, Decimal(100) * (count or 1) / parts, "fraction")


def _points(match: re.Match[str]) -> Find | None:
    value = english(match["num"])
    return _found(match, value, "discount") if value is not None and 0 < value < 50 else None


def _spoken(match: re.Match[str]) -> Find | None:
    value = english(match["num"])
    if value is None:
        return None
    return _found(match, -value if match["minus"] else value, "percent")


def _found(match: re.Match[str], value: Decimal, rule: str) -> Find:
    return Find("percent", match.start(), match.end(), match[0], float(value), rule)


def _shares(plain: str, match: re.Match[str]) -> list[Find]:
    """The instalments of 30/60/10, 3-6-1 and 三六一: shares that make up a whole."""
    pieces = re.finditer(r"\d+", match[0]) if match["parts"] else re.finditer(".", match[0])
    parts = [(match.start() + p.start(), match.start() + p.end(), bounds(p[0])) for p in pieces]
    shares = [(start, end, value[0]) for start, end, value in parts if value]
    whole = sum(share for _, _, share in shares)
    told = PAID.search(plain, max(0, match.start() - 12), match.start()) or SHARED_OUT.match(plain, match.end())
    if not (whole == 100 and len(shares) > 2) and not (whole in (10, 100) and told):
        return []
    return [
        Find("percent", start, end, plain[start:end], float(share * 100 / whole), "split")
        for start, end, share in shares
    ]
