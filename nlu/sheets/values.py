"""Single values of a sheet made clean: telephone numbers, tax ids, sums, days and tiers as they are kept."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from crm.reach import is_phone
from nlu.grades import tier_of_grade
from nlu.lexicon import groups
from nlu.phrases import fold
from nlu.sheets.words import meanings

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)[:]?\s*(\d{1,6})\s*$", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[/、;|,]| {2,}|(?<=\d{7}) (?=1\d{10})")
_HAN = r"[\u3400-\u9fff()]"
_BLANK_IN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_MOBILE_AMONG = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff][^()]*)\)")
_SIGNS = "rmb|cny|¥|人民币|us\\$|usd|hk\\$|hkd|eur|gbp|jpy|sgd|[$€£]|美元|美金|港币|港元|欧元|英镑|日元"
_SUM = re.compile(rf"(?:{_SIGNS}|约|大约)*([\d,]+(?:\.\d+)?)(万|亿|千|k|w|m)?(?:{_SIGNS}|元|块|整|左右)*")
_CURRENCIES = tuple(
    (key, re.compile(sign))
    for key, sign in (
        ("HKD", r"HKD|HK\$|港[币元]"),
        ("SGD", r"SGD|S\$"),
        ("USD", r"USD|US\$|\$|美[元金]"),
        ("EUR", "EUR|€|欧元"),
        ("GBP", "GBP|£|英镑"),
        ("JPY", "JPY|日元"),
    )
)
_TIMES = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000, "m": 1_000_000}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?(?:[ t].*)?|月?[底末]?)")
_DIGITS = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](20\d{2})(?:[ t].*)?")
_QUARTER = re.compile(r"(20\d{2})年?[ -]?(?:q|第(?=[1-4]季))([1-4])(?:季度?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(
    rf"(?:(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.? (?P<day>\d{{1,2}})|(?P<on>\d{{1,2}})[ -]"
    rf"(?P<named>(?:{'|'.join(_MONTHS)})[a-z]*)\.?),?[ -](?P<year>20\d{{2}})(?: .*)?"
)
LAST_MONTH = 12
_SERIAL = re.compile(r"[3-6]\d{4}")  # a day as a spreadsheet counts it, where the cell lost its form
_ABOUT_TIER = re.compile(r"(?:客户| (?:customer|account|client)s?)$")
_STARS = re.compile(r"([★*⭐]{1,5})[☆ ]*")
LARGEST_SUM = 10**13  # in minor units


def text(cell: str) -> str:
    """A cell with letters and digits of one width, no marks that cannot be seen, and single blanks."""
    return _text(cell)


def _text(cell: str, line_break: str = " ") -> str:
    cell = cell.replace("\n", line_break)
    if cell.isprintable() and unicodedata.is_normalized("NFKC", cell):  # most are
        return " ".join(cell.split())
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
    """The numbers of a cell, mobile ones first."""
    return mobile_first(numbers(cell))


def mobile_first(found: Sequence[str]) -> list[str]:
    """Numbers with the mobile ones first, else in order."""
    return sorted(found, key=lambda number: not _MOBILE.fullmatch(number))


def numbers(cell: str) -> list[str]:
    """The numbers of a cell in order; words may stand beside a mobile number (微信同号)."""
    found: dict[str, None] = {}
    for said in _BETWEEN_NUMBERS.split(_text(cell, line_break=";")):
        extension = _EXTENSION.search(said)
        bare = said[: extension.start()] if extension else said
        number = _number(bare.strip())
        if number:
            found[f"{number}转{extension[1]}" if extension else number] = None
        else:
            found |= dict.fromkeys(re.sub(r"\D", "", one) for one in _MOBILE_AMONG.findall(said))
    return list(found)


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


def minor_units(cell: str, unit: str = "") -> int | None:
    """A sum in minor units; None where it is none, or more than anybody's. `unit` (万) is that of a bare number."""
    said = _SUM.fullmatch(re.sub(r"\s", "", text(cell).lower()))
    if said is None:
        return None
    minor = round(float(said[1].replace(",", "")) * _TIMES.get(said[2] or unit, 1) * 100)
    return minor if 0 < minor <= LARGEST_SUM else None


def is_zero(cell: str) -> bool:
    """Whether a sum is told that is none: 0, ¥0.00."""
    return not re.search("[1-9]", cell) and _SUM.fullmatch(re.sub(r"\s", "", text(cell).lower())) is not None


def currency(cell: str) -> str:
    """The currency that a sum, or a head, names, "" where it names none or ours."""
    said = text(cell).upper()
    return next((key for key, sign in _CURRENCIES if sign.search(said)), "")


def day(cell: str, *, is_day_first: bool = False) -> date | None:
    """A day, of a month or quarter alone its last; None where it is none. 3/4/2026 is a day in March, unless the
    column's others show that the day stands first.
    """
    said = text(cell).lower()
    if _SERIAL.fullmatch(said):
        return date(1899, 12, 30) + timedelta(int(said))
    try:
        return _in_order(said) or _otherwise(said, is_day_first)
    except ValueError:
        return None


def _in_order(said: str) -> date | None:
    found = _DAY.fullmatch(said) or _DIGITS.fullmatch(said)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, int(found[3] or monthrange(year, month)[1]))


def _otherwise(said: str, is_day_first: bool) -> date | None:
    if found := _SLASHED.fullmatch(said):
        first, second, year = map(int, found.groups())
        return date(year, second, first) if is_day_first or first > LAST_MONTH else date(year, first, second)
    if found := _QUARTER.fullmatch(said):
        year, month = int(found[1]), 3 * int(found[2])
        return date(year, month, monthrange(year, month)[1])
    if found := _WORDED.fullmatch(said):
        month = 1 + _MONTHS.index((found["month"] or found["named"])[:3])
        return date(int(found["year"]), month, int(found["day"] or found["on"]))
    return None


def has_day_first(cells: Iterable[str]) -> bool:
    """Whether days of a column show that the day stands before the month: 31/12/2026."""
    return any(int(found[1]) > LAST_MONTH for cell in cells if (found := _SLASHED.fullmatch(text(cell).lower())))


def tier(cell: str) -> str:
    """The key of a tier, "" where the word for it is not known."""
    said = _ABOUT_TIER.sub("", fold(text(cell))).strip()
    if stars := _STARS.fullmatch(said):
        said = f"{len(stars[1])}星"
    known = _tiers()
    return known.get(said) or known.get(f"{said}客户") or meanings("tier").get(said) or tier_of_grade(said)


@lru_cache(maxsize=1)
def _tiers() -> dict[str, str]:
    return {word: key for key, words in groups("tier").items() for word in (*words, key)}
