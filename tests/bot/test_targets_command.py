"""`genjin targets`: a file that is checked as a whole, written as a whole, and logged to an admin."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands import Command

HEAD = "who,period,measure,value\n"
ROWS = (
    "SELECT coalesce(u.name, t.name), g.period, g.measure, g.value, g.currency FROM targets g"
    " LEFT JOIN users u ON u.id = g.user_id LEFT JOIN teams t ON t.id = g.team_id ORDER BY g.id"
)


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    command = Command(tmp_path / "data")
    command("team", "add", "华东组")
    command("user", "add", "钱进", "--role", "admin", "--telegram", "12")
    command("user", "add", "李娜", "--role", "rep", "--telegram", "1", "--team", "华东组")
    return command


def _rows(genjin: Command, query: str = ROWS) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(genjin.data_dir / "genjin.db")) as connection:
        return connection.execute(query).fetchall()


def _write(tmp_path: Path, text: str, name: str = "targets.csv") -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_file_sets_targets_of_people_and_teams_and_the_log_says_by_whom(genjin: Command, tmp_path: Path) -> None:
    file = _write(
        tmp_path,
        HEAD + "李娜,2026-11,won_amount,800000\n华东组,2026-Q4,won_amount,20000.5 USD\n李娜,2026-11,visits,40\n",
    )
    said = genjin("targets", file)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[1] == "华东组, 2026-Q4: won_amount 20000.5 USD"
    assert _rows(genjin) == [
        ("李娜", "2026-11", "won_amount", 80000000, "CNY"),
        ("华东组", "2026-Q4", "won_amount", 2000050, "USD"),
        ("李娜", "2026-11", "visits", 40, "CNY"),
    ]
    logged = "SELECT DISTINCT u.name FROM changes c JOIN users u ON u.id = c.user_id WHERE c.thing = 'target'"
    assert _rows(genjin, logged) == [("钱进",)]
    assert genjin("targets", file).out == "nothing to change"


def test_toml_and_another_order_of_columns_do_as_well(genjin: Command, tmp_path: Path) -> None:
    toml = '[[target]]\nwho = "李娜"\nperiod = "2026-12"\nmeasure = "new_customers"\nvalue = 5\n'
    assert genjin("targets", _write(tmp_path, toml, "targets.toml")).code == 0
    csv = "\ufeffvalue, measure ,who,period\n9,new_customers,李娜,2026-12\n"
    assert genjin("targets", _write(tmp_path, csv)).out == "李娜, 2026-12: new_customers 9"
    assert _rows(genjin) == [("李娜", "2026-12", "new_customers", 9, "CNY")]


def test_all_faults_of_a_file_are_told_together_and_nothing_is_written(genjin: Command, tmp_path: Path) -> None:
    bad = [
        "李娜,2026-11,won_amount,800000",
        "小王,2026-11,visits,4",
        "李娜,2026,visits,4",
        "李娜,2026-11,calls,4",
        "李娜,2026-11,visits,4.5",
        "李娜,2026-11,visits,0",
        "李娜,2026-12,won_amount,1 yuan",
        "李娜,2026-12,won_amount,-5",
        "李娜,2026-12,won_amount,NaN",
        "李娜,2026-11,won_amount,900000",
        ",2026-11,visits",
    ]
    file = _write(tmp_path, HEAD + "\n".join(bad) + "\n")
    said = genjin("targets", file)
    assert said.code == 1
    told = [line.removeprefix(f"genjin: {file}: ") for line in said.err.splitlines()]
    assert [line.split(":")[0] for line in told] == [f"line {number}" for number in range(3, 13)]
    assert told[0].endswith("小王 is no user and no team here")
    assert told[8].endswith("李娜 has a target for won_amount in 2026-11 in line 2")
    assert _rows(genjin) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("targets.csv", "", "the columns are who, period, measure, value, not none"),
        ("targets.csv", "who,value\n李娜,3\n", "not who, value"),
        ("targets.csv", HEAD, "there is no target in it"),
        ("targets.toml", "[[target]\n", "targets.toml: "),
        ("targets.toml", "target = 3\n", "under [[target]]"),
        ("targets.toml", '[[target]]\nwhom = "李娜"\n', "target 1: the keys are"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    genjin: Command, tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    file = _write(tmp_path, text, name) if text is not None else str(tmp_path / name)
    said = genjin("targets", file)
    assert said.code == 1
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_a_rep_is_no_admin_whom_the_log_could_name(genjin: Command, tmp_path: Path) -> None:
    file = _write(tmp_path, HEAD + "李娜,2026-11,visits,4\n")
    assert genjin("targets", file, "--by", "李娜").err == "genjin: 李娜 is no admin here"
    assert _rows(genjin) == []
