"""What a clause may ask to see, topic by topic, by the words that a topic may go by.

The ranker says whether the clause asks at all, and for which topic. Slots as in answer_query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.question import ASKS, TOPICS, questions
from nlu.rule import Rule
from nlu.scene import Scene

NAMED_BY = {  # what is named may be asked about by itself: 白鹭怎么样了, 216寄没寄
    "deals": ("customer", "deal"),
    "tasks": ("task",),
    "competitors": ("competitor",),
}


def _reader(topic: str) -> Callable[[Scene, Clause], Iterator[dict[str, Any]]]:
    def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
        yield from questions(scene, clause, topic)

    return read


def _rules() -> Iterator[Rule]:
    for topic in TOPICS:
        read, said = _reader(topic), f"ask_{topic}"
        yield Rule("answer_query", topic, (said, f"about_{topic}"), read, perhaps=True, beside=(*ASKS, said))
        if topic in NAMED_BY:
            yield Rule("answer_query", topic, ASKS, read, NAMED_BY[topic], perhaps=True)
    yield Rule("answer_query", "deals", (*ASKS, "wants_more"), _reader("deals"), ("stage",), perhaps=True)


RULES = tuple(_rules())
EXAMPLES = ("白鹭还欠我们多少钱?",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
