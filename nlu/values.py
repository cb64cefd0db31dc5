"""Single values in plain form, for scoring the finders from outside: what `python -m nlu --values` prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nlu.finders import email, money, percent, phone, when
from nlu.normalise import normalise
from nlu.rule import Amount, Find, When

TIME_KINDS = ("date", "datetime", "period")


def values(text: str, kind: str, now: datetime, lang: str) -> list[dict[str, Any]]:
    """All values of a kind that the text holds, in the order of the text; date, datetime and period are one kind."""
    finder, form = _FORMS["when" if kind in TIME_KINDS else kind]
    finds = [found for found in finder(normalise(text), now) if found.rule not in ("just", "no such day")]
    return [form(found.value) for found in sorted(finds, key=lambda found: found.start)]


def _amount(value: Amount) -> dict[str, Any]:
    form: dict[str, Any] = {"amount": float(value.low.major), "currency": value.low.currency}
    return form | ({"amount_max": float(value.high.major)} if value.high else {})


def _when(value: When) -> dict[str, Any]:
    start = _moment(value.at) if value.at else _day(value.on)
    end = _moment(value.until_at) if value.until_at else _day(value.until)
    if end is None:
        return {"at" if value.at else "date": start}
    if start is None:
        return {"at" if value.until_at else "date": end}
    return {"start": start, "end": end}


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M")


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


_FORMS: dict[str, tuple[Callable[..., list[Find]], Callable[[Any], dict[str, Any]]]] = {
    "when": (when.find, _when),
    "amount": (money.find, _amount),
    "percent": (percent.find, lambda value: {"percent": value}),
    "phone": (phone.find, lambda value: {"phone": value}),
    "email": (email.find, lambda value: {"email": value}),
}
