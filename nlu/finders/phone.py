"""Telephone numbers: mobile, landline with an extension, international, and spoken digit by digit (幺三八…).

A number is one where its shape is a known one, or where a word such as 电话 or phone stands before it; orders, cards,
dates and amounts are not.
"""

from __future__ import annotations

import re
from datetime import datetime

from nlu.normalise import Text
from nlu.numerals import digits
from nlu.rule import Find

SPOKEN_DIGIT = "[幺零〇一二两三四五六七八九]"
RUN = re.compile(
    r"(?<![A-Za-z0-9#*/.=_:-])(?P<plus>\(?\+ ?|-)?"
    r"(?P<body>\(?\d(?:[\d()]|[ \t/-]{1,2}(?=[\d(]))*+)(?![A-Za-z*=_:@%]|\.\d)"
)
SPOKEN = re.compile(rf"(?<!{SPOKEN_DIGIT})(?:{SPOKEN_DIGIT}[ ]?){{11}}(?![ ]?{SPOKEN_DIGIT})")
MOBILE = re.compile(r"(?:0086|86)?1[3-9]\d{9}")
LANDLINE = re.compile(r"(?:0086|86)?0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}")
TAIWAN_MOBILE = re.compile(r"09\d{8}")
WITH_TRUNK = re.compile(r"\(?0\d{1,4}\)?(?:[ /-]\d{3,8}|[ /-]\d{3,4}[ -]\d{3,4})")  # 07700 900123, 0117 496 0123
AMERICAN = re.compile(r"(?:\(?\d{1,4}\)?[ -]?)?\(?\d{3}\)?[ -]?\d{3}-\d{4}")
TOLD = re.compile(
    r"(?:电话|手机|手提|座机|总机|号码|联系方式|联络|传真|热线"
    r"|分机|专线|致电|拨打|打给|tel|phone|mobile|cell|fax|call|whatsapp|office|direct|dial|line|number|switchboard"
    r"|reception|desk|ring|reach|landline|handphone|hotline)[^\d\n]{0,14}$",
    re.IGNORECASE,
)
NOT_TOLD = re.compile(
    r"(?:订单|单号|编号|合同号|身份证|账号|卡号|税号|发票|邮编|邮政编码|序列号"
    r"|card|order|invoice|account|serial|not a phone|ssn|part|tracking|reference|ref|case|ticket|vat|tax|bank|iban"
    r"|contract|quote|policy)[^\d\n]{0,14}$",
    re.IGNORECASE,
)
DATE_LIKE = re.compile(
    r"(?:\d{1,2}[/-]\d{1,2}[/-](?:19|20)?\d\d|(?:19|20)\d\d[/-]\d{1,4}(?:[/-]\d{1,2})?|\d{3}-\d{2}-\d{4})"
)
AFTERWARDS = re.compile(r" ?(?:不是|看起来不|doesn't look|does not look|is not|is a (?:seq|ssn))", re.IGNORECASE)


def find(text: Text, now: datetime) -> list[Find]:
    """Every telephone number in the text, digits only with a leading + where written; extensions are left out."""
    plain = text.plain
    finds = [found for match in RUN.finditer(plain) if (found := _read(plain, match))]
    for match in SPOKEN.finditer(plain):
        spoken = digits(match[0])
        if MOBILE.fullmatch(spoken):
            finds.append(Find("phone", match.start(), match.end(), match[0], spoken, "spoken"))
    return finds


def _read(plain: str, match: re.Match[str]) -> Find | None:
    body = match["body"]
    number = "".join(char for char in body if char.isdigit())
    if not 7 <= len(number) <= 16 or match["plus"] == "-" or not _is_balanced(match[0]) or DATE_LIKE.fullmatch(body):
        return None
    rule = _rule(plain, match, number)
    if rule is None or AFTERWARDS.match(plain, match.end()):
        return None
    plus = "+" if match["plus"] else ""
    return Find("phone", match.start(), match.end(), match[0], plus + number, rule)


def _is_foreign(body: str, digits: int) -> bool:
    """415-555-0182, 0117 496 0123: parted as they are abroad."""
    return bool((digits >= 10 and AMERICAN.fullmatch(body)) or (9 <= digits <= 12 and WITH_TRUNK.fullmatch(body)))


def _rule(plain: str, match: re.Match[str], number: str) -> str | None:
    """The shape that makes a run of digits a telephone number."""
    if NOT_TOLD.search(plain, max(0, match.start() - 30), match.start()):
        return None
    if match["plus"]:
        return "international"
    if MOBILE.fullmatch(number):
        return "mobile"
    separated = not match["body"].isdigit()
    if separated and (LANDLINE.fullmatch(number) or SERVICE.fullmatch(number) or TAIWAN_MOBILE.fullmatch(number)):
        return "landline"
    if separated and _is_foreign(match["body"], len(number)):
        return "foreign"
    return "told" if TOLD.search(plain, max(0, match.start() - 30), match.start()) else None


def _is_balanced(text: str) -> bool:
    return text.count("(") == text.count(")") <= 1
