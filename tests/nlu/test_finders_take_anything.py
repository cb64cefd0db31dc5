"""Whatever people write, the value finders answer, and their finds lie within the text."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.finders import email, money, percent, phone, when
from nlu.normalise import normalise

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
CHINESE = (
    "今天 明后天 下 上 周三 星期 礼拜天 月 底 初 中旬 号 日 年 三 十五 廿 两 半 点 刻 分 到 至 前 后 内 起 从 的"
    " 之前 以后 过 三天 两周 小时 季度 上半年 国庆 春节 农历 腊月 第一个 最后 未来 过去 最近 下午 晚上 凌晨"
    " 下班前 万 亿 块 元 折 成"
)
ENGLISH = (
    "next last Friday Nov 25th in two weeks ago by end of month at 3pm half past the first EOM noon tomorrow may Q3"
    " from to and for 3 days 2026 2028 9999 0001 999 99 0 13 31 12 1 : / . - , 、 %"
)
WORDS = [*CHINESE.split(), *ENGLISH.split()]
TALK = st.lists(st.sampled_from(WORDS), max_size=12).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(TALK, st.text(max_size=60)))
def test_no_text_is_too_odd(written: str) -> None:
    text = normalise(written)
    for finder in (email, money, percent, phone, when):
        for found in finder.find(text, NOW):
            assert 0 <= found.start < found.end <= len(text.plain)
            assert found.text == text.plain[found.start : found.end]


@settings(deadline=None, max_examples=60)
@given(TALK)
def test_a_period_does_not_end_before_it_begins(written: str) -> None:
    for found in when.find(normalise(written), NOW):
        value = found.value
        assert value.on or value.until
        assert not (value.on and value.until) or value.on <= value.until
        assert not (value.at and value.until_at) or value.at <= value.until_at
