"""Files of attachments on disk: named by the SHA-256 of their content, so that no name from outside is ever a path.

Written whole or not at all, and never changed: a copy with the same content is the same file.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from itertools import count
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")
_HALF = ".part"


def files_beside(database: Path) -> Path:
    """The folder of the files that belong to a database file: genjin.files beside genjin.db."""
    return database.with_suffix(".files")


def name_of(data: bytes) -> str:
    """The name of a content: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


class Files:
    """A folder of contents, 256 folders deep. Blocking: call it from a thread where a loop runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the content of that name stands. ValueError where it is no such name."""
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a content")
        return self.folder / name[:2] / name

    def put(self, data: bytes) -> str:
        """Keep a content and return its name; once this returns, it outlives a loss of power. OSError."""
        name = name_of(data)
        target = self.path(name)
        if self.is_whole(name):
            return name
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f"{name}.{secrets.token_hex(4)}{_HALF}")
        try:
            with half.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
        for folder in (target.parent, self.folder):
            _sync(folder)
        return name

    def read(self, name: str) -> bytes | None:
        """The content of that name, None where it is missing or not what it was."""
        try:
            data = self.path(name).read_bytes()
        except OSError:
            return None
        return data if name_of(data) == name else None

    def is_whole(self, name: str) -> bool:
        """Whether the content is there and is what its name says."""
        return self.read(name) is not None

    def lay_out(self, name: str, data: bytes) -> Path:
        """Write something for a person of this machine to take, under the name that it is shown by. OSError."""
        folder = self.folder / "out"
        folder.mkdir(parents=True, exist_ok=True)
        stem, end = Path(name).stem, Path(name).suffix
        tries = (folder / f"{stem}{f'-{number}' if number > 1 else ''}{end}" for number in count(1))
        target = next(path for path in tries if not path.exists())
        target.write_bytes(data)
        return target

    def remove(self, name: str) -> None:
        """Let a content go, where it is. OSError."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove what a process that was killed left half written; how many there were. Only before any `put`."""
        halves = list(self.folder.glob(f"??/*{_HALF}")) if self.folder.is_dir() else []
        for half in halves:
            half.unlink(missing_ok=True)
        return len(halves)


def _sync(folder: Path) -> None:
    """Make a folder's entries last, where the system lets one."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
