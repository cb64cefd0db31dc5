"""`genjin policies`: a file that is checked as a whole, written as a whole, and logged to an admin."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm.write_policies import DEFAULTS
from tests.bot.commands import Command, staffed


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    return staffed(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policies.toml"


def _rows(genjin: Command, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(genjin.data_dir / "genjin.db")) as connection:
        return connection.execute(query).fetchall()


def test_what_is_shown_can_be_loaded_and_changes_nothing(genjin: Command, file: Path) -> None:
    shown = genjin("policies", "show")
    told = tomllib.loads(shown.out)
    assert told["policy"] == {kind: default.policy for kind, default in DEFAULTS.items()}
    assert told["limit"] == {"large_amount_change": 20, "discount_beyond_limit": 15}
    file.write_text(shown.out, encoding="utf-8")
    assert genjin("policies", "load", str(file)).out == "nothing to change"
    assert _rows(genjin, "SELECT * FROM write_policies") == []


def test_a_file_changes_what_it_names_and_the_log_says_by_whom(genjin: Command, file: Path) -> None:
    file.write_text(
        '[policy]\nwon = "auto"\nvisit = "confirm"\n[limit]\ndiscount_beyond_limit = 10\n', encoding="utf-8"
    )
    said = genjin("policies", "load", str(file))
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "visit: auto -> confirm",
        "discount_beyond_limit: manager beyond 15% -> manager beyond 10%",
        "won: confirm -> auto",
    ]
    logged = "SELECT DISTINCT u.name FROM changes c JOIN users u ON u.id = c.user_id WHERE c.thing = 'write_policy'"
    assert _rows(genjin, logged) == [("钱进",)]
    shown = genjin("policies", "show").out
    assert "# 钱进, 20" in next(line for line in shown.splitlines() if line.startswith('won = "auto"'))
    file.write_text('[policy]\nwon = "confirm"\n', encoding="utf-8")
    assert genjin("policies", "load", str(file), "--by", "钱进").out == "won: auto -> confirm"


def test_all_faults_of_a_file_are_told_together_and_nothing_is_written(genjin: Command, file: Path) -> None:
    file.write_text(
        'speed = 1\n[policy]\nwon = "auto"\nvisits = "auto"\nlost = "never"\n[policy.move]\na = 1\n'
        "[limit]\nvisit = 3\ndiscount_beyond_limit = 200\nlarge_amount_change = true\n[people]\n",
        encoding="utf-8",
    )
    said = genjin("policies", "load", str(file))
    assert said.code == 1
    told = [line.removeprefix(f"genjin: {file}: ") for line in said.err.splitlines()]
    assert [line.split(":")[0] for line in told] == [
        "there is no [speed]",
        "there is no [people]",
        "[policy] there is no 'visits'",
        "[policy] lost = 'never'",
        "[policy] move = {'a'",
        "[limit] there is no 'visit'",
        "[limit] discount_beyond_limit = 200",
        "[limit] large_amount_change = True",
    ]
    assert _rows(genjin, "SELECT * FROM write_policies") == []


@pytest.mark.parametrize(
    ("text", "told"), [("[policy", "policies.toml: "), ("\x00", "policies.toml: "), (None, "No such file")]
)
def test_a_file_that_cannot_be_read_is_one_line(genjin: Command, file: Path, text: str | None, told: str) -> None:
    if text is not None:
        file.write_text(text, encoding="utf-8")
    said = genjin("policies", "load", str(file))
    assert said.code == 1
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_a_rep_is_no_admin_whom_the_log_could_name(genjin: Command, file: Path) -> None:
    file.write_text('[policy]\nwon = "auto"\n', encoding="utf-8")
    assert genjin("policies", "load", str(file), "--by", "李娜").err == "genjin: 李娜 is no admin here"


def test_without_an_admin_nothing_is_loaded(tmp_path: Path, file: Path) -> None:
    file.write_text('[policy]\nwon = "auto"\n', encoding="utf-8")
    said = Command(tmp_path / "other")("policies", "load", str(file))
    assert said.err == "genjin: there is no admin yet whom the log could name"
