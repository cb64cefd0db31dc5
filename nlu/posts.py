"""Who at a customer does what: 采购, 财务总监, the buyer, as their recorded titles tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlu.facts_asked import any_of, words_of
from nlu.known import KnownContact
from nlu.names import fold
from nlu.person_facts import JOB, LATIN_JOB
from nlu.rule import Mention
from nlu.scene import Scene

NO_POST = r"(?!负责人|工艺|设备|股东)"  # who is responsible may be one of ours; the others are things as well
RANK = rf"{NO_POST}(?:{JOB})"
ALONE_EN = "ceo|cto|cfo|coo|cio|md|gm|boss|buyer|owner|president|general manager|managing director"

_WORDS = [word for synonyms in words_of("post").values() for word in synonyms]
_ZH, _EN = any_of(word for word in _WORDS if not word.isascii()), any_of(word for word in _WORDS if word.isascii())
_PART = rf"(?:{_ZH}|it|hr)(?:部门?|科|处|中心|口)?的?"
_GROUP = rf"(?:head|director|manager|vp) of (?:{_EN})|(?:{_EN}) (?:{LATIN_JOB}|team lead)"
# Any post; and those that stand for somebody with no word of asking.
POST = rf"(?:{_PART}(?:{RANK}|负责人)?|{RANK})"
POST_EN = rf"(?:{_GROUP}|(?:{_EN})(?: (?:guy|person|people|lady|contact))?|(?:{LATIN_JOB}))"
POST_ALONE = rf"(?:{_PART}(?:{RANK}|负责人)|{RANK}|老总|一把手)"
POST_ALONE_EN = rf"(?:{_GROUP}|{ALONE_EN})"
WORDS = (*_WORDS, *JOB.split("|"), *LATIN_JOB.split("|"))  # what a message that names a post holds one of


def of_post(scene: Scene, customer: Mention, said: str, text: str) -> Mention:
    """Whoever has the post there, several as candidates; nobody known where no title tells it. `said` is folded."""
    keys = (customer.key,) if customer.key is not None else customer.candidates
    known = [one for key in keys if key in scene.names.customers for one in scene.names.customers[key].contacts]
    found = [one for one in known if _holds(fold(one.title), (said,))] or list(_alike(known, said))
    return Mention(text, found[0].key) if len(found) == 1 else Mention(text, None, tuple(one.key for one in found))


def _alike(known: list[KnownContact], said: str) -> Iterator[KnownContact]:
    """Whoever has a title of the same meaning: 老板 may be any who leads the firm, 董事长 only that."""
    posts = words_of("post")
    meant = [group for group, words in posts.items() if _holds(said, words)]
    titles = [posts[one] for group in meant for one in (group, *words_of("post_of").get(group, ()))]
    for one in known:
        if any(_holds(fold(one.title), words) for words in titles):
            yield one


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether one of some words stands in a text; 总经理 does not in 副总经理."""
    return any(re.search(rf"(?<![a-z副]){re.escape(word)}(?![a-z])", text) for word in words)
