"""`genjin export` and `genjin load`: a folder with everything, for its owner alone, and into an empty place."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.files import Files
from tests.bot.commands import Command


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    command = Command(tmp_path / "data")
    command("user", "add", "钱进", "--role", "admin", "--telegram", "12")
    return command


def test_what_is_exported_is_loaded_elsewhere_with_the_files(genjin: Command, tmp_path: Path) -> None:
    content = Files(genjin.data_dir / "genjin.files").put(b"%PDF-1.4 a paper")
    target = tmp_path / "out"
    said = genjin("export", str(target))
    assert (said.code, said.err) == (0, "")
    assert (target / "genjin.jsonl").stat().st_mode & 0o077 == 0
    other = Command(tmp_path / "other")
    assert other("load", str(target)).code == 0
    assert "钱进" in other("user", "list").out
    assert Files(other.data_dir / "genjin.files").is_whole(content)
    again = other("load", str(target))
    assert (again.code, "holds records" in again.err) == (1, True)


def test_a_file_holds_the_lines_alone_and_says_so(genjin: Command, tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    assert "are not in it" in genjin("export", str(target)).out
    there = genjin("export", str(target))
    assert (there.code, "is there already" in there.err) == (1, True)
    assert Command(tmp_path / "other")("load", str(target)).code == 0


@pytest.mark.parametrize("text", ["", "no lines of ours", "\x00\xff", '{"genjin": "export", "format": 1}'])
def test_what_is_no_export_is_refused_in_one_line(genjin: Command, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(text.encode("latin-1"))
    said = Command(tmp_path / "other")("load", str(path))
    assert (said.code, said.err.count("\n")) == (1, 0)
    assert said.err.startswith("genjin: nothing was loaded from ")
    missing = Command(tmp_path / "other")("load", str(tmp_path / "nowhere"))
    assert (missing.code, missing.err.count("\n")) == (1, 0)
