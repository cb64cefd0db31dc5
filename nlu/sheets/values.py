"""Single values of a sheet made clean: telephone numbers, tax ids, sums, days, tiers and stages as they are kept."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from crm.reach import is_phone
from nlu.lexicon import groups
from nlu.phrases import fold

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)[:]?\s*(\d{1,6})\s*$", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[/、;|,]| {2,}|(?<=\d{7}) (?=1\d{10})")
_HAN = r"[\u3400-\u9fff()]"
_BLANK_IN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_MOBILE_AMONG = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff][^()]*)\)")
_SUM = re.compile(r"(?:rmb|cny|¥|人民币|约|大约)*([\d,]+(?:\.\d+)?)(万|亿|千|k|w|m)?(?:元|块|rmb|cny|整|左右)*")
_TIMES = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000, "m": 1_000_000}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?(?:[ t].*)?|月?[底末]?)")
_DIGITS = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[3-6]\d{4}")  # a day as a spreadsheet counts it, where the cell lost its form
_ABOUT_STAGE = re.compile(r"^(?:已经?|正在|在)|(?:阶段|中|过|了)$")  # 已报价, 谈判中
LARGEST_SUM = 10**13  # in minor units


def text(cell: str) -> str:
    """A cell with letters and digits of one width, no marks that cannot be seen, and single blanks."""
    return _text(cell)


def _text(cell: str, line_break: str = " ") -> str:
    cell = cell.replace("\n", line_break)
    plain = "".join(c for c in unicodedata.normalize("NFKC", cell) if unicodedata.category(c) not in ("Cf", "Co", "Cs"))
    return " ".join("".join(c if unicodedata.category(c) != "Cc" else " " for c in plain).split())


def firm(cell: str) -> str:
    """A firm's name: no blanks between Chinese characters, and brackets of their width where they stand in Chinese."""
    name = _BLANK_IN_HAN.sub("", text(cell)).strip(" ,;:、。")
    return _BRACKETS.sub("\uff08\\1\uff09", name)


def phone(cell: str) -> str | None:
    """A telephone number as it is kept, the extension behind it; of several the first mobile one. None for none."""
    return next(iter(phones(cell)), None)


def phones(cell: str) -> list[str]:
    """The numbers of a cell, mobile ones first; words may stand beside a mobile number (微信同号)."""
    found: dict[str, None] = {}
    for said in _BETWEEN_NUMBERS.split(_text(cell, line_break=";")):
        extension = _EXTENSION.search(said)
        bare = said[: extension.start()] if extension else said
        number = _number(bare.strip())
        if number:
            found[f"{number}转{extension[1]}" if extension else number] = None
        else:
            found |= dict.fromkeys(re.sub(r"\D", "", one) for one in _MOBILE_AMONG.findall(said))
    return sorted(found, key=lambda number: not _MOBILE.fullmatch(number))


def _number(said: str) -> str:
    if _MOBILE.fullmatch(said):  # most are, and the library takes its time
        return said
    if not re.search(r"\d", said):
        return ""
    import phonenumbers  # noqa: PLC0415 - large, and most sheets hold mobile numbers alone

    try:
        parsed = phonenumbers.parse(said, "CN")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        digits = re.sub(r"[^\d+]", "", said)
        return digits if is_phone(said) else ""
    national = str(parsed.national_number)
    if parsed.country_code != 86:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    area = phonenumbers.length_of_geographical_area_code(parsed)
    return f"0{national[:area]}-{national[area:]}" if area else national


def tax_id(cell: str) -> str | None:
    """A unified social credit code, its check digit right; None where it is none."""
    try:
        return str(uscc.validate(re.sub(r"[\s-]", "", text(cell)).upper()))
    except ValidationError:
        return None


def is_tax_id(cell: str) -> bool:
    """Whether it is one."""
    return tax_id(cell) is not None


def minor_units(cell: str) -> int | None:
    """A sum in minor units; None where it is none, or more than anybody's."""
    said = _SUM.fullmatch(re.sub(r"\s", "", text(cell).lower()))
    if said is None:
        return None
    minor = round(float(said[1].replace(",", "")) * _TIMES.get(said[2] or "", 1) * 100)
    return minor if 0 < minor <= LARGEST_SUM else None


def day(cell: str) -> date | None:
    """A day, of a month alone its last; None where it is none."""
    said = text(cell).lower()
    if _SERIAL.fullmatch(said):
        return date(1899, 12, 30) + timedelta(int(said))
    found = _DAY.fullmatch(said) or _DIGITS.fullmatch(said)
    try:
        if found is None:
            return None
        year, month = int(found[1]), int(found[2])
        return date(year, month, int(found[3] or monthrange(year, month)[1]))
    except ValueError:
        return None


def tier(cell: str) -> str:
    """The key of a tier, "" where the word for it is not known."""
    return _keys("tier").get(fold(text(cell)), "")


def stage(cell: str) -> str:
    """The key of a stage that ships, "" where the word for it is not known."""
    said = fold(text(cell))
    core = _ABOUT_STAGE.sub("", said)
    return _keys("stage").get(said) or _keys("stage").get(core) or _keys("stage_part").get(core, "")


@lru_cache(maxsize=4)
def _keys(table: str) -> dict[str, str]:
    return {word: key for key, words in groups(table).items() for word in (*words, key)}
