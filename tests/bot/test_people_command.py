"""`genjin people`: a file is looked at first, then written as a whole or not at all, and twice changes nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands import ROOT, Command, staffed

PEOPLE = (
    "SELECT u.name, u.role, t.name, u.language, u.zone, i.address FROM users u LEFT JOIN teams t ON t.id = u.team_id"
    " LEFT JOIN identities i ON i.user_id = u.id ORDER BY u.id"
)
TREE = (
    "SELECT t.name, p.name, u.name FROM teams t LEFT JOIN teams p ON p.id = t.parent_id"
    " LEFT JOIN users u ON u.id = t.manager_id ORDER BY t.id"
)
TABLES = ("users", "teams", "identities", "invites", "changes")
ZH = "Asia/Shanghai"


def _rows(genjin: Command, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(genjin.data_dir / "genjin.db")) as connection:
        return connection.execute(query).fetchall()


def _counts(genjin: Command) -> list[int]:
    return [_rows(genjin, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]  # noqa: S608


def _file(tmp_path: Path, text: str, name: str = "people.yaml") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_sample_makes_a_company_on_the_first_day_and_twice_changes_nothing(tmp_path: Path) -> None:
    genjin, sample = Command(tmp_path / "data"), str(ROOT / "docs" / "people.yaml")
    said = genjin("people", sample, "--yes")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "written: 4 teams, 6 people, 5 invites"
    assert _rows(genjin, TREE)[1:3] == [("销售部", "拓舟软件", "何远征"), ("华南组", "销售部", "王芳")]
    assert _rows(genjin, PEOPLE)[0] == ("钱进", "admin", "拓舟软件", "zh", ZH, "100000001")
    assert _rows(genjin, PEOPLE)[3] == ("Anna Lee", "manager", "华东组", "en", "Asia/Singapore", None)
    assert json.loads(_rows(genjin, "SELECT short_names FROM users WHERE name = '李雷'")[0][0]) == ["小李", "雷子"]
    assert _rows(genjin, "SELECT username FROM users WHERE name = '钱进'") == [("qianjin_admin",)]
    before = _counts(genjin)
    assert genjin("people", sample, "--yes").out.splitlines() == ["10 unchanged", "nothing to change"]
    assert _counts(genjin) == before


def test_what_would_change_is_told_and_nothing_is_written_before_it_is_asked(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    before = _counts(genjin)
    csv = "name,role,team,manager\n华南组,team,,李娜\n李娜,manager,华南组,\n王芳,rep,华南组,\n"
    file = _file(tmp_path, csv, "people.csv")
    told = ["+ team 华南组: manager 李娜", "~ 李娜: role rep -> manager, team 华南组", "+ 王芳: role rep, team 华南组"]
    said = genjin.process("people", file, typed="n\n")
    assert said.out.splitlines()[:5] == [*told, "> 王芳: an invite", "0 unchanged"]
    assert said.out.splitlines()[-1].endswith("nothing is written")
    assert _counts(genjin) == before
    written = genjin.process("people", file, typed="y\n")
    assert written.out.splitlines()[-1] == "written: 1 teams, 2 people, 1 invites"
    assert _rows(genjin, TREE) == [("华南组", None, "李娜")]
    assert _rows(genjin, PEOPLE)[1][:3] == ("李娜", "manager", "华南组")
    logged = "SELECT DISTINCT u.name FROM changes c JOIN users u ON u.id = c.user_id WHERE c.thing = 'team'"
    assert _rows(genjin, logged) == [("钱进",)]


def test_an_invite_that_is_printed_lets_its_person_in_and_is_not_made_anew(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    file = _file(tmp_path, "people: [{name: 王芳, role: rep}]")
    said = genjin("people", file, "--yes")
    assert "王芳: /start " in said.out
    assert _rows(genjin, "SELECT count(*) FROM invites i JOIN users u ON u.id = i.user_id WHERE u.name = '王芳'") == [
        (1,)
    ]
    assert genjin("people", file, "--yes").out.endswith("nothing to change")


WRONG = {
    "an unknown role": ("people: [{name: 王芳, role: pilot}]", "there is no role 'pilot'"),
    "an unknown language": ("people: [{name: 王芳, role: rep, language: fr}]", "there is no language 'fr'"),
    "an unknown zone": ("people: [{name: 王芳, role: rep, zone: Moon}]", "there is no time zone 'Moon'"),
    "no role": ("people: [{name: 王芳}]", "people 1: the role is missing"),
    "no name": ("people: [{role: rep}]", "people 1: the name is missing"),
    "an unknown key": ("people: [{name: 王芳, role: rep, salary: 9}]", "there is no 'salary'"),
    "an unknown part": ("persons: []", "told as teams: and people:"),
    "a team named nowhere": ("people: [{name: 王芳, role: rep, team: 华西组}]", "there is no team 华西组"),
    "a parent named nowhere": ("teams: [{name: 华南组, parent: 总部}]", "there is no team 总部"),
    "a manager named nowhere": ("teams: [{name: 华南组, manager: 王芳}]", "there is nobody called 王芳"),
    "a loop": (
        "teams: [{name: A1, parent: B1}, {name: B1, parent: A1}]",
        "teams 1: A1 would stand below itself",
    ),
    "a team below itself": ("teams: [{name: A1, parent: A1}]", "A1 would stand below itself"),
    "two teams of one name": ("teams: [{name: A1}, {name: a1}]", "there is a team a1 in teams 1 already"),
    "two of one name": (
        "people: [{name: 王芳, role: rep}, {name: 王芳, role: manager}]",
        "people 2: 王芳 would be called like 王芳 (people 1)",
    ),
    "called like another": ("people: [{name: 王芳, role: rep, called: 李娜}]", "王芳 would be called like 李娜 (here)"),
    "two with one id": (
        "people: [{name: 王芳, role: rep, telegram: 7}, {name: 韩梅, role: rep, telegram: 7}]",
        "people 2: Telegram 7 is 王芳 (people 1) already",
    ),
    "somebody else's id": ("people: [{name: 王芳, role: rep, telegram: 1}]", "Telegram 1 is 李娜 (here) already"),
    "an id that is none": ("people: [{name: 王芳, role: rep, telegram: -5}]", "telegram '-5' is no person's number"),
    "two with one username": (
        "people: [{name: 王芳, role: rep, username: wf_sales}, {name: 韩梅, role: rep, username: '@WF_Sales'}]",
        "people 2: @wf_sales is 王芳 (people 1) already",
    ),
    "a username that is none": ("people: [{name: 王芳, role: rep, username: 王芳}]", "username '王芳' is none"),
    "the last admin": ("people: [{name: 钱进, role: rep}]", "钱进 is the last admin and must stay one"),
}


@pytest.mark.parametrize(("text", "reason"), WRONG.values(), ids=WRONG)
def test_a_file_with_a_fault_is_refused_as_a_whole(tmp_path: Path, text: str, reason: str) -> None:
    genjin = staffed(tmp_path)
    before = _counts(genjin)
    said = genjin("people", _file(tmp_path, text), "--yes")
    assert said.code == 1
    assert reason in said.err
    assert _counts(genjin) == before


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    csv = "name,role,team,telegram\n王芳,pilot,,\n韩梅,rep,华西组,\n李雷,rep,,abc\n,rep,,\n"
    said = genjin("people", _file(tmp_path, csv, "people.csv"), "--yes")
    assert [line.split(": ")[2] for line in said.err.splitlines()] == ["line 5", "line 2", "line 3", "line 4"]
    assert _counts(genjin)[0] == 2


def test_a_leaver_is_not_let_in_by_a_file(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    genjin("user", "deactivate", "李娜")
    said = genjin("people", _file(tmp_path, "people: [{name: 李娜, role: manager}]"), "--yes")
    assert "李娜 has left: genjin user reactivate 李娜" in said.err


def test_another_admin_may_take_over_in_one_file(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    said = genjin("people", _file(tmp_path, "people: [{name: 钱进, role: rep}, {name: 李娜, role: admin}]"), "--yes")
    assert said.code == 0
    assert [row[:2] for row in _rows(genjin, PEOPLE)] == [("钱进", "rep"), ("李娜", "admin")]


@pytest.mark.parametrize("text", ["a: [", "\x00", "people: &a [*a]", "just words", ""])
def test_what_is_no_such_file_is_told_in_a_line(tmp_path: Path, text: str) -> None:
    said = staffed(tmp_path)("people", _file(tmp_path, text), "--yes")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
