"""What a task is called: the clause's own words, without its time and without the words that only ask."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.scene import Scene

LEADS = re.compile(
    r"^(?:[\s,，、。;；:：!！~～嗯呃啊哦唉哎@]"
    r"|[再还還]?[加记記补補添]上?[一多]?(?:[条條项項件]|[个個](?:任务|任務|待办|待辦))"
    r"|[还還]有一?[条條项項件]"
    r"|(?:and |add )?(?:one|another) more(?: thing| task)?\b|(?:add )?another (?:one|task)\b"
    r"|然后|另外|还有|对了|顺便|那个|就是|并且|而且|但是|不过"
    r"|你帮我|帮我|你提醒我|提醒我|记得|别忘了?|麻烦|拜托|请|让我们?|让咱们?|叫我"
    r"|要求我方|要我们?|我要|我得|我再|我们?|你们?|您|咱们?|务必|需要|需(?!求)|得|最晚|本人将于|本人将?|本人|我方将?于?|将于|于(?=[一-鿿])|之前|以前|前|内|的时候|说"
    r"|待办[:：]?|建个?任务|记个日程|给我|please "
    r"|remind me to |i'll |we'll |we need to |need to |i must |must )+",
    re.IGNORECASE,
)
TAILS = re.compile(
    r"(?:[\s,，。;；!！~～.]|吧|啊|呢|哈|呀|哦|呗|了|嘛|啦|一下|please|by|before|within|on|at|until"
    r"|之前|以前|前|内)+$",
    re.IGNORECASE,
)
TOLD = re.compile(r"[了过完][ ,。;]*$")  # what the clause before tells of is over, and no part of what is to be done
THIN = 5  # a title shorter than this says too little without the clause before it


def title_of(scene: Scene, clause: Clause) -> str:
    """The title of the task that a clause asks for, in the sender's words."""
    own = words_of(scene, clause)
    before = scene.before(clause)
    if (
        before
        and before.sentence == clause.sentence
        and not (len(own) > 1 and TOLD.search(before.text))
        and (len(own) < THIN or re.match(r"[\s,]*(?:让|叫|要|改约|改到|推到|请)", clause.text))
    ):
        topic = words_of(scene, before)
        return f"{topic}，{own}" if own and topic else own or topic
    return own


def words_of(scene: Scene, clause: Clause) -> str:
    """A clause in the sender's words, without its times, asking words and endings."""
    spans = sorted((f.start, f.end) for f in clause.finds if f.kind == "when")
    pieces, last = [], clause.start
    for start, end in spans:
        pieces.append(scene.original(last, start))
        last = max(last, end)
    pieces.append(scene.original(last, clause.end))
    whole = " ".join(LEADS.sub("", piece) if i else piece for i, piece in enumerate(pieces) if piece)
    whole = re.sub(r"(?<=[一-鿿]) (?=[一-鿿])", "", whole)
    return TAILS.sub("", LEADS.sub("", whole)).strip()
