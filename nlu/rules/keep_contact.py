"""Somebody told of in a visit is to be kept as a contact. Slots: customer, name Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.settle import people_of

SAID = re.compile(
    r"(?:帮我|请|麻烦)?[把将]?(?P<zh>[^,。;:!?\s]{2,12}?)(?:也|给我)?(?:保存|添加|存|加|记|建|录)(?:为|成|到|进|入|个)?(?:新的?)?联系人"
    r"(?:里|中)?(?:吧|了?哦)?[。!]?"
    r"|(?:please )?(?:save|add|keep|record) (?P<en>[a-z][a-z .'-]{1,30}?) as a (?:new )?contact[.!]?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Whom the whole message wants kept."""
    said = SAID.fullmatch(scene.folded.strip())
    if said is None:
        return
    known = people_of(scene, clause)
    group = "zh" if said["zh"] else "en"
    start = scene.folded.index(said[group])
    name = known[0] if known else Mention(scene.original(start, start + len(said[group])))
    yield ({"customer": clause.customer} if clause.customer else {}) | {"name": name}


WORDS = ("联系人", "contact")
RULES = (Rule("keep_contact", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把张工存为联系人",
    "張工存成聯繫人",
    "帮我把鲁主任加到联系人里",
    "把温婉也添加为新联系人吧",
    "Save Mr. Weber as a contact",
    "add Tom Reed as a contact",
)
COUNTER_EXAMPLES = ("联系人", "晨岚的联系人有哪些", "今天见了张工", "他们换了联系人", "add a contact")
