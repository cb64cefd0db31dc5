"""Every compiled pattern of the understanding, and the value finders as a whole, against text made to stall them."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

import nlu
from nlu.examples import SENDER, example_names
from nlu.finders import email, money, percent, phone, when
from nlu.known import Focus
from nlu.normalise import normalise
from nlu.understand import understand

LENGTH = 4_096
SHORT = 44  # characters on which repeats within repeats need minutes
SAMPLE = 1_024  # a pattern quick on so much of a text needs at most some sixteen times as long for all of it
# A pattern that backtracks badly needs seconds or hours on these; a sound one a few milliseconds, the scanner of times
# as a whole some 200. Half a second of processor time lies between, so that a busy machine fails no sound pattern.
LIMIT = 0.5
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
NAMES = example_names()
UNITS = (
    "0", "12", "1,", "1.", "1-", "1/", "1:", " ", "\t", "\n", "(", "((1", "+1 ", "a", "a@a.", "$1 ", "1%", "一",
    "十", "十万", "万", "零", "点", "一点", "两三", "半个", "三天", "3天", "三天前后", "上", "下下周", "周一",
    "12月", "1号", "前", "到", "一到", "明天的", "下午", "3点半", "next ", "last ", "of the ", "two days ",
    "twenty ", "1st ", "jan 1 ", "friday ", "预算", "预算1", "了", "要", "付款", "百分之", "5折", "艾特",
    "电话1", ",", "。", "【上周】", "周报\n", "a b ", "😀", "幺三八",
)  # fmt: skip
SAID = (
    "没签", "晨岚", "白鹭星河", "晨岚,", "晨岚 何总 ", "有限公司", "青禾机电有限公司,", "won't ", "met Lena. ",
    "今天去了晨岚,预算80万,下周三前报价。", "报价8万,", "提醒我周五给晨岚打电话,", "去了青禾机电,",
    "visited Northwind, ", "晨岚到哪步了?", "1. 晨岚\n", "本周小结\n", "吗?", "@一诺 ", "#7完成", "明天晨岚",
    "逾期任务第1天本人,", "订阅周报和", "免打扰10点到",
)  # fmt: skip
MANY = 300  # times what a usual message costs; some 100 are usual on a quiet machine, thousands where it is quadratic
HOSTILE = [(unit * LENGTH)[: LENGTH - 1] + "!" for unit in UNITS]


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(nlu.__path__, "nlu."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 4:
        for inner in value.values():
            yield from _patterns(inner, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 4:
        for inner in value:
            yield from _patterns(inner, depth + 1)
    elif depth < 4 and type(value).__module__.startswith("nlu.") and hasattr(value, "__dict__"):
        yield from _patterns(vars(value), depth + 1)


def _named_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                found.setdefault(pattern.pattern, (f"{module.__name__}.{name}", pattern))
    return {f"{name}#{place}": pattern for place, (name, pattern) in enumerate(found.values())}


PATTERNS = _named_patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_done_with_hostile_text_at_once(name: str) -> None:
    for text in HOSTILE:
        if _seconds(PATTERNS[name], text[:SAMPLE]) > LIMIT / 50:
            assert _seconds(PATTERNS[name], text) < LIMIT, f"{name} on {text[:12]!r}…"


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_that_has_to_take_a_whole_text_is_done_with_it_at_once(name: str) -> None:
    """Each few characters more would multiply what a pattern of repeats within repeats needs."""
    for unit in UNITS:
        for length in range(16, SHORT, 4):
            start = time.process_time()
            PATTERNS[name].fullmatch((unit * SHORT)[:length] + "\0")
            assert time.process_time() - start < LIMIT / 10, f"{name} on {unit!r} of {length}"


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("finder", [email, money, percent, phone, when], ids=lambda finder: finder.__name__)
def test_a_finder_is_done_with_a_very_long_text_at_once(finder: Any) -> None:
    for unit in (
        "1",
        "一",
        "十万",
        "三天前后",
        "明天下午三点到四点，",
        "next week ",
        "预算1万",
        "5折 ",
        "电话13800000000 ",
        "了要",
    ):
        text = normalise((unit * 20_000)[:20_000])
        start = time.process_time()
        finder.find(text, NOW)
        assert time.process_time() - start < 4, unit


def test_no_text_costs_many_times_a_usual_message() -> None:
    usual = statistics.median(_read_in("今天去了晨岚,何总说预算80万,下周三前报价。") for _ in range(9))
    for unit in (*UNITS, *SAID):
        assert _read_in((unit * LENGTH)[:LENGTH]) < MANY * usual, unit


def _read_in(text: str) -> float:
    gc.disable()  # a look at all that other tests have left would count as reading
    start = time.process_time()
    understand(text, now=NOW, names=NAMES, sender=SENDER, focus=Focus("白鹭"))
    taken = time.process_time() - start
    gc.enable()
    return taken


def test_the_walk_sees_the_patterns() -> None:
    assert len(PATTERNS) > 60
