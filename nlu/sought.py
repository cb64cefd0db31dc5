"""What a short message may search for that says nothing else: hxkj, 4321, 华新, 找 hxkj. Records tell whether it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlu import triggers
from nlu.company_forms import core_of
from nlu.facts_asked import asked_at_end
from nlu.finders.company import KIND, LATIN_KIND
from nlu.lexicon import groups, word_set, words
from nlu.names import same_length_lower
from nlu.normalise import normalise
from nlu.rule import Find
from nlu.segment import is_ordinary, is_word
from nlu.short_forms import surname_of
from nlu.whole import is_full_name

LONGEST = 40  # characters that are searched for
LONGEST_TITLE = 6  # 采购部副经理
_LOOKING = r"(?:看一?下|看看|show me\b)"  # asks to see what is there, whatever it is
_SEARCHING = (
    r"(?:搜索|搜一?下|搜|查询|查找|查一?下|查一?查|查|找一?下|找一?找|找"
    r"|(?:please )?(?:search for|search|find|look up|look for)\b)"
)
_ASKING = rf"(?:请|麻烦|帮我|给我|我想)*(?:(?P<searching>{_SEARCHING})|{_LOOKING})?"
_SAID = re.compile(rf"{_ASKING}[ ::]*(?P<what>.+?)(?:这家)?(?:的?(?:资料|情况|信息|客户卡))?[ ?。.!~]*", re.I)
_IS_NAME = re.compile(r"[^\n,,。;;!!??、]+")
_NUMBER = re.compile(r"[+(]?\d(?:[ ()-]?\d){3,19}")
_LATIN = re.compile(r"[a-z][a-z0-9&'.-]*", re.I)
_SPOKEN = re.compile(  # characters of speech: whatever holds one is no name by itself
    r"[的了吗呢吧啊呀哦嘛啦哈嗯额嘿呵咯喔诶哎唉嘻哇噢唔咩嘅咗我你您他她它这那哪谁咱们在有是不没别太很挺真还也都就再又才只能要会想去来见聊约跟给把被让等先刚已今昨啥谢咋累么怎几多少点吃喝走跑说讲问"
    r"看听做搞弄发收改加减]"
)
_PERSON = re.compile(r"[一-鿿]{1,2}(?:总|工|董|经理|主任|科长|处长|部长|院长|校长|厂长|所长|局长|老师|先生|女士|小姐)")
_TOLD = frozenset({"when", "money", "percent", "stage", "competitor", "deal", "task", "email"})


@dataclass(frozen=True)
class Sought:
    """What is searched for, as it was written but for the words of asking, and which facts of it are wanted.
    `is_asked`: a word says that it is searched for; `is_number`: the end of a telephone number, or a tax id.
    """

    text: str
    wanted: tuple[str, ...] = ()
    is_asked: bool = False
    is_number: bool = False


def sought(text: str) -> list[Sought]:
    """What a message may search for: all that is said, then that without the facts' names (hxkj电话); nothing where it
    is no name or number.
    """
    if len(text) > 2 * LONGEST or "\n" in text.strip():
        return []
    said = _SAID.fullmatch(normalise(text).plain.strip())
    if said is None:
        return []
    what, is_asked = said["what"].strip(), said["searching"] is not None
    of, wanted = asked_at_end(same_length_lower(what))
    either = ((what, ()), (what[: len(of)], wanted))
    return [Sought(name, facts, is_asked, is_number(name)) for name, facts in either if _is_name(name)]


def is_number(text: str) -> bool:
    """Whether what is searched for is the end of a telephone number, or a tax id in figures."""
    return _NUMBER.fullmatch(text) is not None


def _is_name(what: str) -> bool:
    is_name = 2 <= len(what) <= LONGEST and _IS_NAME.fullmatch(what) and len(what.split()) <= 5
    return bool(is_name) and what.lower() not in word_set("chatter")


def must_be_answered(said: Sought, finds: Iterable[Find]) -> bool:
    """Whether whoever writes so waits to hear what is found, be it nothing: a search in words, a number, or what looks
    like the name of a firm or a person. What else a short message says is left alone: 今天好累, sounds good, 没谈成.
    """
    if said.is_number:
        return True
    if any(find.kind in _TOLD for find in finds):
        return False
    if said.is_asked:
        return not _is_speech(said.text)
    return _is_like_latin(said.text) if said.text.isascii() else _is_like_chinese(said.text)


def _is_speech(text: str) -> bool:
    said = {word.lower() for word in text.split()} if text.isascii() else set()
    return bool(said & word_set("no_names")) or re.search(r"[了吗呢吧我你他她它这那哪谁]", text) is not None


def _is_like_latin(text: str) -> bool:
    """One to three words, the first of them one that nobody says: acme, Blenheim Tools, qqzz."""
    said, known = text.split(), _english()
    if len(said) > 3 or not all(_LATIN.fullmatch(word) for word in said):
        return False
    lower = [word.lower().strip(".") for word in said]
    is_firm = len(said) > 1 and re.fullmatch(LATIN_KIND, lower[-1]) is not None
    others = lower[:-1] if is_firm else lower
    return all(word not in known and len(word) > 1 for word in others)


def _is_like_chinese(text: str) -> bool:
    """A trade behind a stem, a surname with a title or a given name, or two to four characters that are no words."""
    stem = core_of(text)
    if not re.fullmatch(r"[一-鿿()]{2,20}", text) or _SPOKEN.search(stem):
        return False
    if _PERSON.fullmatch(text) and surname_of(text):
        return True
    if len(text) <= LONGEST_TITLE and text.endswith(words("job")):
        return True
    if len(stem) >= 4 and re.fullmatch(rf".{{2,}}?{KIND}(?:公司)?", text):
        return not is_ordinary(stem[:2])
    return len(text) <= 4 and (is_full_name(text) or not _is_made_of_words(text))


def _is_made_of_words(text: str) -> bool:
    """Whether it holds a word that people say, other than as the name of a person, a place or a firm."""
    parts = [text[start:end] for start in range(len(text)) for end in range(start + 2, len(text) + 1)]
    is_told = any(word.end - word.start > 1 for word in triggers.find(text))
    is_cut = len(text) == 3 and (is_word(text[:2]) or is_word(text[1:]))  # 热度高
    return is_told or is_cut or is_word(text) or text[0] in "好蛮" or any(map(_is_everyday, parts))


def _is_everyday(part: str) -> bool:
    return is_ordinary(part) or part in word_set("only_lists")


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Every English word that the lexicon knows, and what people say in answer to something."""
    said = (entry for entries in groups("say").values() for entry in entries if entry[:1].isascii())
    spoken = (*word_set("chatter"), *word_set("no_names"))
    return frozenset(word for entry in (*said, *spoken) for word in re.findall(r"[a-z']+", entry))
