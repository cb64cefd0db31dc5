"""What a task is called: the clause's own words, without its times, fillers, address and asking words.

Where a clause holds only a pronoun or a bare verb (发她, draft one), what is meant stands in the clause before it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.clauses import Clause
from nlu.lexicon import word_set, words
from nlu.rule import Find
from nlu.scene import Scene

LEADS = re.compile(
    r"^(?:[\s,，、。;；:：!！~～嗯呃啊哦唉哎@」』”—–-]"
    r"|[再还還]?[加记記补補添]上?[一多]?(?:[条條项項件]|[个個](?:任务|任務|待办|待辦))"
    r"|[还還]有一?[条條项項件]"
    r"|(?:and |add )?(?:one|another) more(?: thing| task)?\b|(?:add )?another (?:one|task)\b"
    r"|然后|然後|另外|还有|還有|对了|對了|顺便|順便|那个|那個|就是|并且|而且|但是|不过|记一下|記一下"
    r"|你帮我|帮我|幫我|你提醒我|提醒我|记得|記得|别忘了?|麻烦|麻煩|拜托|请|請|让我们?|讓我們?|让咱们?|叫我|喊我"
    r"|要求我方|要我们?|我要|我得|我再|我寻思|我们?|我們|你们?|您|咱们?|务必|務必|需要|需(?!求)|得(?!闲)|最晚|最迟|本人将于|本人将?"
    r"|本人|我方将?于?|将于|于(?=[一-鿿])|之前|以前|前(?!台|厅|端|任|期|沿|线|辈|身|总|田|川|原|野|岛|[一-鿿]{0,3}(?:经理|厂长|主任|院长|校长|店长|老板|同事|先生|小姐))|内(?!部|网|存|容|勤|贸|销|蒙|页|训|审)|的时候|说|待办[:：]?|建个?任务|记个日程|给我(?!们)"
    r"|(?:please|and|also|so|just|next|then)\b|remind me to\b|(?:i |we )?(?:said|promised|agreed"
    r"|told \w{2,12}) (?:i'd|we'd|i would|we would|to)\b|don't forget to\b|i'll\b|i will\b|we'll\b"
    r"|(?:we |i |you )?need to\b|(?:i |we |you )?(?:must|have to|has to|gotta)(?: to)?\b|i'm going to\b|to\b)+",
    re.IGNORECASE,
)
TAILS = re.compile(
    r"(?:[\s,，。;；:：!！?？~～.—–-]|吧|啊|呢|哈|呀|哦|呗|了|嘛|啦|一下|(?<![a-z])(?:please|by|before|within|on"
    r"|at|until|for|or|and)"
    r"|(?:定|排|安排|约)[在到]|之前|以前|前|内)+$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"[\s,，]*(?:改约|改到|改在|推到|约在|定在|reschedul)", re.IGNORECASE)  # of what was told before
ASKS = re.compile(r"^(?:安排|派|通知|提醒|叮嘱|(?:ask|tell|have|get|assign)$)")  # all that stands before whom one asks
ASKS_TO = re.compile(r" (?:to |(?:with )?(?:a|the) (?:new )?task(?: to\b)?:? ?)")  # and behind them
POINTS = re.compile(r"\b(?:it|them|one|those|these)[\s.,;!]*$", re.IGNORECASE)
NAMED = ("when", "user", "person", "customer", "money")
LATIN = re.compile(r"[a-z0-9][a-z0-9'-]+")
HAN = re.compile(r"[一-鿿]")
FAR = 4  # clauses back that may hold what a bare verb is about
LONGEST = 60  # characters of a title that takes up the clause before it


def title_of(scene: Scene, clause: Clause, called: Find | None = None) -> str:
    """The title of the task that a clause asks for, in the sender's words, without the colleague `called` on."""
    own = words_of(scene, clause, called)
    if not own or (says_thing(scene, clause) and not GOES_ON.match(clause.text)):
        return own
    if before := thing_before(scene, clause) or _name_before(scene, clause):
        topic = words_of(scene, before, next(iter(before.all("user")), None))
        return f"{topic[-LONGEST:]}，{own}" if topic else own
    return own


def thing_before(scene: Scene, clause: Clause) -> Clause | None:
    """The nearest clause before one, in its line, that names a thing."""
    for other in reversed(scene.clauses[max(0, clause.place - FAR) : clause.place]):
        if other.block != clause.block:
            return None
        if says_thing(scene, other):
            return other
    return None


def _name_before(scene: Scene, clause: Clause) -> Clause | None:
    """The nearest clause before one in its sentence that names somebody, where it names nobody itself: 约了佟经理, 改到
    周四.
    """
    if clause.all("customer", "person", "deal"):
        return None
    earlier = (other for other in reversed(scene.sentence(clause)) if other.start < clause.start)
    return next((other for other in earlier if other.all("customer", "person", "deal")), None)


def says_thing(scene: Scene, clause: Clause) -> bool:
    """Whether a clause names a thing to be done, beside names, times, pronouns and verbs that tell of no thing."""
    rest = rest_of(scene, clause, NAMED)
    if POINTS.search(rest):
        return False
    empty = word_set("no_thing")
    if any(word not in empty and not word.isdigit() for word in LATIN.findall(rest)):
        return True
    return sum(1 for char in HAN.findall(_empty_words().sub("", rest)) if char not in empty) > 1


@lru_cache(maxsize=1)
def _empty_words() -> re.Pattern[str]:
    return re.compile("|".join(word for word in words("no_thing") if len(word) > 1 and HAN.match(word)))


def rest_of(scene: Scene, clause: Clause, kinds: tuple[str, ...]) -> str:
    """A clause's folded text without what was found of some kinds."""
    pieces, last = [], clause.start
    for find in clause.all(*kinds):
        pieces.append(scene.folded[last : find.start])
        last = max(last, find.end)
    return " ".join([*pieces, scene.folded[last : clause.end]])


def words_of(scene: Scene, clause: Clause, called: Find | None = None) -> str:
    """A clause in the sender's words, without its times, asking words and endings, and without whom it calls on."""
    spans = [(f.start, f.end) for f in clause.all("when")]
    if called and clause.start <= called.start < clause.end and not _before(scene, clause, called):
        asks = ASKS_TO.match(scene.folded, called.end, clause.end)
        spans.append((clause.start, asks.end() if asks else called.end))
    pieces, last = [], clause.start
    for start, end in sorted(spans):
        if start > last:
            pieces.append(scene.original(last, start))
        last = max(last, end)
    pieces.append(scene.original(last, clause.end) if last < clause.end else "")
    whole = " ".join(LEADS.sub("", piece) if i else piece for i, piece in enumerate(pieces) if piece)
    whole = re.sub(r"(?<=[一-鿿]) (?=[一-鿿])", "", whole)
    return TAILS.sub("", LEADS.sub("", whole)).strip()


def _before(scene: Scene, clause: Clause, find: Find) -> str:
    """What a clause says before a find beside asking words."""
    before = LEADS.sub("", scene.folded[clause.start : find.start]).strip(" @让请叫由「『“")
    return ASKS.sub("", before)
