"""Replies as Telegram's HTML, and cut where it must be cut."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.channels.telegram.render import LONGEST, REPEAT_MARK, Part, first_line, keyboard, parts, units
from talk.message import Button, Items, Line, Quote, Reply, Title

HOSTILE = ["<b>", "&amp;", "</code>", "_*[`~", "\"'", "a < b > c", "<script>"]
_TAG = re.compile(r"</?(b|i|code)>")


def text_of(part: Part) -> str:
    """What Telegram shows of a part."""
    return unescape(_TAG.sub("", part.html))


def test_each_block_has_its_form() -> None:
    reply = Reply(
        (Title("华信"), Line("80万", "预算", "推测"), Line("80", "Budget"), Items(("a", "b"), "list"), Quote("q"))
    )
    (part,) = parts(reply)
    assert part.html.split("\n") == [
        "<b>华信</b>",
        "<b>预算</b>\uff1a80万<i> (推测)</i>",
        "<b>Budget</b>: 80",
        "<b>list</b>",
        "• a",
        "• b",
        "<code>q</code>",
    ]
    assert text_of(part) == part.plain


@pytest.mark.parametrize("text", HOSTILE)
def test_everything_is_shown_literally(text: str) -> None:
    reply = Reply((Title(text), Line(text, text, text), Items((text,), text), Quote(text)))
    (part,) = parts(reply)
    assert text_of(part) == part.plain
    assert part.plain.count(text) == 7


@pytest.mark.parametrize(("length", "count"), [(4095, 1), (4096, 1), (4097, 2), (12_000, 3)])
def test_a_single_line_is_cut_at_4096_units(length: int, count: int) -> None:
    found = parts(Reply((Line("字" * length),)))
    assert len(found) == count
    assert "".join(part.plain for part in found) == "字" * length


@pytest.mark.parametrize("length", [4095, 4096, 4097, 12_000])
def test_emoji_count_twice_and_are_never_halved(length: int) -> None:
    text = ("😀" * (length // 2)) + "x" * (length % 2)
    found = parts(Reply((Title(text),)))
    assert all(units(part.plain) <= LONGEST for part in found)
    assert "".join(part.plain for part in found) == text
    assert all(part.html.startswith("<b>") and part.html.endswith("</b>") for part in found)


def test_a_long_reply_is_cut_between_lines() -> None:
    lines = tuple(f"{number} 😀 <b> {'字' * 50}" for number in range(200))
    found = parts(Reply((Items(lines),)))
    assert all(units(part.plain) <= LONGEST for part in found)
    assert [line for part in found for line in part.plain.split("\n")] == [f"• {line}" for line in lines]


def test_a_repeat_says_so_at_its_end() -> None:
    assert parts(Reply((Line("done"),)), is_repeat=True)[-1].plain == f"done\n{REPEAT_MARK}"


def test_a_reply_without_words_still_says_something() -> None:
    assert [part.plain for part in parts(Reply())] == ["…"]
    assert [part.plain for part in parts(Reply((Line(" "),)))] == ["…"]


def test_buttons_become_rows() -> None:
    markup = keyboard(Reply((), ((Button("撤销", "u"), Button("ok", "o")), (Button("x", "y"),))))
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [["撤销", "ok"], ["x"]]
    assert keyboard(Reply()) is None


def test_the_answer_to_a_tap_is_one_short_line() -> None:
    assert first_line(Reply((Line("one\ntwo"), Line("three")))) == "one"
    assert len(first_line(Reply((Line("字" * 500),)))) == 200
    assert first_line(Reply()) == ""
