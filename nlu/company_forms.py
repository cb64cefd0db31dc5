"""A company's name taken apart, and the short forms that people make of it: 晨岚, 晨岚科技, 上海晨岚."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from crm import pinyin
from nlu.lexicon import word_set, words
from nlu.segment import LONGEST, is_ordinary, is_word

_LEGAL = frozenset(
    (
        *("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "股份公司", "集团公司"),
        *("总公司", "经营部", "集团", "公司", "商行"),
    )
)
_LEGAL_SIZES = sorted(set(map(len, _LEGAL)), reverse=True)
_LEGAL_LAST = frozenset(form[-1] for form in _LEGAL)
_LATIN_LEGAL = re.compile(
    r"[ ,.]{1,4}(?:co\.?,? ?ltd|ltd|limited|inc|llc|llp|gmbh|ag|corp|corporation|company|plc|sa|bv|oy|ab|pte|pty)\.?$"
)
_BRACKETS = re.compile(r"[((]([^()()]*)[))]")
_LATIN = re.compile(r"[a-z][a-z0-9&.' -]*")
_BRANCHES = ("店", "园", "校区", "分公司", "院区", "分院", "分校", "分行", "支行", "厂区", "基地")
SHORTEST = 2  # characters of a name
BRAND = 2  # characters that most companies are told by


class Shape(NamedTuple):
    """A folded name taken apart: town + stem (+ words for the trade) + legal form, a branch in brackets.

    `cuts` are the lengths at which `rest`, the name behind the town, may end: the first is the stem's, which tells it
    from others, the last is all of it.
    """

    full: str
    town: str
    rest: str
    cuts: tuple[int, ...]
    branch: str

    @property
    def stem(self) -> str:
        """What tells the company from others."""
        return self.rest[: self.cuts[0]]

    def span_at(self, text: str, start: int) -> tuple[int, int] | None:
        """As much of the name as a text says around the stem at `start`; None where it does not say the stem."""
        rest, town = self.rest, self.town
        end = next((start + cut for cut in reversed(self.cuts) if text.startswith(rest[:cut], start)), 0)
        if not end or not at_edges(text, start, end):
            return None
        before = self.full.find(self.stem)
        if text.startswith(self.full, max(0, start - before)) and start >= before:
            return start - before, start - before + len(self.full)
        if town:
            short = self.short_town
            for said in (town, short):
                if text.endswith(said, 0, start):
                    return start - len(said), end
            if text.startswith(short, end):
                return start, end + len(short)
        if self.branch:
            return (start, end + len(self.branch)) if text.startswith(self.branch, end) else None
        return start, end

    @property
    def short_town(self) -> str:
        """The place as people say it: 上海 for 上海市."""
        return self.town.rstrip("市省县区")


def taken_apart(full: str) -> Shape:
    """A company's folded full name (simplified, lower case) taken apart."""
    core, branch = core_of(full), _branch_of(full) if "(" in full else ""
    if core[:1].isascii() and _LATIN.match(core):
        return Shape(full, "", core, tuple(map(len, _of_latin(core))), branch)
    town = _town_of(core)
    rest = core[len(town) :]
    if len(rest) < SHORTEST or rest in word_set("trade"):
        town, rest = "", core
    return Shape(full, town, rest, _cuts(rest), branch)


def at_edges(text: str, start: int, end: int) -> bool:
    """Whether [start, end) cuts no Latin word or number in two."""
    before = start > 0 and _joined(text[start - 1], text[start])
    return not before and not (end < len(text) and _joined(text[end - 1], text[end]))


def _joined(left: str, right: str) -> bool:
    both_letters = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return both_letters or (left.isdigit() and right.isdigit() and left.isascii() and right.isascii())


shape_of = lru_cache(maxsize=1024)(taken_apart)


def core_of(name: str) -> str:
    """A company's folded name without brackets and legal form."""
    core = _BRACKETS.sub("", name) if "(" in name else name
    while core:
        last = core[-1]
        if last in _LEGAL_LAST and (size := _legal_at_end(core)):
            cut = core[:-size]
        elif last.isascii():
            cut = _LATIN_LEGAL.sub("", core)
        else:
            return core
        if (cut := cut.strip(" ,")) == core:
            return core
        core = cut
    return core


def _legal_at_end(core: str) -> int:
    """How many characters of a legal form a name ends with."""
    for size in _LEGAL_SIZES:
        if core[-size:] in _LEGAL:
            return size
    return 0


def _branch_of(full: str) -> str:
    """The branch in a name's brackets: 滨江店; "" for a place alone."""
    inner = "".join(_BRACKETS.findall(full))
    return inner if inner.endswith(_BRANCHES) else ""


def _town_of(core: str) -> str:
    """The place that a name begins with, "" where none."""
    end = _place_at(core, 0)
    if end:
        end = _place_at(core, end) or end
        return core[: end + 3] if core[end + 2 : end + 3] in _DISTRICTS else core[:end]
    return core[:3] if core[2:3] in _COUNTIES else ""


_DISTRICTS, _COUNTIES, _REGIONS = frozenset("县区"), frozenset("县市"), frozenset("省市")


def _place_at(core: str, start: int) -> int:
    """Where a place that begins there ends, 0 where none does."""
    places, lengths = _places()
    for length in lengths.get(core[start : start + 2], ()):
        end = start + length
        if core[start:end] in places:
            return end + 1 if core[end : end + 1] in _REGIONS else end
    return 0


