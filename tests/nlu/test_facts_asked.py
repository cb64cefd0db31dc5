"""Facts asked for, by name and otherwise; and that what is said where one is not known tells it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.known import Focus
from nlu.rule import Reading
from nlu.sought import sought
from nlu.understand import understand
from talk.catalogue import say, words
from talk.forms import Reader

NAMES = example_names()
OF_PERSON = ("email", "wechat", "birthday", "title")
TELLS = [key.removeprefix("tell_") for key in words() if key.startswith("tell_")]
INTENTS = {"task": "create_task", "quote": "note_quote", "contact": "update_contact"} | dict.fromkeys(
    OF_PERSON, "update_contact"
)


def readings(text: str, focus: str | None = None) -> list[Reading]:
    about = Focus(customer=focus) if focus else None
    return list(understand(text, now=NOW, names=NAMES, sender=SENDER, focus=about).readings)


def wanted(text: str, focus: str | None = None) -> Any:
    [reading] = readings(text, focus)
    return reading.slots["customer"].key, reading.slots.get("wanted")


@pytest.mark.parametrize("key", TELLS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_that_is_proposed_tells_the_fact(key: str, language: str) -> None:
    customer, person = ("晨岚", "陶欣") if language == "zh" else ("Northwind", "Lena Fischer")
    name = person if key in OF_PERSON else customer
    said = say(f"tell_{key}", Reader(language, UTC, NOW.date()), {"name": name})
    [reading] = readings(said)
    assert reading.intent == INTENTS.get(key, "update_customer"), said
    assert reading.slots["customer"].key == customer
    assert key in INTENTS.keys() - {*OF_PERSON} or key in reading.slots


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("晨岚地址", ("address",)),
        ("晨岚的地址和电话", ("address", "phone")),
        ("晨岚的开票资料", ("name", "tax_id", "address", "phone")),
        ("晨岚公司在哪里?", ("address",)),
        ("晨岚在哪个城市", ("region",)),
        ("晨岚有多少员工", ("size",)),
        ("晨岚是谁介绍的", ("source",)),
        ("晨岚的全称", ("name",)),
        ("晨岚的微信", ("wechat",)),
    ],
)
def test_facts_are_asked_for_in_many_words(text: str, facts: tuple[str, ...]) -> None:
    assert wanted(text) == ("晨岚", facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("地址在哪", ("address",)),
        ("他们的税号是多少", ("tax_id",)),
        ("这家公司多大", ("size",)),
        ("where are they based?", ("address",)),
        ("what's the address?", ("address",)),
        ("their phone", ("phone",)),
        ("地址发我", ("address",)),
    ],
)
def test_what_names_no_customer_is_asked_of_the_one_spoken_of(text: str, facts: tuple[str, ...]) -> None:
    assert wanted(text, "晨岚") == ("晨岚", facts)
    assert not any("wanted" in reading.slots for reading in readings(text))


@pytest.mark.parametrize("text", ["地址", "电话", "the location", "他们在杭州", "规模200人"])
def test_bare_words_and_statements_ask_nothing_of_the_one_spoken_of(text: str) -> None:
    assert not any("wanted" in reading.slots for reading in readings(text, "晨岚"))


def test_a_person_is_asked_for_with_what_is_wanted_of_them() -> None:
    for text, facts in (
        ("何总微信多少", ("wechat",)),
        ("晨岚的采购电话", ("phone",)),
        ("Lena's birthday", ("birthday",)),
    ):
        [reading] = readings(text)
        assert reading.slots["topic"] == "contact"
        assert reading.slots["wanted"] == facts


def test_several_of_a_post_stay_open_and_nobody_stays_unknown() -> None:
    [several] = readings("星河的厂长是谁")
    assert several.slots["contact"].key == "祝融"
    assert readings("晨岚的老板是谁")[0].slots["contact"].key == "何建明"
    assert readings("晨岚的董事长是谁")[0].slots["contact"].key is None
    [nobody] = readings("白鹭的财务是谁")
    assert (nobody.slots["contact"].key, nobody.slots["contact"].text) == (None, "财务")


def test_a_name_is_searched_for_as_it_stands_and_without_the_fact_behind_it() -> None:
    assert [(one.text, one.wanted) for one in sought("hxkj电话")] == [("hxkj电话", ()), ("hxkj", ("phone",))]
    assert [(one.text, one.wanted) for one in sought("找 hxkj")] == [("hxkj", ())]
    assert sought("好的") == []
