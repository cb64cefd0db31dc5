"""Strangers' text at the door."""

from __future__ import annotations

import pytest

from bot.channels.clean import LONGEST, clean, clean_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("今天去了华信", "今天去了华信"),
        ("a\x00b\x07c", "abc"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("华\u200b信\ufeff", "华信"),
        ("lone \ud800 half", "lone  half"),
        ("e\u0301", "\u00e9"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a\tb"),
        ("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"),
        ("华\u200d信", "华信"),
        ("<b>&", "<b>&"),
        ("", ""),
    ],
)
def test_what_is_unseen_goes_and_the_rest_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_megabyte_is_cut() -> None:
    assert len(clean("长" * 1_000_000)) == LONGEST
    assert len(clean("a" * 1_000_000)) == LONGEST


def test_a_name_is_one_line() -> None:
    assert clean_line(" 李\n娜\x00 \u202e") == "李 娜"
