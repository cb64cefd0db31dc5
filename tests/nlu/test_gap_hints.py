"""What the list of gaps tells people to say is understood, in both languages."""

from __future__ import annotations

from datetime import UTC

import pytest

from crm.reports.gaps import OF_CUSTOMER, OF_DEAL
from nlu.examples import NOW, SENDER, example_names
from nlu.understand import understand
from talk.catalogue import say
from talk.forms import Reader

FILLS = {
    "contact": ("update_contact", "name"),
    "phone": ("update_contact", "phone"),
    "decision_maker": ("update_contact", "role"),
    "industry": ("update_customer", "industry"),
    "size": ("update_customer", "size"),
    "amount": ("update_deal", "amount"),
    "close_on": ("update_deal", "close_on"),
    "next_step": ("create_task", "due"),
}
CUSTOMERS = {"zh": ("晨岚", "何建明", "排产软件二期"), "en": ("Northwind", "Lena Fischer", "Sensor Rollout")}


@pytest.mark.parametrize("key", [key for key, *_ in (*OF_CUSTOMER, *OF_DEAL)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_that_is_proposed_fills_the_gap_in(key: str, language: str) -> None:
    name, person, deal = CUSTOMERS[language]
    reader = Reader(language, UTC, NOW.date())
    facts = {"what": "?", "name": name, "person": person, "deal": deal}
    said = say(f"fill_{key}", reader, facts).partition("?")[2].lstrip(": \uff1a")
    intent, slot = FILLS[key]
    readings = understand(said, now=NOW, names=example_names(), sender=SENDER).readings
    slots = [reading.slots for reading in readings if reading.intent == intent]
    assert [one["customer"].key for one in slots if slot in one] == [name], said
