"""The files that were sent belong to a customer: 照片放到晨岚, 刚才的附件是白鹭的, put the photos with Northwind.

Slots: customer Mention. (Files that come with a message are read from the message itself, not from its words.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.files import FILE, GROUPS, NAME, outline
from nlu.rule import Rule
from nlu.scene import Scene

PUTTING = re.compile(
    rf"[放归存挂附加移挪记](?:在|到|给|进|入|去)?{NAME}|(?:是|属于|算){NAME}(?:那边|公司|家)?的"
    rf"|\b(?:put|file|keep|attach|move|add|belongs?|save)\b[^{NAME}]{{0,40}}\b(?:with|under|to|at|in|into) {NAME}"
    rf"|\b(?:is|are) (?:from|for|of) {NAME}"
)
AROUND = re.compile(
    r"[,。.!~、\"“”「」']|把|将|请|麻烦|帮我|帮忙|刚才?|刚刚|上面|前面|那|这|几|一|两|三|四|五|张|个|份|些|段|都|全|全部|发|传|的|我|你"
    r"|放|归|存|挂|附|加|移|挪|记|在|到|给|进|入|去|是|属于|算|名下|那边|里|下面|底下|上次|拜访|那次|不是|应该|吧|一下|公司|家|哈|啊"
    r"|\b(?:please|put|file|keep|attach|move|add|belongs?|save|with|under|to|at|in|into|the|that|this|those|these|it|is|are|from"
    r"|for|of|last|visit|i|just|sent|all|them|my|s|should|go)\b"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message says where the files belong."""
    said = outline(clause)
    if len(scene.clauses) > 1 or not clause.customer or not clause.all("customer") or clause.all("user"):
        return
    if FILE in said and PUTTING.search(said) and not AROUND.sub("", said).strip(NAME + FILE + " "):
        yield {"customer": clause.customer}


RULES = (Rule("keep_files", "put elsewhere", GROUPS, read),)
EXAMPLES = (
    "照片放到晨岚",
    "把刚才的附件归到白鹭名下",
    "这几张照片是晨岚的",
    "刚发的文件都算白鹭的",
    "put the photos with Northwind",
    "those files belong to Northwind",
)
COUNTER_EXAMPLES = (
    "把白鹭的照片发我",
    "今天把照片给了晨岚何总",
    "明天把文件交到晨岚",
    "照片是晨岚何总拍的",
    "send the file to Northwind tomorrow",
)
