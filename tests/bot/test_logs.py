"""Log lines: one stream, one form, and no secret in any of them."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where lines go; logging is put back as it was afterwards."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers, root.level
    yield io.StringIO()
    root.handlers, sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.mark.parametrize("is_json", [True, False])
def test_a_secret_is_struck_out_wherever_it_stands(stream: io.StringIO, is_json: bool) -> None:
    logs.configure("DEBUG", is_json, [TOKEN], stream)
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError:
        structlog.get_logger("ours").exception("failed", url=f"/bot{TOKEN}/")
        logging.getLogger("theirs").exception("failed %s", TOKEN)
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    said = stream.getvalue()
    assert "RuntimeError" in said
    assert logs.STRUCK in said
    assert TOKEN not in said
    assert "httpx" not in said


def test_json_lines_are_json(stream: io.StringIO) -> None:
    logs.configure("INFO", True, [], stream)
    structlog.get_logger("ours").info("ready", http="127.0.0.1:8080", chat="华信")
    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"], line["chat"]) == ("ready", "info", "华信")


def test_what_is_below_the_level_is_not_written(stream: io.StringIO) -> None:
    logs.configure("WARNING", False, [], stream)
    structlog.get_logger("ours").info("quiet")
    logging.getLogger("theirs").info("quiet")
    assert stream.getvalue() == ""
