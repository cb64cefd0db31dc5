"""What a clause says that the customer wants or minds: 他还想看demo, 客户要求私有化部署, she finds it too expensive."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.following import THEY
from nlu.mood import asked, supposed
from nlu.scene import Scene

ALSO = r"(?:还|仲|也|又|更|另外|同时|特别|主要|其实|比较|很|最|都|就|说|说了|表示|提出来?|反馈|那边|们|哋|,){0,3}"
WANTS = re.compile(
    rf"(?P<also>{ALSO})"
    r"(?P<want>想[要看睇了加做上用试让把找对接换买装配搞先请参体学尝](?!想|算)|希望|需要|要求|关心|在意|看重|感兴趣的是|有兴趣"
    r"|要(?=一?[个份台套条批款版次]|[两三四五六七八九几多]|支持|能|有|带|国产|进口|私有|本地|云|demo|poc|对接|现场|上门)"
    r"|问能不能|问有没有|问可不可以)"
)
ENGLISH = re.compile(
    r"(?P<also>(?: also| still| really| now| both| all|,){0,3})"
    r" ?(?P<want>(?:wants?|needs?|(?:would|'d)(?: also| really)? (?:like|love)|wanted|asked for|asks for"
    r"|(?:is|are) asking for|(?:is|are|was|were) interested in|(?:is|are) looking for)\b)"
)
NO_NEED = re.compile(
    r"考虑|等等|等一?下|想想|再说|拖|走人|休息|辞职|跳槽|退休|离职|请假|出差|吃|喝|抽烟|睡|发火|骂|投诉|降价|折|优惠|便宜|时间"
    r"|[让叫请催](?:我们|咱们|我方|我)|\bto (?:think|wait|postpone|cancel)|more time|discount|cheaper|\boff\b"
)
DENIED = re.compile(r"[不没未别莫唔冇]|不是|n't|not|never")
ANYWAY = re.compile(
    r"[\s,]*(?:还|仲|也|另外还)(?=想[要看睇了加做上用试]|希望|要求)"
)  # nobody named, and the speaker is not meant
MINDS = re.compile(
    rf"{ALSO}(?:嫌(?!疑|犯)[^,。;!?]{{1,14}}|(?:担心|顾虑|怕)[^,。;!?]{{2,16}}|(?:觉得|认为|感觉)[^,。;!?]{{0,12}}?"
    r"(?:太|偏|有点|不够|过于|不太|不(?!错|用|要紧|急)|没)[^,。;!?]{1,10})"
)
MINDS_ENGLISH = re.compile(
    r" ?(?:also |still |really )?(?:(?:finds?|found|thinks?|thought|feels?|says|said) (?:it|that|us|the|we)\b"
    r"[^,.;!?]{0,24}?\btoo\b[^,.;!?]{1,24}|(?:is|are|was|were) (?:worried|concerned) about[^,.;!?]{1,40})"
)
OF_NEEDS = (
    "想",
    "希望",
    "要",
    "关心",
    "在意",
    "看重",
    "兴趣",
    "问",
    "want",
    "need",
    "like",
    "love",
    "ask",
    "interest",
    "looking",
)
OF_OBJECTIONS = ("嫌", "担心", "顾虑", "怕", "觉得", "认为", "感觉", "too", "worried", "concerned")
WORDS = OF_NEEDS + OF_OBJECTIONS  # no need and no objection is told without one of these
NEEDS, OBJECTS = (re.compile("|".join(of)) for of in (OF_NEEDS, OF_OBJECTIONS))
ALSO_SAID = re.compile(r"还|仲|也|另外|又|also|still|too\b|as well")
LONGEST = 60  # characters of a need: what is longer tells something else


def need_of(scene: Scene, clause: Clause) -> str:
    """The need in the sender's words, from the word of wanting on; "" where the clause tells none."""
    if not NEEDS.search(clause.text) or asked(scene, clause) or supposed(scene, clause):
        return ""
    start = _wants_at(clause)
    if start < 0:
        return ""
    said = scene.original(clause.start + start, clause.end).rstrip(" ,，。.;；!！~")
    return "" if len(said) > LONGEST or NO_NEED.search(said.lower()) else said


def objection_of(scene: Scene, clause: Clause) -> str:
    """What the customer minds, in the sender's words; "" where the clause tells none."""
    if not OBJECTS.search(clause.text) or asked(scene, clause) or supposed(scene, clause):
        return ""
    for end in _behind_them(clause):
        for pattern in (MINDS, MINDS_ENGLISH):
            if found := pattern.match(clause.text, end):
                return scene.original(clause.start + end, clause.start + found.end()).lstrip("还也又,， ")
    return ""


def says_also(clause: Clause) -> bool:
    """Whether a clause adds a need to what was told before: 他还想…, they also want …."""
    return ALSO_SAID.search(clause.text) is not None


def _wants_at(clause: Clause) -> int:
    """Where in a clause the customer's wanting begins, -1 where it is nobody's or our own."""
    anyway = ANYWAY.match(clause.text)
    for end in [*_behind_them(clause), *([anyway.start()] if anyway else ())]:
        for pattern in (WANTS, ENGLISH):
            found = pattern.match(clause.text, end)
            if found and not DENIED.search(clause.text[end : found.end("want")]):
                return found.start("want")
    return -1


def _behind_them(clause: Clause) -> list[int]:
    """Where in a clause words about the customer's people end: what they want or mind comes next."""
    ends = [find.end - clause.start for find in clause.all("person", "customer")]
    return sorted([*ends, *(found.end() for found in THEY.finditer(clause.text))])
