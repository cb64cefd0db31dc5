"""`genjin calendar`: a file of days that is checked as a whole and written as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands import Command


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    command = Command(tmp_path / "data")
    command("user", "add", "钱进", "--role", "admin", "--telegram", "12")
    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "days.csv"


def test_days_are_taken_and_printed_as_they_can_be_taken_again(genjin: Command, file: Path) -> None:
    assert genjin("calendar").out == "day,working,name"
    days = "day,working,name\n2026-12-12,yes,\n2026-12-31,no,年终盘点\n2030-01-02,no,\n"
    file.write_text(days, encoding="utf-8")
    said = genjin("calendar", str(file))
    assert said.code == 0
    assert said.out.splitlines() == [
        "2026-12-12: worked",
        "2026-12-31: off",
        "2030-01-02: off (not published yet)",
    ]
    assert genjin("calendar").out == days.strip()
    assert genjin("calendar", str(file)).out == "nothing to change"


def test_all_faults_of_a_file_are_told_together_and_nothing_is_written(genjin: Command, file: Path) -> None:
    file.write_text(
        "day,working,name\n2026-12-31,no,\n2026-02-30,no,\n2026-12-31,yes,\n2027-01-04,maybe,\n2027-01-05\n", "utf-8"
    )
    said = genjin("calendar", str(file))
    assert said.code == 1
    assert [line.removeprefix(f"genjin: {file}: ") for line in said.err.splitlines()] == [
        "line 3: day '2026-02-30' is none, such as 2026-12-31",
        "line 4: 2026-12-31 stands twice",
        "line 5: working 'maybe' is neither yes nor no",
        "line 6: 1 fields, not 3",
    ]
    assert genjin("calendar").out == "day,working,name"


@pytest.mark.parametrize("told", ["", "2026-12-31,no,\n", 'day,working,name\n"2026'])
def test_a_file_of_another_form_is_refused(genjin: Command, file: Path, told: str) -> None:
    file.write_text(told, encoding="utf-8")
    assert genjin("calendar", str(file)).code == 1
