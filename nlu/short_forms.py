"""The short forms that people make of names unrecorded: 上海晨岚科技有限公司 -> 晨岚, 晨岚科技; 何总; Lena."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu import pinyin
from nlu.lexicon import word_set, words
from nlu.normalise import normalise

_COMPANY_END = re.compile(
    r"(?:股份有限公司|有限责任公司|(?:集团)?有限公司|集团公司|集团|公司|总公司|商行|经营部)$"
    r"|[ ,.]{1,4}(?:co\.?,? ?ltd|ltd|limited|inc|llc|llp|gmbh|ag|corp|corporation|company|plc|sa|bv|oy|ab|pte|pty)\.?$"
)
_BRACKETS = re.compile(r"[((]([^()()]*)[))]")
_LATIN = re.compile(r"[a-z][a-z0-9&.' -]*")


def of_company(name: str) -> set[str]:
    """Short forms of a company's folded full name (simplified, lower case), without the name itself."""
    core, place = core_of(name), "".join(_BRACKETS.findall(name))
    if _LATIN.match(core):
        return _of_latin(core) - {name, ""}
    town = _town_of(core)
    rest = _behind(town, core)
    stems = _stems(rest)
    short_town = town.rstrip("市省县区")
    forms = stems | {core} | {short_town + stem for stem in stems} | {stem + short_town for stem in stems}
    if place and (place.endswith(("店", "园", "校区", "分公司", "院区"))):
        forms = {stem + place for stem in stems} | {place}
    if town.endswith("县") and not _stems(rest) - {rest}:
        forms.add(town.rstrip("县"))
    forms |= _of_hospital(core)
    return {form for form in forms | _in_latin(forms) if len(form) >= 2} - {name}


@lru_cache(maxsize=65536)
def stems_of(name: str) -> tuple[str, ...]:
    """What is left of a company's folded name without legal form, then without its place, then without words for its
    trade: the last is what tells it from others. Empty where nothing of two characters is left.
    """
    core = core_of(name)
    stems = _of_latin(core) if _LATIN.match(core) else {core, *_stems(_behind(_town_of(core), core))}
    return tuple(sorted((stem for stem in stems if len(stem) >= 2), key=len, reverse=True))


def core_of(name: str) -> str:
    """A company's folded name without brackets and legal form."""
    core = _BRACKETS.sub("", name)
    while (cut := _COMPANY_END.sub("", core).strip(" ,")) != core:
        core = cut
    return core


def _behind(town: str, core: str) -> str:
    return core[len(town) :] if len(core) - len(town) >= 2 else core


def _in_latin(forms: set[str]) -> set[str]:
    """What English messages and searches write: chenlan, chen lan, and clkj for forms of four characters."""
    latin: set[str] = set()
    for form in forms:
        if 2 <= len(form) <= 4 and len(pinyin.joined(form)) >= 5:
            latin |= {pinyin.joined(form), " ".join(pinyin.syllables(form))}
        if len(form) >= 4:
            latin.add(pinyin.initials(form))
    return latin - {""}


def recorded_in_latin(short: str) -> set[str]:
    """A recorded short name in Latin letters."""
    return _in_latin({short}) if 2 <= len(short) <= 4 else set()


def with_town(name: str, short: str) -> set[str]:
    """A recorded short name told apart by the place that the folded full name begins with: 深圳华星."""
    town = _town_of(core_of(name)).rstrip("市省县区")
    return {town + short} if town and not short.isascii() and not short.startswith(town) else set()


def _town_of(core: str) -> str:
    """The place that a name begins with, "" where none."""
    found = _towns().match(core)
    return found[0] if found else ""


@lru_cache(maxsize=1)
def _towns() -> re.Pattern[str]:
    places = sorted(words("place"), key=len, reverse=True)
    return re.compile(
        rf"(?:(?:{'|'.join(map(re.escape, places))})[省市]?){{1,2}}(?:[一-鿿]{{2}}[县区])?|[一-鿿]{{2}}[县市]"
    )


@lru_cache(maxsize=1)
def _trades() -> re.Pattern[str]:
    trades = sorted(words("trade"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, trades))})$")


def _stems(core: str) -> set[str]:
    """A name with its words for the trade taken off one by one: 晨岚环保设备 -> 晨岚环保, 晨岚."""
    forms = {core}
    while (
        (found := _trades().search(core)) and found.start() >= 2 and not core[: found.start()].endswith(("人民", "属"))
    ):
        core = core[: found.start()]
        forms.add(core)
    return forms


_HOSPITAL = re.compile(
    r"(?:(?P<town>[一-鿿]{2,3}?)市?)?第(?P<nth>[一二三四五六七八九十])(?P<kind>人民医院|中学|小学|医院|附属医院)$"
)
_AFFILIATED = re.compile(r"^(?P<school>.+?)(?:大学|医学院)附属第(?P<nth>[一二三四五六])医院$")


def _of_hospital(core: str) -> set[str]:
    """一院, 市一院, 附一 and the like, for institutions that are numbered."""
    forms: set[str] = set()
    if found := _AFFILIATED.match(core):
        return {f"附{found['nth']}", f"{found['nth']}附院", f"附{found['nth']}院"}
    if found := _HOSPITAL.match(core):
        short = f"{found['nth']}{found['kind'][-2 if found['kind'] == '中学' else -1]}"
        forms |= {f"{found['nth']}院", f"市{found['nth']}院"} if short.endswith("院") else {short}
        if found["town"]:
            forms.add(f"{found['town']}{short}")
    return forms


def _of_latin(core: str) -> set[str]:
    """The name without its legal form, its first two words, and its first word where that is none of every day's."""
    parts = core.split()
    forms = {core, " ".join(parts[:2])} if len(parts) > 2 or (len(parts) == 2 and parts[1] != "&") else {core}
    if len(parts) > 1 and parts[1] == "&":
        forms = {core}
    if len(parts[0]) >= 4 and parts[0] not in word_set("ordinary_first"):
        forms.add(parts[0])
    return forms


def of_person(name: str, title: str) -> set[str]:
    """Short forms of a person's folded name with the recorded title: 何岚, 销售总监 -> 何总, 何总监, 何女士 …"""
    if _LATIN.match(name):
        first, last = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
        return ({first} if len(first) >= 3 else set()) | {f"{salutation} {last}" for salutation in words("salutation")}
    surname = surname_of(name)
    if not surname:
        return set()
    called = {ending for word, endings in title_endings() if word in title for ending in endings}
    forms = {surname + ending for ending in called | set(words("courtesy"))}
    return forms | ({name[-2:]} if len(name) - len(surname) == 2 else set()) | _person_in_latin(surname, name)


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
    return next((name[:n] for n in (2, 1) if name[:n] in known), "")


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
