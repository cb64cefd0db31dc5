"""Runs the command `genjin` with an environment of its own: here, or as people do, in a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bot.__main__ import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Command:
    """`genjin` with a data directory of its own; `settings` are GENJIN_ variables without the prefix."""

    data_dir: Path

    def environment(self, **settings: str) -> dict[str, str]:
        """The variables that the command sees."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN_")}
        ours = {"DATA_DIR": str(self.data_dir), "HTTP": "127.0.0.1:0", "SANDBOX": "127.0.0.1:0", **settings}
        return {**kept, "PYTHONPATH": str(ROOT), **{f"GENJIN_{name}": value for name, value in ours.items()}}

    def __call__(self, *arguments: str, **settings: str) -> Said:
        """Run to the end in this process: `run` and `chat`, which set up logging, want one of their own."""
        out, err, code = io.StringIO(), io.StringIO(), 0
        with (
            chdir(self.data_dir.parent),
            mock.patch.dict(os.environ, self.environment(**settings), clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main(list(arguments))
            except SystemExit as end:
                code = int(end.code or 0)
        return Said(code, out.getvalue().strip(), err.getvalue().strip())

    def process(self, *arguments: str, typed: str = "", **settings: str) -> Said:
        """Run to the end in a process of its own."""
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", *arguments],
            env=self.environment(**settings),
            cwd=self.data_dir.parent,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Said(done.returncode, done.stdout.strip(), done.stderr.strip())


def staffed(folder: Path) -> Command:
    """A database with an admin, 钱进, and a rep, 李娜."""
    command = Command(folder / "data")
    command("user", "add", "钱进", "--role", "admin", "--telegram", "12")
    command("user", "add", "李娜", "--role", "rep", "--telegram", "1")
    return command
