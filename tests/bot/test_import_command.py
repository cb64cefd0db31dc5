"""`genjin import`: looked at first, then written as a whole or not at all, with the rights of whom it names."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands import Command, staffed

ROWS = (
    "客户名称,联系人,手机,负责人\n临海鑫泰五金有限公司,周敏,138 1234 5678,\n大成模具厂,吴刚,123,\n华美贸易公司,,,李娜\n"
)


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "客户.csv"
    path.write_text(text, encoding="gb18030")
    return str(path)


def _rows(genjin: Command, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(genjin.data_dir / "genjin.db")) as connection:
        return connection.execute(query).fetchall()


def test_a_file_is_told_then_written_and_a_second_time_holds_nothing_new(tmp_path: Path) -> None:
    genjin, file = staffed(tmp_path), _file(tmp_path, ROWS)
    said = genjin("import", file, "--yes", "--rows", str(tmp_path / "rows.csv"))
    assert (said.code, said.err) == (0, "")
    assert "第3行 大成模具厂:电话不对:123" in said.out
    assert said.out.splitlines()[-1] == "imported: 2 customers, 1 contacts, 0 deals, 0 notes, 0 records filled in"
    owners = "SELECT c.name, u.name FROM customers c JOIN users u ON u.id = c.owner_id ORDER BY c.id"
    assert _rows(genjin, owners) == [("临海鑫泰五金有限公司", "钱进"), ("华美贸易公司", "李娜")]
    assert "3,有错,大成模具厂,电话不对:123" in (tmp_path / "rows.csv").read_text(encoding="utf-8-sig")
    again = genjin("import", file, "--yes")
    assert "imported: 0 customers, 0 contacts, 0 deals, 0 notes, 0 records filled in" in again.out


def test_nothing_is_written_without_a_yes_nor_beyond_the_rights_of_whom_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genjin, file = staffed(tmp_path), _file(tmp_path, ROWS)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    said = genjin("import", file)
    assert said.out.splitlines()[-1].endswith("nothing is written")
    assert _rows(genjin, "SELECT count(*) FROM customers") == [(0,)]
    told = _file(tmp_path, "客户名称,负责人\n甲乙丙公司,钱进\n")
    said = genjin("import", told, "--as", "李娜", "--yes")
    assert "不能替钱进导入客户" in said.out
    assert said.out.splitlines()[-1] == "nothing to import"
    assert genjin("import", told, "--as", "没有这个人").err.strip() == "genjin: there is no user 没有这个人"


def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    genjin = staffed(tmp_path)
    assert "没有数据行" in genjin("import", _file(tmp_path, "客户名称,电话\n")).err
    assert "there is no such file" in genjin("import", str(tmp_path / "none.csv")).err
    assert genjin("import", _file(tmp_path, ROWS), "--doubtful", "perhaps").code == 1
