"""What the lines of business cards are told apart by, as patterns made of the words in lexicon/cards.toml.

All of them look at text in half width and simplified characters.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    return tomllib.loads((files("nlu.lexicon") / "cards.toml").read_text("utf-8"))


def _any(*groups: str) -> str:
    """Any word of the groups, the longest first; a blank may stand where cards write one."""
    said = [_listed()[group] for group in groups]
    each = [word.strip() for text in said for word in (text.split(",") if "," in text else text.split())]
    return "(?:" + "|".join(re.escape(word) for word in sorted(each, key=len, reverse=True)) + ")"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


HAN = re.compile(r"[\u4e00-\u9fff]")
EMAIL = re.compile(r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){1,4}")
_ABROAD = rf"(?:{_any('label_abroad')}|we chat|post code)"
_BEGIN, _END = "(?<![a-z])", "(?![a-z])"  # of a word in Latin letters; Chinese may stand right beside it

LABEL = _compiled(
    rf"(?:[\u4e00-\u9fff]{{0,2}}{_any('label')}(?:号码?)?(?: ?[/(]? ?{_ABROAD}{_END}\.?\)?)?"
    rf"|{_BEGIN}(?:{_ABROAD}|[mtfpaewdoch]))\.? ?[:|/] ?"
)
BRACKETED_LABEL = _compiled(rf"(?:^|(?<= ))\(({_ABROAD}|[motfphaew])\) ?")  # (O) 010-8555 0044
# The reader leaves out wide blanks: zhao_minQQ:… Between small letters and a capital one may have stood.
GLUED_LABEL = re.compile(r"(?<=[a-z0-9])(?=(?:QQ|Tel|Mob|Mobile|Fax|E-?mail|Mail|Web|Add|WeChat) ?:)")
OFFICE_AS_READ = re.compile(r"(?:^|(?<= ))\(0\) ?(?=0\d)")  # the letter, read as a nought
SPACED_LABEL = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) {1,12}([\u4e00-\u9fff]) {0,4}(?=:)")  # 电  话:
FAX = _compiled(r"传真|fax|(?<![a-z])f ?[:.]")
FAX_TOO = _compiled(r"(?:电话|tel\.?|phone|(?<![a-z])[tp]) ?[/&、] ?(?:传真|fax|f)[^\d]{0,6}$")
PHONE_LABEL = _compiled(
    r"手机|电话|座机|热线|总机|直线|移动|传真|(?<![a-z])(?:tel|mob(?:ile)?|cell|fax|phone|direct|office|did|hp)(?![a-z])"
    r"|(?<![a-z])[mtfpod](?= ?[:.+\d])|[|/;]"
)
OF_NUMBERS = _compiled(
    rf"[\u4e00-\u9fff]{{0,2}}{_any('label')}(?:号码?)?|{_BEGIN}(?:{_ABROAD}|[mtfpocd]){_END}|总部|办公室|前台|[+()]|同号"
)
NUMBER_AT_PLACE = _compiled(
    rf"(?:[\u4e00-\u9fff]{{0,2}}(?:手机|电话|座机|热线|总机|直线|传真)|{_BEGIN}(?:{_ABROAD}|[mtfp]){_END})"
    r"(?:[/&](?:电话|传真|tel|fax|t|f)(?![a-z]))?[:. ]{1,3}\+?[\d(][\d ()-]{5,18}\d(?: ?(?:转|分机|ext\.?|x) ?\d{1,6})?"
)
EXTENSION = _compiled(r" ?(?:转|ext(?:ension)?\.?|x) ?\d{1,6}")
EXTENSION_ALSO = re.compile(r"(?<=\d) ?(?:分机|#) ?(?=\d{1,6}(?!\d))")
# 021-5888 0066-605: what a dash sets behind a landline's last digit is an extension.
DASHED_EXTENSION = re.compile(
    r"(?<![\d-])((?:\+?86[- ]?|\(?0)(?:10|2\d|[3-9]\d{2})\)?[- ]?\d{3,4}[- ]?\d{4}) ?- ?(\d{2,5})(?![\d-])"
)
TRUNK = re.compile(r"(\+\d{1,3}) ?\(0\) ?")  # +86 (0)21: the nought is not dialled from abroad
_WECHAT = r"(?:微信|we ?chat|weixin)"
WECHAT = _compiled(rf"(?:{_WECHAT}|\bwx\b)(?:[ /():.]|号|\bid\b|{_WECHAT}){{0,8}}+([a-z][\w-]{{4,30}})")
WECHAT_BEFORE = _compiled(rf"{_WECHAT}[^\d+]{{0,6}}[+]?$")
WECHAT_BEHIND = _compiled(rf"[^\d]{{0,2}}同?{_WECHAT}")
WEB = _compiled(
    r"https?://[^\s\u4e00-\u9fff]*|\bwww\.[^\s\u4e00-\u9fff]*"
    r"|\b(?:[\w-]{1,63}\.){1,4}(?:com|cn|net|org|edu|gov|io|ai|co|hk|tw|sg|eu|de|uk|fr|es|it|nl|jp|us)\b(?:/\S*)?"
)
NUMBERED = _compiled(rf"(?<![a-z]){_any('number_of_nobody')}[^\d]{{0,8}}[\d -]{{4,24}}")
BESIDES = _compiled(_any("besides"))
TRADE = _compiled(_any("trade"))

# A firm's legal form, or what only organisations are called.
LEGAL = _compiled(
    rf"{_any('legal_form')}|集团$|\b{_any('legal_form_abroad')}(?![a-z])|\b(?-i:{_any('legal_form_in_capitals')})$"
)
COMPANY = _compiled(rf"{_any('organisation')}$|\b{_any('organisation_abroad')}\b")
DEPARTMENT = _compiled(r"[部科室处组系]$|(?:学院|中心)$|\b(?:department|dept|division|school|college)\b")
BRANCH = re.compile(rf"(?!.*(?:有限|集团|银行|大学))[\u4e00-\u9fff]{{2,10}}{_any('branch')}")
FORM_ALONE = _compiled(rf"{_any('form')}|{_any('form_abroad')}\b")
TRADE_FIRST = re.compile(_any("line_of_business"))
FIRM_AND_TITLE = re.compile(rf"(.{{4,40}}{_any('employer')}) ?(.{{2,16}})")

TITLE = _compiled(
    rf"{_any('title')}(?:\(.*)?$|(?:首席|高级|资深).{{1,8}}[官师员]$|\b(?:{_any('title_abroad')}|head of)\b"
)
TITLE_BEGINS = _compiled(_any("title_begins"))
NOT_OF_NAMES = re.compile(r"[总副部区省市县处局厂店室]$")

_ADD = r"add(?:r(?:ess)?)?"
PLACE_LABEL = _compiled(
    rf"(?P<sure>[\u4e00-\u9fff]{{0,4}}(?:地址|住址|厂址)(?: ?[/(]? ?{_ADD}{_END}\.?\)?)? ?[.:]?"
    rf"|{_ADD} ?[.:/]{{1,2}}|a ?[:/])|(?:[\u4e00-\u9fff]{{2,8}}|{_any('site_abroad')}) ?:"
)
WORKS = _compiled(r"[厂仓]|基地|factory|warehouse")
PLACE = re.compile(r"省|市|区|县|镇|乡|村|路|街|道|巷|弄|号|大厦|广场|楼|层|室|园|座|栋|幢")
STREET = re.compile(r"[省市区县镇乡村路街道巷]|[A-Za-z]{3}")
NEW_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|市|自治区)")
PLACE_ABROAD = _compiled(rf"\b{_any('place_abroad')}(?![a-z])|(?:stra(?:ss|ß)e|str\.|weg|platz|straat)(?![a-z])")
_YEAR = r"(?:1[6-9]|20)\d\d(?!\d)"
TOWN_ABROAD = re.compile(  # a postcode with its town, or a country
    rf"(?:^|[ ,])(?:(?:[A-Z]{{1,2}}[ -]?)?(?!{_YEAR})\d{{4,6}}|[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}})(?:$|[ ,])"
    rf"|\b{_any('country')}$"
)
POSTCODE = re.compile(r"[ |,(]{1,3}\d{6}\)?$|^\d{6} ?(?=[\u4e00-\u9fff])")

_CHINESE, _OTHER = r"[\u4e00-\u9fff ·()]{2,30}", r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ .,&'-]{3,60}?"
CHINESE_FIRST = re.compile(rf"({_CHINESE}?) ?[/|]? ?({_OTHER})")
CHINESE_LAST = re.compile(rf"({_OTHER}) ?[/|]? ?({_CHINESE})")
_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD_OF_NAME = rf"[A-ZÀ-ÖØ-Þ][{_LATIN}'’-]{{0,24}}\.?"
_PARTICLE = "(?:(?:van|von|de|der|den|la|le|di|da|dos|del|bin|al) ){0,2}"
NAME_ABROAD = re.compile(rf"{_WORD_OF_NAME}(?:[ ·]{_PARTICLE}{_WORD_OF_NAME}){{1,3}}")
ADDRESSED = re.compile(r"(?:Dr|Prof|Mr|Mrs|Ms|Ir)\. (?=[A-Z])")
DEGREE = re.compile(
    r"(?:, ?| )(?:Ph\.? ?D\.?|E?MBA|M\.?D\.?|[MB]\.?Sc\.?|PMP|CPA|CFA|P\.?Eng\.?|P\.E\.|Esq\.?)(?=$|,)"
    r"|(?<=[\u4e00-\u9fff]{2}) ?(?:博士|先生|女士)$"
)
SOUNDS = frozenset("".join(_listed()["sounds"].split()))
