"""Contents on disk: whole or not there, under names that come from nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.files import Files, files_beside, name_of


def test_a_content_is_kept_once_whatever_it_was_called(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    name = files.put(b"the same")
    assert files.put(b"the same") == name == name_of(b"the same")
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [name]
    assert files.read(name) == b"the same"


@pytest.mark.parametrize("name", ["../../x", "", "/etc/passwd", "a" * 63, "A" * 64, "0" * 64 + "\n"])
def test_nothing_but_the_name_of_a_content_is_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a content"):
        Files(tmp_path).path(name)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    files = Files(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(b"x" * 1000)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_half_written_is_swept_and_never_read(tmp_path: Path) -> None:
    files, name = Files(tmp_path), name_of(b"whole")
    half = files.path(name).with_name(f"{name}.0a0b0c0d.part")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"who")
    assert files.read(name) is None
    assert (files.sweep(), files.sweep()) == (1, 0)
    assert files.put(b"whole") == name


def test_a_copy_that_was_damaged_is_not_handed_out_and_is_replaced_by_the_next(tmp_path: Path) -> None:
    files = Files(tmp_path)
    name = files.put(b"whole")
    files.path(name).write_bytes(b"hole")
    assert files.read(name) is None
    assert files.put(b"whole") == name
    assert files.read(name) == b"whole"


def test_the_folder_is_named_after_its_database() -> None:
    assert files_beside(Path("data/genjin.db")) == Path("data/genjin.files")
    assert files_beside(Path("kept")) == Path("kept.files")
