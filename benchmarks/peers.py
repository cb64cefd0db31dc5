"""How long other libraries take to read only the times of messages, in an environment of its own.

As a program, in that environment, it reads {"text", "now"} lines and prints milliseconds of CPU a message by library.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / ".venv" / "peers"
FEW = 100  # messages that the slow ones are given


def times_of_peers(messages: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Milliseconds of CPU a message, by library."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / ".installed").exists():
        venv.create(ENVIRONMENT, with_pip=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "-r", str(HERE / "peers.txt")]
        subprocess.run(pip, check=True)
        (ENVIRONMENT / ".installed").touch()
    lines = "".join(json.dumps({"text": m["text"], "now": m["now"]}) + "\n" for m in messages)
    done = subprocess.run([str(python), __file__], input=lines, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _timed(messages: Sequence[dict[str, Any]], read: Callable[[str, datetime], Any]) -> float:
    """Milliseconds a message; what a library cannot bear counts as read."""
    moments = [(m["text"], datetime.fromisoformat(m["now"]).replace(tzinfo=None)) for m in messages]
    best = 0.0
    for _ in range(3):  # the first turn warms up
        started = time.process_time()
        for text, now in moments:
            with suppress(Exception):
                read(text, now)
        best = time.process_time() - started
    return best / len(messages) * 1000


def main() -> None:
    """Every library in turn."""
    messages = [json.loads(line) for line in sys.stdin]
    found: dict[str, float] = {}

    import jionlp  # noqa: PLC0415 - there only in that environment

    found["JioNLP, times"] = _timed(messages, lambda t, now: jionlp.ner.extract_time(t, time_base=now.timestamp()))

    import dateparser.search  # noqa: PLC0415 - there only in that environment

    found["dateparser, times"] = _timed(
        messages[:FEW],
        lambda t, now: dateparser.search.search_dates(t, languages=["zh", "en"], settings={"RELATIVE_BASE": now}),
    )

    from recognizers_date_time import Culture, recognize_datetime  # noqa: PLC0415 - there only in that environment

    found["Recognizers-Text, times"] = _timed(
        messages[:FEW], lambda t, now: recognize_datetime(t, Culture.Chinese, reference=now)
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
