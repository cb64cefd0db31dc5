"""The customer that was understood is not the one meant. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(
    r"(?:哦|啊|呃|错了|不对|搞错了?|弄错了?|[, ]){0,3}(?:不是|唔系)(?:说)?[这那呢](?:一?家|个)(?:客户|公司)?[。! ]*"
    r"|(?:客户|公司)(?:搞|弄|认)?错了[。! ]*"
    r"|(?:no,? |oops,? )?(?:it's |that's )?"
    r"(?:not (?:this|that)(?: one| customer| company)|(?:the )?wrong (?:customer|company|one))[.! ]*"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message says so."""
    if SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("不是", "唔系", "错了", "not th", "wrong")
RULES = (Rule("reject_customer", "said", (), read, whole=True, words=WORDS),)
EXAMPLES = ("不是这家", "不是這家客戶", "不对,不是这家", "客户错了", "not this one", "wrong customer")
COUNTER_EXAMPLES = ("不是晨岚", "这家不是我们的客户", "不是", "客户错了,是白鹭")
