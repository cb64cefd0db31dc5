"""Every rule wins its own examples against all rules, and loses its counter-examples."""

from __future__ import annotations

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.rules import modules
from nlu.understand import understand

NAMES = example_names()
CASES = [(module.RULES[0].intent, text) for module in modules() for text in module.EXAMPLES]
COUNTER_CASES = [(module.RULES[0].intent, text) for module in modules() for text in module.COUNTER_EXAMPLES]


def intents(text: str) -> set[str]:
    return {reading.intent for reading in understand(text, now=NOW, names=NAMES, sender=SENDER).readings}


@pytest.mark.parametrize(("intent", "text"), CASES)
def test_an_example_is_read_as_its_intent(intent: str, text: str) -> None:
    assert intent in intents(text)


@pytest.mark.parametrize(("intent", "text"), COUNTER_CASES)
def test_a_counter_example_is_not_read_as_the_intent(intent: str, text: str) -> None:
    assert intent not in intents(text)


def test_each_rule_file_tells_of_one_intent_and_has_both_kinds_of_examples() -> None:
    for module in modules():
        assert len({rule.intent for rule in module.RULES}) == 1
        assert module.EXAMPLES
        assert module.COUNTER_EXAMPLES