def _cuts(rest: str) -> tuple[int, ...]:
    """Lengths of a name with its words for the trade taken off one by one: 晨岚环保设备 -> 2 (晨岚), 4, 6."""
    trades, lengths = _trades()
    end = len(rest)
    cuts = [end]
    while end > SHORTEST:
        for length in lengths.get(rest[end - 1], ()):
            start = end - length
            if start >= SHORTEST and rest[start:end] in trades:
                break
        else:
            break
        if rest[start - 1] in "民属" and rest[:start].endswith(("人民", "属")):
            break
        cuts.append(start)
        end = start
    if len(cuts) == 1 and end >= BRAND + SHORTEST and rest[-1] not in _INSTITUTIONS and (brand := _brand(rest)):
        cuts.append(brand)
    cuts.reverse()
    return tuple(cuts)


_INSTITUTIONS = frozenset("学院校行局委会所站社处厅部店园馆")  # last characters of what is told by all of its name


def _brand(rest: str) -> int:
    """How many characters a name has before a word that no list of trades holds: 晓蓬钟表 -> 2; 0 where it is open."""
    for length in (BRAND, BRAND + 1):
        if SHORTEST <= len(rest) - length <= LONGEST and is_word(rest[length:]):
            return 0 if is_ordinary(rest[:BRAND]) else length
    return 0


Lengths = tuple[frozenset[str], dict[str, tuple[int, ...]]]


@lru_cache(maxsize=1)
def _places() -> Lengths:
    """The places, and how long those are that begin with two characters, the longest first."""
    return word_set("place"), _lengths("place", slice(2))


@lru_cache(maxsize=1)
def _trades() -> Lengths:
    """The words for trades, and how long those are that end with a character, the longest first."""
    return word_set("trade"), _lengths("trade", slice(-1, None))


def _lengths(group: str, at: slice) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words(group):
        found.setdefault(word[at], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def of_company(name: str) -> set[str]:
    """Short forms of a company's folded full name, without the name itself."""
    shape = shape_of(name)
    if _LATIN.match(shape.rest):
        return {shape.rest[:cut] for cut in shape.cuts} - {name}
    stems = [shape.rest[:cut] for cut in shape.cuts]
    forms = {shape.town + shape.rest, *stems, *special_forms(shape)}
    if shape.town:
        forms |= {shape.short_town + stem for stem in stems} | {stem + shape.short_town for stem in stems}
    if shape.branch:
        forms |= {stem + shape.branch for stem in stems}
    return {form for form in forms | set(latin_forms(shape)) if len(form) >= SHORTEST} - {name}


def stems_of(name: str) -> tuple[str, ...]:
    """What is left of a company's folded name without legal form, then without its place, then without words for its
    trade: the last is what tells it from others. Empty where nothing of two characters is left.
    """
    shape = shape_of(name)
    stems = {shape.town + shape.rest, *(shape.rest[:cut] for cut in shape.cuts)}
    return tuple(sorted((stem for stem in stems if len(stem) >= SHORTEST), key=len, reverse=True))


def latin_forms(shape: Shape) -> Iterator[str]:
    """What English messages and searches write, run together: chenlan, chenlankeji, and clkj for four characters."""
    for cut in shape.cuts:
        if SHORTEST <= cut <= 4 and len(joined := pinyin.joined(shape.rest[:cut])) >= 5:
            yield joined


_NUMBERED = re.compile(r"第(?P<nth>[一二三四五六七八九十])(?P<kind>人民医院|中学|小学|医院|附属医院)$")
_AFFILIATED = re.compile(r"^(?P<school>.+?)(?:大学|医学院)附属第(?P<nth>[一二三四五六])医院$")
_SAID = {"中学": "中", "小学": "小"}


def may_be_special(shape: Shape) -> bool:
    """Whether a name may have short forms that do not hold the stem."""
    return "第" in shape.rest or shape.branch != "" or shape.town[-1:] == "县" or "第" in shape.town


def special_forms(shape: Shape) -> Iterator[str]:
    """Short forms that do not hold the stem: of what is numbered 一院, 市一院, 附一; of counties; of branches."""
    core = shape.town + shape.rest
    if shape.branch:
        yield shape.branch
    if shape.town.endswith("县") and len(shape.cuts) == 1:
        yield shape.town.rstrip("县")
    if "第" not in core:
        return
    if found := _AFFILIATED.match(core):
        yield from (f"附{found['nth']}", f"{found['nth']}附院", f"附{found['nth']}院")
    elif found := _NUMBERED.search(core):
        short = found["nth"] + _SAID.get(found["kind"], "院")
        town = core[: found.start()].rstrip("市")
        yield short
        if short.endswith("院"):
            yield f"市{short}"
        if 2 <= len(town) <= 3:
            yield f"{town}{short}"


def _of_latin(core: str) -> list[str]:
    """The name without its legal form, its first two words, and its first word where that is none of every day's: the
    shortest first.
    """
    parts = core.split()
    forms = [core]
    if len(parts) > 2 and parts[1] != "&":
        forms.insert(0, " ".join(parts[:2]))
    if (len(parts) < 2 or parts[1] != "&") and len(parts[0]) >= 4 and parts[0] not in word_set("ordinary_first"):
        forms.insert(0, parts[0])
    return list(dict.fromkeys(form for form in forms if core.startswith(form)))


def without_form(name: str) -> str:
    """A firm's name without its legal form: 上海华信科技, Larkspur Instruments."""
    core = core_of(name.lower())
    return name[: len(core)] if core and name.lower().startswith(core) else name
