"""The command line: an answer a line in the order of the lines, bad lines answered by their error."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from nlu.__main__ import main

WORLD = {
    "stages": [{"key": "won", "name": "赢单"}],
    "users": [{"name": "林晓禾", "aliases": ["晓禾"], "role": "rep"}],
    "customers": [
        {
            "name": "杭州晨岚科技有限公司",
            "aliases": ["晨岚"],
            "owner": "林晓禾",
            "contacts": [{"name": "何建明", "title": "总经理", "aliases": ["何总"]}],
            "deals": [{"name": "排产软件", "stage": "needs", "amount": 1}],
        }
    ],
    "competitors": [],
    "products": [],
    "tasks": [
        {
            "id": 7,
            "title": "给晨岚发方案",
            "assignee": "林晓禾",
            "customer": "杭州晨岚科技有限公司",
            "due": "2026-11-24",
        }
    ],
}


def run(
    lines: list[str], args: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[Any]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    assert main(args) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def world(tmp_path: Path) -> str:
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD, ensure_ascii=False), "utf-8")
    return str(path)


def message(text: str, **more: Any) -> str:
    return json.dumps({"id": "m", "now": "2026-11-20T18:30+08:00", "sender": "晓禾", "text": text, **more})


def test_a_message_is_answered_by_its_actions(
    world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = run([message("今天去了晨岚,见了何总")], ["--world", world], monkeypatch, capsys)
    visit = {"customer": "杭州晨岚科技有限公司", "contacts": ["何建明"], "channel": "onsite", "at": "2026-11-20"}
    assert answer == {"id": "m", "actions": [{"type": "visit", **visit}]}


def test_a_task_of_nobody_is_the_senders(
    world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = run([message("提醒我周一下午3点给何总打电话")], ["--world", world], monkeypatch, capsys)
    (task,) = answer["actions"]
    assert (task["assignee"], task["due"]) == ("林晓禾", "2026-11-23T15:00")


def test_a_bad_line_is_answered_by_an_error_and_the_rest_goes_on(
    world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["{", '{"id": "a"}', "[1]", message("谢谢"), '{"id": "b", "text": "x"}']
    answers = run(lines, ["--world", world], monkeypatch, capsys)
    assert [answer["id"] for answer in answers] == [None, "a", None, "m", "b"]
    assert ["error" in answer for answer in answers] == [True, True, True, False, True]


def test_values_are_read_without_a_world(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"id": "v", "lang": "zh", "now": "2026-11-20T18:30+08:00", "text": "80万", "kind": "amount"})
    (answer,) = run([line], ["--values"], monkeypatch, capsys)
    assert answer["id"] == "v"
    assert answer["values"][0]["amount"] == 800_000


def test_an_unreadable_world_is_said_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--world", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err
