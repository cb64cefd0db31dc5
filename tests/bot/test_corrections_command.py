"""`genjin corrections`: by field, and as samples that the parser takes, with and without names."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlu.__main__ import answer_message
from nlu.world import names_of
from storage.engine import open_store
from tests.bot.commands import Command
from tests.fakes import Clock, Office


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    command = Command(tmp_path / "data")
    command("demo")
    asyncio.run(_corrected(f"sqlite:///{tmp_path / 'data' / 'genjin.db'}"))
    return command


async def _corrected(url: str) -> None:
    store = open_store(url)
    office = Office(store, Clock(datetime.now(UTC)))
    await office.say("李娜", "华信ERP二期金额改成80万,王总电话13800000000")
    await office.reply("李娜", "不是80万是82万")
    await store.close()


def test_corrections_are_listed_by_field(genjin: Command) -> None:
    said = genjin("corrections")
    assert said.err == ""
    assert "update_deal.amount  1" in said.out
    assert "李娜, reply: 华信ERP二期金额改成80万" in said.out
    assert "800000" in said.out
    assert "820000" in said.out


def test_the_export_is_a_sample_in_a_world_that_the_parser_takes(genjin: Command, tmp_path: Path) -> None:
    assert genjin("corrections", "--export", str(tmp_path / "mine")).code == 0
    sample = json.loads((tmp_path / "mine.jsonl").read_text("utf-8"))
    names = names_of(json.loads((tmp_path / "mine.world.json").read_text("utf-8")))
    deal = next(action for action in sample["gold"] if action["type"] == "deal")
    assert (deal["customer"], deal["deal"], deal["amount"]) == ("上海华信科技有限公司", "ERP二期", 820000)
    read = answer_message(names, {**sample, "text": sample["text"].replace("80万", "82万")})["actions"]
    assert {**deal} in read


def test_an_anonymous_export_names_no_customer_no_person_and_no_number(genjin: Command, tmp_path: Path) -> None:
    genjin("corrections", "--export", str(tmp_path / "mine"), "--anonymous")
    told = "".join((tmp_path / name).read_text("utf-8") for name in ("mine.jsonl", "mine.world.json"))
    assert not any(word in told for word in ("华信", "王总", "王建国", "13800000000"))
    sample = json.loads((tmp_path / "mine.jsonl").read_text("utf-8"))
    assert sample["text"].startswith("客户1")


def test_a_file_that_cannot_be_written_is_told(genjin: Command, tmp_path: Path) -> None:
    assert "no_such" in genjin("corrections", "--export", str(tmp_path / "no_such" / "mine")).err
    assert "--export" in genjin("corrections", "--anonymous").err
