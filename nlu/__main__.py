"""`python -m nlu`: messages as JSON lines in, what they ask for and report as JSON lines out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nlu import values
from nlu.names import Names
from nlu.understand import understand
from nlu.world import actions_of, focus_of, names_of, sender_of

Line = dict[str, Any]


def answer_message(names: Names, line: Line) -> Line:
    """The actions of one message; raises ValueError where the line holds no text or no moment."""
    text = line.get("text")
    if not isinstance(text, str):
        raise ValueError("no text")
    sender = sender_of(names, line.get("sender"))
    read = understand(text, now=_moment(line.get("now")), names=names, sender=sender, focus=focus_of(line.get("focus")))
    name = names.users[sender].name if sender is not None else line.get("sender")
    return {"id": line.get("id"), "actions": actions_of(read.readings, name)}


def answer_values(line: Line) -> Line:
    """The values of one kind that a text holds; raises ValueError where the line lacks what that takes."""
    text, kind = line.get("text"), line.get("kind")
    if not isinstance(text, str) or not isinstance(kind, str):
        raise ValueError("no text or no kind")
    return {"id": line.get("id"), "values": values.values(text, kind, _moment(line.get("now")), line.get("lang", "zh"))}


def _moment(told: Any) -> datetime:
    moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    if moment is None:
        raise ValueError("no moment: `now` must be an ISO date-time with its zone")
    return moment if moment.tzinfo else moment.astimezone()


def answers(lines: Iterable[str], answer: Callable[[Line], Line]) -> Iterator[Line]:
    """An answer a line, in their order; a bad line is answered by its error."""
    for text in lines:
        if not text.strip():
            continue
        line: Any = None
        try:
            line = json.loads(text)
            if not isinstance(line, dict):
                raise ValueError("not a JSON object")
            yield answer(line)
        except (ValueError, RecursionError) as error:
            yield {
                "id": line.get("id") if isinstance(line, dict) else None,
                "error": str(error) or type(error).__name__,
            }


def main(argv: list[str] | None = None) -> int:
    """The command line; 0, or 2 where the world cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m nlu", description=__doc__)
    parser.add_argument("--world", type=Path, help="the known names, as JSON")
    parser.add_argument("--values", action="store_true", help="read single values instead of messages")
    args = parser.parse_args(argv)
    if args.values:
        answer: Callable[[Line], Line] = answer_values
    elif args.world is None:
        parser.error("--world is needed, unless --values is given")
    else:
        try:
            names = names_of(json.loads(args.world.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"python -m nlu: {args.world}: {error}", file=sys.stderr)  # noqa: T201
            return 2

        def answer(line: Line) -> Line:
            return answer_message(names, line)

    for answered in answers(sys.stdin, answer):
        sys.stdout.write(json.dumps(answered, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
