"""Where a stretch without punctuation turns to something else: dictated messages have no commas."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlu.lexicon import word_set
from nlu.rule import Find

LONG = 12  # a stretch that is longer may hold several clauses
LONGER = 18  # so far from the last turn a pronoun or a person may begin another clause
SHORT = 5  # what would be shorter is no clause
ENGLISH = 40  # characters of English that are more may hold several clauses
LINKING = tuple("在到约是于定改推从自至、和及(:的挪延放即跟与为前后约按或")  # what ties a time to the words before it
WENT_TO = tuple("去到在跟和与给从把的、对找是及同见约访催,")  # what ties a customer to the words before it
NOT_ALONE = tuple("跟和与找让请叫给陪等带由帮替催@向同的是、及")  # what ties a colleague's name to the words before it
OBJECT = frozenset(  # behind these a pronoun is no subject
    "给跟和对把被让请叫找陪带催帮替问约与向为比的是说想要等见送发寄教用信由当看通知诉告答于在到从以及同求管喊畀俾嘅讲得道望果然连派使其陪了"
)
OUR_PLACE = re.compile(  # behind 来: what they came to see or where they came to, no subject
    r"[我咱]们?(?:公司|厂|展厅|展位|展台|办公|会议室|车间|总部|陈列室|样板间|实验室|仓库|基地|门店|店里|这|司|方)"
)
RESULTS = ("清楚", "明白", "好", "完", "掉", "过去", "过来", "一下", "一遍", "齐", "到位", "给我", "给他", "给她", "上")
TIES = frozenset("把的问跟和有对日期间")  # behind these a word such as 预算 belongs to what is before it
SUBJECT = re.compile(rf"(?<![{''.join(OBJECT)}])[我你他她您咱]们?\Z")
PRONOUN = re.compile(r"[我他她您咱](?![司方的]|人)")
SPEAKS = re.compile(r"[说想要问让提嫌]|觉得|表示|答应|同意|反映|希望|那边[说想要]")
CALLED_ON = ("请", "让", "叫", "喊", "麻烦")
TOLD_TO = re.compile(r"[ ]?(?:你|把|去|来|周|明|后天|今|下|于|则|本周|\d|在|先|帮|务必|赶紧|抓紧|,)")
SPOKEN = re.compile(
    r" (?:and|but|so|then|also|plus|because|anyway)(?: then| also| so| er| uh| um)? "
    r"(?=(?:i|he|she|they|we|you|it|can|could|please|need|let's|remind|tell|ask|there)\b)"
    r"| (?=(?:i|he|she|they|we)(?:'(?:m|s|ve|ll|re|d)| wants?| needs?| said| says?| told| asked| got)\b)"
    r"| (?=(?:can|could) (?:you|someone|somebody)\b|(?:please )?remind me\b)"
)
OWN_DEED = re.compile(  # what begins with what the sender did, so that "and will" behind it is the sender's too
    r"[\s,]{0,3}(?:(?:i|we|just|also|have|had|i've|we've|today|yesterday|this morning|quick|good|great|nice|a) ){0,4}"
    r"(?:met|saw|visited|called|rang|phoned|emailed|messaged|texted|spoke|talked|chatted|caught up|sat down|popped"
    r"|dropped"
    r"|stopped|went|drove|swung|toured|demoed|presented|showed|sent|quoted|agreed|lunch|dinner|coffee|call|chat|meeting"
    r"|catch-up|visit|demo|zoom|back from|off the phone|finished|did)\b"
)
AND_OWN = re.compile(  # what the sender is to do beside it
    r" (?:and|but|so|then|plus|&)(?: then| also| now)? (?=(?:must|have to|has? got to|got to|gotta|will|owe"
    r"|promised|agreed to"
    r"|said (?:i|we)(?:'d|'ll| would| will)|going to|should|need to|remind me|follow(?:ing)? up|chase"
    r"|(?:he|she|they) (?:wants?|needs?|asked|said|says?|would|will|is|are)|(?:he|she|they)'(?:s|re|ll|d)|(?:i"
    r"|we)'(?:ll|ve got to|d))\b)"
    r"| (?=then remind me\b)"
)
JOINED = re.compile(
    r"\b(?:that|who|which|what|if|when|as|said|says|think|know|like|than|where|until|before|after|of|to|for)$"
)
IS_TO = re.compile(r" (?:to|is|needs?|will|should|can|has|must|please|gets?|wants?)\b")


class Searched(NamedTuple):
    """A folded text, what was found in it with where that starts, and the places that lie inside a find."""

    text: str
    finds: Sequence[Find]
    starts: Sequence[int]
    inside: set[int]


def turns(searched: Searched, left: int, right: int) -> Iterable[tuple[int, int]]:
    """A stretch parted where it turns: at a connective, a further time, a colleague called on, another customer."""
    if right - left < 2 * SHORT:
        return ((left, right),)
    text, finds, starts, inside = searched
    places = {place for place in _at_words(text, left, right) if place not in inside}
    if right - left >= LONG:
        first = bisect_left(starts, left)
        within = [find for find in finds[first : bisect_left(starts, right, first)] if find.end <= right]
        places |= _found(text, left, right, within, inside)
    if not places:
        return ((left, right),)
    edges = [left]
    for place in sorted(places):
        if place - edges[-1] >= SHORT and right - place >= SHORT:
            edges.append(place)
    return pairwise([*edges, right])


def _found(text: str, left: int, right: int, within: Sequence[Find], inside: set[int]) -> set[int]:
    """Where a long stretch turns by what was found in it, and by who goes on."""
    places: set[int] = set()
    if within:
        places |= _at_times(text, left, within)
        places |= _at_customers(text, [find for find in within if find.kind == "customer"])
        places |= _at_colleagues(text, left, within)
    if right - left > ENGLISH:
        places |= _at_spoken(text, left, right, within, inside)
    if OWN_DEED.match(text, left, right):
        places |= {said.start() + 1 for said in AND_OWN.finditer(text, left, right) if said.start() not in inside}
    if right - left > LONGER:
        places |= _at_subjects(text, left, right, within, inside)
    return places


@lru_cache(maxsize=1)
def _connective() -> re.Pattern[str]:
    """The words that turn to something else, and the longer words in which they do not."""
    listed = sorted(word_set("turn.word") | word_set("turn.about") | word_set("turn.kept"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)))


def _at_words(text: str, left: int, right: int) -> Iterator[int]:
    """Where a connective stands; a word such as 预算 or 人家, which also goes with what is before it, only behind no
    tie.
    """
    kept, about = word_set("turn.kept"), word_set("turn.about")
    for found in _connective().finditer(text, left, right):
        word, place = found[0], found.start()
        ties = TIES if word in about else OBJECT if word == "人家" else ()
        if word not in kept and text[place - 1] not in ties and not (word in about and _carried(text, left, place)):
            subject = SUBJECT.search(text, max(left, place - 2), place)
            yield subject.start() if subject else place


def _opens(text: str, find: Find, ties: tuple[str, ...]) -> bool:
    """Whether a find stands behind a Chinese character that does not tie it to what is before."""
    before = text[find.start - 1 : find.start]
    return "一" <= before <= "鿿" and before not in ties


def _at_times(text: str, left: int, within: Sequence[Find]) -> set[int]:
    """Where a further time begins, or one that comes late; not the time that a colleague is given."""
    days = [find for find in within if find.kind == "when"]
    spoken_to = {find.end for find in within if find.kind == "user" and find.start > left}
    places = set()
    for number, day in enumerate(days):
        begin = day.start - 1 if text[day.start - 1 : day.start] in ("我", "你", "咱") else day.start
        is_later = number > 0 or (day.start - left >= LONG and begin < day.start)
        if (
            is_later
            and day.start not in spoken_to
            and not _carried(text, left, day.start)
            and _opens(text, day, LINKING)
        ):
            places.add(begin)
    return places


def _carried(text: str, left: int, place: int) -> bool:
    """Whether a 把 before a place still waits for its verb: 把报价单周五寄给她."""
    _, is_there, between = text[max(left, place - 12) : place].rpartition("把")
    return bool(is_there) and "了" not in between and not between.endswith(RESULTS)


def _at_customers(text: str, named: Sequence[Find]) -> set[int]:
    return {
        later.start
        for earlier, later in pairwise(named)
        if earlier.value != later.value and _opens(text, later, WENT_TO)
    }


def _at_colleagues(text: str, left: int, within: Sequence[Find]) -> set[int]:
    """Where a colleague is told what to do: 小王你…, 请小王…."""
    times = {find.start for find in within if find.kind == "when"}
    places = set()
    for find in within:
        if find.kind != "user" or find.start <= left:
            continue
        if _opens(text, find, NOT_ALONE) and (
            TOLD_TO.match(text, find.end) or not times.isdisjoint((find.end, find.end + 1))
        ):
            places.add(find.start)
        for word in CALLED_ON:
            if text.endswith(word, left, find.start):
                places.add(find.start - len(word))
    return places


def _at_spoken(text: str, left: int, right: int, within: Sequence[Find], inside: set[int]) -> set[int]:
    """Where dictated English goes on: "and they want", "so i said", "can you", "and simon needs to"."""
    places = {
        found.start() + 1
        for found in SPOKEN.finditer(text, left, right)
        if found.start() not in inside and not JOINED.search(text, max(left, found.start() - 8), found.start())
    }
    for find in within:
        if find.kind in ("user", "person") and text.endswith(" and ", left, find.start) and IS_TO.match(text, find.end):
            places.add(find.start - 4)
    return places


def _at_subjects(text: str, left: int, right: int, within: Sequence[Find], inside: set[int]) -> set[int]:
    """Where a far run goes on with somebody else: a pronoun, or a person who says or wants something."""
    ends = {find.end for find in within}
    places = {
        found.start()
        for found in PRONOUN.finditer(text, left + 1, right)
        if "一" <= text[found.start() - 1] <= "鿿"
        and text[found.start() - 1] not in OBJECT
        and found.start() not in ends
        and found.start() not in inside
        and not (text[found.start() - 1] == "来" and OUR_PLACE.match(text, found.start()))
    }
    for find in within:
        if find.kind == "person" and find.start not in ends and SPEAKS.match(text, find.end):
            before = text[find.start - 1 : find.start]
            if "一" <= before <= "鿿" and before not in OBJECT:
                places.add(find.start)
    return {place for place in places if place - left >= LONG}
