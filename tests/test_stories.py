"""Dialogues through the real desk: said, answered, and what the database then holds (tests/stories/README.md)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from jobs.timetable import TIMETABLE
from storage.engine import Store
from talk.incoming import IncomingContact, IncomingPlace
from tests.fakes import Clock, Office, Seen

JOBS = {job.name: job for job in TIMETABLE}
STORIES = Path(__file__).parent / "stories"


def _stories() -> list[Any]:
    return [
        pytest.param(story, id=f"{path.stem}-{story['story'].replace(' ', '-')}")
        for path in sorted(STORIES.glob("*.yaml"))
        for story in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    ]


@pytest.fixture
def now(story: dict[str, Any]) -> datetime:
    """When the story begins."""
    return datetime.fromisoformat(story.get("now", "2026-11-20T18:30+08:00"))


@pytest.mark.parametrize("story", _stories())
async def test_story(story: dict[str, Any], demo_store: Store, now: datetime, tmp_path: Path) -> None:
    clock, store = Clock(now), demo_store
    office = Office(store, clock, folder=tmp_path)
    for number, step in enumerate(story["steps"], 1):
        if "given" in step:
            async with store.write.begin() as connection:
                await connection.execute(text(step["given"]))
        seen = await _act(office, story.get("as", "李娜"), step)
        where = f"{story['story']}, step {number}: {step}\nanswered: {seen}"
        _check_answer(step, seen, where)
        for held in step.get("holds", ()):
            await _check_held(store, held, where)


async def _act(office: Office, speaker: str, step: dict[str, Any]) -> list[Seen]:
    speaker = step.get("as", speaker)
    office.clock.forward(**step.get("later", {"seconds": 20}))
    if "job" in step or "jobs" in step:
        for name in step.get("jobs", [step.get("job")]):
            await JOBS[name].run(office.store, office.clock())
        seen, to = await office.posted(), step.get("for")
        return [one for one in seen if to is None or one.chat == await office.address_of(to)]
    more = await _facts(office, step)
    match step:
        case {"fetched": _} | {"imported": _}:
            return await (office.fetch() if "fetched" in step else office.imported())
        case {"edit": words}:
            return await office.edit(speaker, words, **more)
        case {"tap": label}:
            return await office.tap(speaker, label, **more)
        case {"reply": words}:
            return await office.reply(speaker, words, step.get("to", ""), **more)
    is_wordless = {"files", "contact", "place"} & step.keys() and "say" not in step
    more |= {"kind": "other"} if is_wordless else {}
    words, to = _words(office, step), step.get("to")
    return await (office.reply(speaker, words, to, **more) if to else office.say(speaker, words, **more))


async def _facts(office: Office, step: dict[str, Any]) -> dict[str, Any]:
    """What a step says of its message beside the words."""
    told: tuple[str, ...] = ("is_group", "chat", "kind", "language", "message", "shown_in", "album", "topic", "title")
    told += ("moved_to", "is_administrator", "is_anonymous", "is_forwarded", "is_by_us", "username")
    more = {name: step[name] for name in told if name in step} | _where(step)
    if "members" in step:
        more["members"] = tuple([await office.address_of(name) for name in step["members"]])
    if "picked" in step:
        more["mentions"] = tuple([(words, await office.address_of(name)) for words, name in step["picked"].items()])
    if "in_it" in step:
        office.messenger.members = {
            chat: {await office.address_of(name) for name in people} for chat, people in step["in_it"].items()
        }
    if "files" in step:
        more["files"] = office.files(step["files"])
    if "contact" in step:
        more["contact"] = IncomingContact(**step["contact"])
    if "place" in step:
        more["place"] = IncomingPlace(*step["place"])
    return more


def _where(step: dict[str, Any]) -> dict[str, Any]:
    """Where a step takes place: in the group of that id, else in the speaker's private chat."""
    if "group" not in step:
        return {}
    place = {"shown_in": step["group"]} if "tap" in step else {"chat": step["group"]}
    return {"is_group": True, **place}


def _words(office: Office, step: dict[str, Any]) -> str:
    """What a step says: a code that was shown, or plain words, none where only files are sent."""
    return f"/start {office.code(step['code'])}" if "code" in step else str(step.get("say", ""))


def _check_answer(step: dict[str, Any], seen: list[Seen], where: str) -> None:
    said = "\n".join(one.text for one in seen)
    for part in step.get("answered", ()):
        assert part in said, f"not answered: {part}\n{where}"
    for part in step.get("not_answered", ()):
        assert part not in said, f"answered all the same: {part}\n{where}"
    if "buttons" in step:
        labels = [button.label for one in seen if one.do != "answer" for button in one.buttons]
        missing = [want for want in step["buttons"] if not any(want in label for label in labels)]
        assert not missing, f"no button {missing} among {labels}\n{where}"
        assert len(labels) == len(step["buttons"]), f"buttons {labels}\n{where}"
    if "messages" in step:
        assert len([one for one in seen if one.do == "send"]) == step["messages"], where


async def _check_held(store: Store, held: dict[str, Any], where: str) -> None:
    async with store.reading()() as session:
        found = [tuple(row) for row in await session.execute(text(held["sql"]))]
    values = [[str(value) if value is not None else None for value in row] for row in found]
    wanted = [[str(value) if value is not None else None for value in row] for row in held["rows"]]
    assert values == wanted, f"{held['sql']} holds {values}, not {wanted}\n{where}"
