"""The sample messages, scored as a whole: how many are read exactly right, and how well the kinds of action are found.

A third of them (the ids divisible by three) is never looked at while rules are written; only its total is.
"""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nlu.__main__ import answer_message
from nlu.world import names_of

SAMPLES = Path(__file__).parent / "samples"
SETS = ("", "2", "3")
EXACT_FLOOR = {"": 0.8, "2": 0.75, "3": 0.72}
F1_FLOOR = 0.9
UNSEEN_EXACT_FLOOR = 0.5
EMPTY_FLOOR = 0.9


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SAMPLES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys  # noqa: PLC0415  dataclasses look their module up there

    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=3)
def answered(which: str) -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    names = names_of(json.loads((SAMPLES / f"world_dev{which}.json").read_text("utf-8")))
    lines = (SAMPLES / f"dev{which}.jsonl").read_text("utf-8").splitlines()
    messages = [json.loads(line) for line in lines if line.strip()]
    return tuple((message, answer_message(names, message)) for message in messages)


def total(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    report, _ = scorer().score([gold for gold, _ in pairs], [parsed for _, parsed in pairs])
    counted: dict[str, Any] = report
    return counted


def number(message: dict[str, Any]) -> int:
    return int("".join(char for char in message["id"] if char.isdigit()))


@pytest.mark.parametrize("which", SETS)
def test_a_set_is_read_as_well_as_before(which: str) -> None:
    report = total(list(answered(which)))
    assert report["exact"] >= EXACT_FLOOR[which]
    assert report["types"]["ALL"]["f1"] >= F1_FLOOR


def test_the_messages_never_looked_at_are_read_as_well_as_before() -> None:
    unseen = []
    for which in SETS:
        pairs = [
            ({**gold, "id": which + gold["id"]}, {**parsed, "id": which + parsed["id"]})
            for gold, parsed in answered(which)
            if number(gold) % 3 == 0
        ]
        unseen.extend(pairs)
    assert total(unseen)["exact"] >= UNSEEN_EXACT_FLOOR


def left_empty(which: str) -> tuple[int, int]:
    """How many messages that report nothing are read so, and how many there are."""
    empty = [parsed for gold, parsed in answered(which) if not gold["gold"]]
    return sum(not parsed["actions"] for parsed in empty), len(empty)


@pytest.mark.parametrize("which", SETS)
def test_chat_reports_nothing(which: str) -> None:
    left, count = left_empty(which)
    assert left >= EMPTY_FLOOR * count


def test_chat_of_all_sets_reports_nothing() -> None:
    told = [left_empty(which) for which in SETS]
    assert sum(left for left, _ in told) >= 0.95 * sum(count for _, count in told)
