"""`genjin ladders`: a file that is checked as a whole and written as a whole."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.bot.commands import Command, staffed


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    return staffed(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ladders.toml"


def test_what_is_printed_can_be_taken_and_changes_nothing(genjin: Command, file: Path) -> None:
    printed = genjin("ladders").out
    told = tomllib.loads(printed)
    assert told["overdue_task"][-1] == {"after": 7, "to": ["upper"], "high_risk": True}
    assert [rung["after"] for rung in told["silent_deal"]] == [3, 5, 7]
    file.write_text(printed, encoding="utf-8")
    assert genjin("ladders", str(file)).out == "nothing to change"


def test_a_file_changes_the_ladder_that_it_names_alone(genjin: Command, file: Path) -> None:
    rungs = '[[silent_deal]]\nafter = 2\nto = ["rep", "superior"]\nwords = "{parts} 多久没动了?"\n'
    file.write_text(rungs, encoding="utf-8")
    said = genjin("ladders", str(file), "--by", "钱进")
    assert (said.code, said.out) == (0, "silent_deal: day 2 rep, superior")
    told = tomllib.loads(genjin("ladders").out)
    assert told["silent_deal"] == [{"after": 2, "to": ["rep", "superior"], "words": "{parts} 多久没动了?"}]
    assert len(told["overdue_task"]) == 3


def test_all_faults_of_a_file_are_told_together_and_nothing_is_written(genjin: Command, file: Path) -> None:
    before = genjin("ladders").out
    file.write_text(
        '[[overdue_task]]\nafter = 5\nto = ["rep"]\n[[overdue_task]]\nafter = 3\nto = ["superior"]\n'
        '[[silent_deal]]\nafter = "two"\nwho = 1\n[[lost_deal]]\nafter = 1\nto = ["rep"]\n',
        encoding="utf-8",
    )
    said = genjin("ladders", str(file))
    assert said.code == 1
    assert [line.removeprefix(f"genjin: {file}: ") for line in said.err.splitlines()] == [
        "overdue_task: The days have to rise: day 5 is followed by day 3.",
        "silent_deal, rung 1: after = 'two' is none",
        "silent_deal, rung 1: there is no 'who': known are after, to, high_risk, words",
        "silent_deal, rung 1: to is missing",
        "there is no 'lost_deal': known are overdue_task, silent_deal",
    ]
    assert genjin("ladders").out == before


@pytest.mark.parametrize(
    ("rungs", "reason"),
    [
        ("overdue_task = []", "Each rung of a ladder needs"),
        ('[[overdue_task]]\nafter = 251\nto = ["rep"]', "Day 251 cannot be"),
        ('[[overdue_task]]\nafter = 1\nto = ["finance"]', "“finance” cannot be told"),
        ("[[overdue_task]]\nafter = 1\nto = []", "Each rung of a ladder needs"),
        ("overdue_task = 3", "overdue_task is told as [[overdue_task]]"),
        ("nonsense", "Expected '='"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_with_the_reason(
    genjin: Command, file: Path, rungs: str, reason: str
) -> None:
    file.write_text(rungs, encoding="utf-8")
    said = genjin("ladders", str(file))
    assert said.code == 1
    assert reason in said.err


def test_only_an_admin_stands_in_the_log(genjin: Command, file: Path) -> None:
    file.write_text('[[overdue_task]]\nafter = 2\nto = ["rep"]\n', encoding="utf-8")
    assert "李娜 is no admin here" in genjin("ladders", str(file), "--by", "李娜").err
