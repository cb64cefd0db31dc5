"""People whom nobody knows, introduced by their full name: 财务总监褚红, 接手的叫鲍春雷; or by 小 and a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlu.lexicon import word_set, words
from nlu.segment import is_act, is_ordinary, is_word
from nlu.short_forms import is_nickname, nicknamed, surname_of

ENDS = r"(?=[,。;、:()\s\d!?]|$|以后|也|说|在|都|来|拍板|负责|接手|接任|电话|手机|微信|的)"
CALLED = r"(?<=[的长总监管任理娘人师员办者板位])叫|(?<=[,。;、\s])叫|名叫|姓名[:是]"
INTRODUCED_BY = re.compile(r"(?:们|的|个|那位|助理|秘书|主任|经理|窗口|对接人|联系人|采购|财务|技术|见了?|[跟和与是])$")
CUES = re.compile(r"叫|姓名|[长总监管任理娘人师员办者板书购助子女爸妈口]")
NOT_IN_NAMES = re.compile(r"[的了吗吧着被把给您你我他她它这那哪谁们会要来去说在是有和跟就都也不没让]")


def find(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, surname) of each."""
    if CUES.search(folded):
        for match in _introduced().finditer(folded):
            name = match["name"]
            is_said = NOT_IN_NAMES.search(name) or is_act(name)
            if not is_said and not is_ordinary(name) and not is_word(name) and not is_word(name[:2]):
                yield match.start("name"), match.end("name"), surname_of(name)
    for match in nicknamed().finditer(folded):
        before = folded[max(0, match.start() - 4) : match.start()]
        if INTRODUCED_BY.search(before) and is_nickname(folded, match.start()):
            yield match.start(), match.end(), match["surname"]


@lru_cache(maxsize=1)
def _introduced() -> re.Pattern[str]:
    surnames = word_set("surname")
    short, double = "".join(s for s in surnames if len(s) == 1), "|".join(s for s in surnames if len(s) > 1)
    titles = {title for title in words("person_title") if len(title) > 1} - {"先生", "女士", "小姐", "老师"}
    roles = "|".join(sorted(titles.union(words("introduces")), key=len, reverse=True))
    return re.compile(
        rf"(?:{CALLED}|(?:{roles})(?:换成了?|是|叫|:)?) ?(?P<name>(?:{double}|[{short}])[一-鿿]{{1,2}}){ENDS}"
    )
