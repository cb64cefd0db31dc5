"""The short forms that people make of people's names unrecorded: 何总, 建明, Lena, Mr. He."""

from __future__ import annotations

import re
from functools import lru_cache

from crm import pinyin
from nlu.lexicon import word_set, words
from nlu.normalise import normalise
from nlu.segment import is_ordinary, is_word

_LATIN = re.compile(r"[a-z][a-z0-9&.' -]*")


def of_person(name: str, title: str) -> set[str]:
    """Short forms of a person's folded name with the recorded title: 何岚, 销售总监 -> 何总, 何总监, 何女士 …"""
    return person_in_chinese(name, title) | person_in_latin(name)


def person_in_chinese(name: str, title: str) -> set[str]:
    """The forms in Chinese characters: surname with title or courtesy, given name."""
    surname = "" if name.isascii() else surname_of(name)
    if not surname:
        return set()
    forms = {surname + ending for ending in endings_of(title)}
    return forms | {name[-2:]} if len(name) - len(surname) == 2 else forms


@lru_cache(maxsize=2048)
def endings_of(title: str) -> frozenset[str]:
    """What people say behind the surname of somebody with a title."""
    title = normalise(title).plain.lower()
    called = {ending for word, endings in title_endings() if word in title for ending in endings}
    return frozenset(called.union(words("courtesy")))


@lru_cache(maxsize=1)
def nicknamed() -> re.Pattern[str]:
    """老 or 小 with a surname; whether a word begins there (小程序, 老方案) shows behind it."""
    surnames = "".join(s for s in word_set("surname") - word_set("no_surname_alone") if len(s) == 1)
    return re.compile(rf"(?<![大缩从变最更较很太不家])[老小阿](?P<surname>[{surnames}])")


def is_nickname(text: str, start: int) -> bool:
    """Whether 老 or 小 at a place with the surname behind it calls somebody, and begins no word."""
    return not is_ordinary(text[start : start + 2]) and not is_word(text[start + 1 : start + 3])


def may_be_in_latin(name: str, surname: str, text: str) -> bool:
    """Whether a text holds what every form of a name in Latin letters does: one of its words, or the surname."""
    if _LATIN.match(name):
        parts = name.split()
        return parts[0] in text or parts[-1] in text
    family = _sound(surname)
    return family != "" and family in text


@lru_cache(maxsize=1024)
def _sound(surname: str) -> str:
    return pinyin.joined(surname)


def person_in_latin(name: str) -> set[str]:
    """The forms in Latin letters: first name, Mr. Weber; of a Chinese name he jianming, mr. he, he gong."""
    if _LATIN.match(name):
        first, last = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
        return ({first} if len(first) >= 3 else set()) | {f"{salutation} {last}" for salutation in words("salutation")}
    surname = surname_of(name)
    return _person_in_latin(surname, name) if surname else set()


def _person_in_latin(surname: str, name: str) -> set[str]:
    """he jianming, jianming he, mr. he, he gong: as English messages name a Chinese person."""
    family, given = pinyin.joined(surname), pinyin.joined(name[len(surname) :])
    if not family or not given:
        return set()
    said = {f"{salutation} {family}" for salutation in words("salutation")} | {f"{family} gong", f"{family} zong"}
    return said | {f"{family} {given}", f"{given} {family}", f"manager {family}"}


def of_colleague(name: str) -> set[str]:
    """Given name and Latin spellings of a colleague's folded name."""
    if _LATIN.match(name):
        return {name.split(maxsplit=1)[0]} if " " in name else set()
    surname = surname_of(name)
    given = name[len(surname) :]
    latin = pinyin.joined(given)
    spelled = {f"{pinyin.joined(surname)} {latin}", f"{latin} {pinyin.joined(surname)}"} if surname and latin else set()
    return spelled | ({given, latin} if len(given) == 2 and len(latin) >= 4 else set())


def title_in(name: str) -> str:
    """The title that a person is called by, where the words make it clear: 张工 -> 工程师, 鲁主任 -> 主任."""
    folded = normalise(name).plain.strip()
    said = folded[len(surname_of(folded)) :]
    clear = dict(entry.split(":") for entry in words("clear_title"))
    return clear.get(said, said if said in clear.values() else "") if said != folded else ""


def surname_of(name: str) -> str:
    """The surname that a Chinese name begins with, "" where it begins with none."""
    known = word_set("surname")
    if name[:2] in known:
        return name[:2]
    return name[:1] if name[:1] in known else ""


@lru_cache(maxsize=1)
def title_endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(word in a recorded title, what is said behind the surname) as the lexicon lists them, word by word."""
    return tuple((line.split(":")[0], tuple(line.split(":")[1].split("/"))) for line in words("title_said"))


def spelled_like(name: str, said: str) -> bool:
    """Whether words that name nobody known may still mean a colleague: 老李, Li and Lee may mean 李阳."""
    said = said.strip().lower()
    surname = surname_of(name)
    if not surname:
        return _LATIN.match(said) is not None and any(part.startswith(said) for part in name.lower().split())
    if _LATIN.match(said):
        return said.split()[-1] in {pinyin.joined(surname), *_spellings().get(surname, ())}
    return surname in (said[:1], said[:2], said[1:2]) if said[:1] in "老小阿大" else said.startswith(surname)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, ...]]:
    """Surnames as they are spelled in Hong Kong and abroad."""
    return {han: tuple(others.split("/")) for han, others in (entry.split(":") for entry in words("surname_spelled"))}
