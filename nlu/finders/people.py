"""People named in a text: known contacts by any of their names, others by surname and title (张工, Ms. Weber)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlu.finders import strangers
from nlu.lexicon import word_set, words
from nlu.names import GENERATED, Place
from nlu.rule import Find, Key
from nlu.segment import is_ordinary
from nlu.short_forms import surname_of

NEAR = re.compile(r"(?:[跟和同与找给见让叫请,@ :;。!?\n]|拜访|联系|通知|的)$")
SPOKEN_OF = re.compile(r"(?:说|也|都|在|请|刚|那边|,|。| |$|你|把|、|和|聊|发|的|今|明|问|:)")
NOT_A_PERSON = re.compile(r"(?:[老新大]|第一|本|公)$")
APPOINTED = re.compile(r"[升担接出改调转现委聘历兼留]$")  # before 任: a post is told, and nobody of that surname


@dataclass(frozen=True)
class Person:
    """Who may be meant: (customer, contact, strength) each; or nobody known, then `surname` and `title` as said."""

    contacts: tuple[tuple[Key, Key, int], ...] = ()
    surname: str = ""
    title: str = ""


def find(folded: str, places: list[Place]) -> list[Find]:
    """Finds of kind "person", the value a Person."""
    finds = [found for place in places if (found := _known(folded, place))]
    taken = {place for find in finds for place in range(find.start, find.end)}
    for match in _titled().finditer(folded):
        before = folded[max(0, match.start() - 2) : match.start()]
        is_post = match["surname"] == "任" and APPOINTED.search(before)
        if match.start() not in taken and not is_post and not NOT_A_PERSON.search(before):
            person = Person(surname=match["surname"], title=match["title"])
            finds.append(Find("person", match.start(), match.end(), match[0], person, "surname and title"))
            taken.update(range(match.start(), match.end()))
    for start, end, surname in strangers.find(folded):
        if taken.isdisjoint(range(start, end)):
            finds.append(Find("person", start, end, folded[start:end], Person(surname=surname), "introduced"))
    return finds


def _known(folded: str, place: Place) -> Find | None:
    contacts = tuple(
        (n.customer, n.key, n.strength) for n in place.named if n.kind == "contact" and n.customer is not None
    )
    if not contacts:
        return None
    name = folded[place.start : place.end]
    if not is_meant(folded, place):
        return None
    strongest = max(n.strength for n in place.named if n.kind == "contact")
    if strongest == GENERATED and len(name) == 2 and _ends_another_name(folded, place):
        return None
    rule = {3: "full name", 2: "short name"}.get(strongest, "short form")
    return Find("person", place.start, place.end, name, Person(contacts, surname_of(name)), rule)


def _ends_another_name(folded: str, place: Place) -> bool:
    """Whether a given name is that of somebody else: 许志远 is no 志远."""
    before = folded[max(0, place.start - 1) : place.start]
    return before in word_set("surname") and surname_of(folded[place.start : place.end]) == ""


def is_meant(folded: str, place: Place) -> bool:
    """Whether a person's name that may also be a word of every day is said as a name."""
    name = folded[place.start : place.end]
    if len(name) > 2 or name.isascii():
        return True
    if name[-1] in _title_ends() and name[0] in word_set("surname"):
        return True
    if not is_ordinary(name):
        return True
    before, after = folded[max(0, place.start - 2) : place.start], folded[place.end : place.end + 2]
    return bool(NEAR.search(before) or not before) and bool(SPOKEN_OF.match(after) or not after)


def is_titled(name: str) -> bool:
    """Whether a folded name is a surname with a title, which many people share: 王总, Ms. Weber."""
    return _titled().fullmatch(name) is not None


@lru_cache(maxsize=1)
def _title_ends() -> frozenset[str]:
    return frozenset(title[-1] for title in words("person_title"))


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    surnames = sorted(word_set("surname") - word_set("no_surname_alone"))
    short, double = (("".join(s for s in surnames if len(s) == 1)), "|".join(s for s in surnames if len(s) > 1))
    opening = "".join(sorted({s[0] for s in (*surnames, *words("salutation"))}))
    titles = "|".join(sorted(words("person_title"), key=len, reverse=True))
    salutations = "|".join(re.escape(s) for s in sorted(words("salutation"), key=len, reverse=True))
    return re.compile(
        rf"(?=[{opening}])(?:(?P<surname>{double}|[{short}])(?P<title>{titles})(?![一-鿿]?(?:协议|部门|部的|体|结|价|额|计|数|共|作|程|具|厂|期|业))"
        + rf"|\b(?:{salutations}) (?P<western>[a-z]{{2,12}}))"
    )
