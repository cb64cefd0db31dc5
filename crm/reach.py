"""How people are reached: what a telephone number and an e-mail address look like."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"(?:0086|86)?1[3-9]\d{9}")
# Area code and number, from abroad without the nought; 09… are Taiwan's mobiles.
_LANDLINE = re.compile(r"(?:0086|86)?0\d{9,11}|(?:0086|86)(?:10|[2-9]\d)\d{7,9}")
_SERVICE = re.compile(r"[48]00\d{7}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")  # without an area code; Hong Kong and Singapore have no other
_AMERICAN = re.compile(r"[2-9]\d{9}")
_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,24}")


def digits_of(phone: str) -> str:
    """The digits of a number as it is written, an extension (转801) left out."""
    return re.sub(r"\D", "", re.split(r"转|ext|x", phone, maxsplit=1, flags=re.IGNORECASE)[0])


def is_phone(phone: str) -> bool:
    """Whether a number has as many digits as one of its kind has; abroad (+) seven to fifteen will do."""
    digits = digits_of(phone)
    if phone.lstrip(" (").startswith("+") and not digits.startswith("86"):
        return 7 <= len(digits) <= 15
    return any(kind.fullmatch(digits) for kind in (_MOBILE, _LANDLINE, _SERVICE, _LOCAL, _AMERICAN))


def is_mobile(phone: str) -> bool:
    """Whether a number is a mobile's, by its form in China."""
    return _MOBILE.fullmatch(digits_of(phone)) is not None


def is_email(address: str) -> bool:
    """Whether it is written as an e-mail address is."""
    return _EMAIL.fullmatch(address.strip()) is not None


_BEFORE = re.compile(r"^(?:00)?86(?=\d{10,11}$)|^0(?=\d{9,11}$)")
LEAST_DIGITS = 7  # that tell whose a number is


def bare(phone: str) -> str:
    """A number's digits without the country's code and the trunk's nought, an extension left out."""
    return _BEFORE.sub("", digits_of(phone))


def number_key(phone: str) -> str:
    """The digits by which two numbers are the same, however they are written; "" where there are too few."""
    key = bare(phone)
    return key if len(key) >= LEAST_DIGITS else ""
