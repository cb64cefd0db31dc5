"""The sender wants files that were sent before: 把白鹭的照片发我, 上次拜访晨岚的附件, photos from Northwind.

Slots: customer, user Mention, last True (of the last visit), pictures True, since date, until date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.files import FILE, GROUPS, NAME, outline
from nlu.rule import Mention, Rule, When
from nlu.scene import Scene

ASKING = re.compile(
    r"[发传推]给?(?:一下|一份|几张)?(?:给)?我|给我[看发传找调拿]?|[看查找调翻](?:一?下|一[看查找翻]|看|查|找|翻|出来)|有(?:没有|哪些|什么|吗)"
    r"|[?]|打开|在哪|呢$|^(?:请|麻烦|帮我|你)?[发传]一?[下份张]|(?:^|我)[想要]{1,2}看|我要(?![给发把去看拍传])"
    r"|\b(?:(?:send|get|give|forward) (?:me|us)|show|pull up|view|open|see|any|where|do we have|are there)\b"
    r"|\bi (?:need|want)\b"
)
LAST = re.compile(r"上[次回]|最近|最后|最新|\b(?:last|latest|most recent)\b")
# What may stand around the words for files and the names. Of a mere name for files, "白鹭的照片", less may.
AROUND = re.compile(
    r"[,。.!?~、\"“”「」']|的|上[次回]|最近|最后|最新|一次|那边|那[次天些张个]?|这[次家些]|次|回|去|拜访|见面|会议|现场|客户|公司"
    r"|时候?|所有|全部|都|和|跟|在|\b(?:the|all|of|from|for|at|with|last|latest|most|recent|visits?|meetings?|calls?|site"
    r"|on-site|our|and|to|taken|customer|s|in|on)\b"
)
ASKED_AROUND = re.compile(
    r"请|麻烦|帮|我|给|把|将|你|想|要|之前|以前|刚才|拍|发|传|上传|存|过|几张|一[份张个]|一?下|[看查找调翻打拿]|开|出来?|来|看|有|没"
    r"|哪[些里]|在|什么|吗|呢|吧|呀|啊|再|一"
    r"|\b(?:please|can|could|you|i|we|he|she|they|send|show|me|get|give|forward|pull|up|let|see|view|open|any|where|do|does"
    r"|are|is|there|have|has|need|want|sent|took|uploaded|shared|again|what|which|by|my|a|us|back|got|some|pls)\b"
)

TOLD_TO = re.compile(r"[ ,]?(?:把|将|请|你|帮|记得|麻烦|去|来|再|can you|could you|please)")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What is wanted, where the clause says nothing else."""
    said = outline(clause)
    if FILE not in said or len(scene.clauses) > 2 or _is_told_to_somebody(scene, clause):
        return
    rest, asks = AROUND.sub("", said), ASKING.search(clause.text) is not None
    rest = ASKED_AROUND.sub("", rest) if asks else rest
    if rest.strip(NAME + FILE + " ") or (not asks and (not clause.all("customer") or len(scene.clauses) > 1)):
        return
    slots: dict[str, Any] = {"customer": clause.customer} if clause.customer else {}
    if users := clause.all("user"):
        slots["user"] = Mention(scene.original(users[0].start, users[0].end), users[0].value[0])
    if LAST.search(said):
        slots["last"] = True
    if not clause.has("file"):
        slots["pictures"] = True
    yield slots | _period(clause)


def _is_told_to_somebody(scene: Scene, clause: Clause) -> bool:
    """Whether a colleague or a customer is to have them from somebody, or they are wanted by a day: it is a task."""
    users = [user for other in scene.clauses for user in other.all("user")]
    if (
        "@" in scene.folded
        or f"给{NAME}" in outline(clause)
        or any(TOLD_TO.match(scene.folded, user.end) for user in users)
    ):
        return True
    times = [find.value for find in clause.all("when")]
    return any(when.on is None or when.on > scene.now.date() for when in times)


def _period(clause: Clause) -> dict[str, Any]:
    """The days asked about: a time that has passed, or is passing."""
    times = [find for find in clause.all("when") if find.rule != "just"]
    if not times:
        return {}
    when: When = times[0].value
    told = {"since": when.on, "until": when.last_day}
    return {slot: day for slot, day in told.items() if day}


RULES = (Rule("show_files", "called up", GROUPS, read),)
EXAMPLES = (
    "把白鹭的照片发我",
    "上次拜访晨岚的附件",
    "看看晨岚的现场照片",
    "白鹭有哪些附件?",
    "一诺上周在白鹭拍的照片发我看看",
    "send me the photos from Northwind",
    "Northwind attachments",
    "show me the files from the last visit to Northwind",
)
COUNTER_EXAMPLES = (
    "今天去了晨岚,拍了照片",
    "把照片发给晨岚何总",
    "明天给白鹭发照片",
    "晨岚让我发现场照片给他们",
    "周五前把晨岚的投标文件给我",
    "照片拍得不错",
    "send the photos to Northwind",
    "照片放到晨岚",
    "我要给晨岚发照片",
    "晨岚要看现场照片",
)
