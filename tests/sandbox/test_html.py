"""Telegram's HTML: entities in UTF-16 units, and refusals in its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.html import parse
from sandbox.units import clean, cut, length

REFUSED = {
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "x</b>": "Unexpected end tag at byte offset 1",
    "你<div>x</div>": 'Unsupported start tag "div" at byte offset 3',
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "a <b": "Unclosed start tag at byte offset 2",
    "<a href='x": 'Unclosed start tag "a" at byte offset 0',
    "<a href>x</a>": 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    "<a href=x!y>x</a>": "Unexpected end of name token at byte offset 8",
    "<b>x</b y>": "Unclosed end tag at byte offset 4",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<tg-emoji emoji-id='x'>x</tg-emoji>": "Invalid custom emoji identifier specified",
    "<!-- x -->": 'Unsupported start tag "!--" at byte offset 0',
    "<br/>": 'Unsupported start tag "br/" at byte offset 0',
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_telegram_refuses_is_refused_in_its_words(text: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(text)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


def test_offsets_count_utf16_units() -> None:
    text, entities = parse("😀<b>好😀</b>x<i>y</i>")
    assert text == "😀好😀xy"
    assert entities == [{"type": "bold", "offset": 2, "length": 3}, {"type": "italic", "offset": 6, "length": 1}]
    assert cut(text, 2, 3) == "好😀"


def test_nested_tags_give_the_outer_entity_first() -> None:
    _, entities = parse("<b>a<i>b</i></b>")
    assert [each["type"] for each in entities] == ["bold", "italic"]


def test_code_in_pre_is_one_entity_with_its_language() -> None:
    _, entities = parse('<pre><code class="language-python">x = 1</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_references_become_characters_and_unknown_ones_stay() -> None:
    assert parse("&lt;b&gt; &amp;amp; &#20320;&#x597d; &nbsp; & &#0;")[0] == "<b> &amp; 你好 &nbsp; & &#0;"


def test_links_keep_their_address_and_empty_tags_leave_nothing() -> None:
    text, entities = parse('<a href="https://a.cn/?x=1&amp;y=2">看</a><b></b>')
    assert (text, entities) == (
        "看",
        [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.cn/?x=1&y=2"}],
    )


def test_quotes_and_spoilers() -> None:
    _, entities = parse('<blockquote expandable>x</blockquote><span class="tg-spoiler">y</span><STRONG>z</strong>')
    assert [each["type"] for each in entities] == ["expandable_blockquote", "spoiler", "bold"]


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(f"<b>{escaped}</b>")[0] == text


@given(st.text(alphabet="<>&;/ab\"'= 好😀", max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        parsed, entities = parse(text)
    except ApiError:
        return
    assert all(0 < each["length"] <= length(parsed) - each["offset"] for each in entities)


def test_cleaning_drops_what_telegram_drops() -> None:
    assert clean("a\r\nb\x00c\u202ed\ud800e") == "a\nb cd\ufffde"
