"""How values are written for people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm.money import Money
from talk.catalogue import say, told
from talk.forms import Reader, written
from talk.message import Parts, Word

ZH = Reader("zh", ZoneInfo("Asia/Shanghai"), date(2026, 11, 20))
EN = Reader("en", ZoneInfo("Europe/Berlin"), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 11, 20), "今天 周五", "today Fri"),
        (date(2026, 11, 21), "明天 周六", "tomorrow Sat"),
        (date(2026, 11, 25), "周三 11月25日", "Wed 25 Nov"),
        (date(2027, 1, 5), "2027年1月5日", "5 Jan 2027"),
        (datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "明天 周六 09:00", "tomorrow Sat 02:00"),
        (Money(80_000_000), "¥800,000", "¥800,000"),
        (Money(80_000_050), "¥800,000.50", "¥800,000.50"),
        (Money(5_000_000, "USD"), "US$50,000", "$50,000"),
        ({"zh": "赢单", "en": "Won"}, "赢单", "Won"),
        (["a", "b"], "a、b", "a, b"),
    ],
)
def test_values_are_written_in_the_reader_s_language_and_zone(value: object, zh: str, en: str) -> None:
    assert (told(value, ZH), told(value, EN)) == (zh, en)


def test_parts_stand_side_by_side_and_empty_ones_are_left_out() -> None:
    assert told(Parts(("华信", None, "", Word("kind_onsite"))), ZH) == "华信 · 上门"


def test_a_missing_word_or_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("no such key", ZH)
    with pytest.raises(KeyError):
        say("apology", ZH)


def test_text_with_braces_stays_as_it_is() -> None:
    assert written("{name} <b>", ZH) == "{name} <b>"
    assert say("not_found", ZH, {"name": "{owner}"}) == "没有找到「{owner}」。"
