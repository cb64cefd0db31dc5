"""How somebody with a name in Latin letters is introduced: their new CFO, Jane Doe; Tom Li replaces Ann Ray."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.lexicon import words

SALUTED = r"(?:herr|frau|mr\.?|ms\.?|mrs\.?|dr\.?|prof\.?|miss) "
NO_NAME = "|".join(word.title() for word in words("begins_no_name"))  # what begins a sentence before a name
LATIN = (
    rf"(?!(?:{NO_NAME})\b)(?:(?i:"
    + SALUTED
    + r"))?[A-Z][a-zà-ÿ]{1,16}(?:[ -](?:[A-Z]\.|[A-Z](?:[a-zà-ÿ-]|'(?!s\b)){1,16})){1,2}"
)
OF = r"(?: (?:of|for|for the) [A-Za-z]+| [Oo]ps| [A-Z][a-z]+(?= [A-Z]))?"  # what goes on about a job
SOMEBODY = r"\b(?:guy|lady|chap|bloke|lad|man|woman|person|face|contact|[Nn]ew (?:in|at|on) [a-z]{2,16})"
WHOSE = r"(?:who is |who's |(?:he|she)(?:'s| is) |is |now |the |their |its |our |a |new ){0,3}"
STEPS_IN = (
    r" (?:takes|took|is taking|will take|steps|is stepping|stepped) (?:over|in)(?: there)? as"
    r"| (?:joins|joined)(?: them)? as"
)
AT = r"(?: (?:at|from|in|of|for|over at) [A-Za-z&' ]{2,30}?)"
NOW = r"(?: (?:is now|is|are|will be|named|called|by the name of|now):?|:| ?[-–—]|,)"
CHANGE = (  # of a post
    r"(?:(?:has |have |is |will |'s )?(?:replac(?:es|ed|ing|e)|succeed(?:s|ed|ing)?"
    r"|(?:takes|took|take|taken|taking) over from|(?:steps|stepped|stepping|step|fills|filling) in for))"
)
REPLACED = r" (?:[A-Za-z.'-]{1,16} ){1,4}?"  # whoever had it


def either(group: str, *, latin: bool) -> str:
    """A pattern for any word of a group, of those in Latin letters or of the others, the longest first."""
    chosen = [word for word in words(group) if word.isascii() == latin]
    return "|".join(re.escape(word) for word in sorted(chosen, key=len, reverse=True))


@lru_cache(maxsize=1)
def introduced() -> re.Pattern[str]:
    """A name, as a group name1 and so on, beside what introduces it, with the title given as title1 and so on."""
    jobs = either("job", latin=True).replace("|it|", "|(?-i:IT)|")
    ends = rf"(?i:{jobs})(?![A-Za-z])(?! (?i:{jobs})(?![A-Za-z]))"
    job = rf"(?:[一-鿿]{{0,6}}?(?:[A-Za-z&/-]{{1,16}} ){{0,3}}?{ends}{OF})"
    by_word = rf"(?i:\b(?:{either('introducing', latin=True)}|{either('relation', latin=True)}))"
    says = rf"(?:{by_word}|{either('introducing', latin=False)})"
    by_change = rf"(?i:\b(?:{'|'.join(words('introducing_new'))}))"
    return re.compile(
        rf"{by_change}[,:]? ?(?P<name10>{LATIN})(?:,? \(?{WHOSE}(?P<title10>{job})(?=[\s,.;)]|$))?"
        rf"|{says}[,:]? ?(?P<name1>{LATIN})(?:,? \(?{WHOSE}(?P<title1>{job})(?=[\s,.;)]|$))?"
        rf"|(?<![A-Za-z'])(?P<title2>{job}),? ?(?:is now |will be |now |is |named |called |: ?|[-–—] ?|叫|是)?"
        rf"(?P<name2>{LATIN})"
        rf"|(?<![A-Za-z'])(?P<title9>{job}){AT}{NOW} ?(?P<name9>{LATIN})"
        rf"|(?P<name11>{LATIN}) {CHANGE}(?= (?:[A-Z]|him\b|her\b|(?:(?:the|their|old|former) ){{0,2}}(?i:{jobs})\b))"
        rf"(?:{REPLACED}as (?:{WHOSE})(?P<title11>{job})(?=[\s,.;)]|$))?"
        rf"|(?i:\bnew {SOMEBODY}){AT}?{NOW}? ?(?P<name8>{LATIN})(?:,? \(?{WHOSE}(?P<title8>{job})(?=[\s,.;)]|$))?"
        rf"|(?P<name3>{LATIN})(?:,| -|/| is|'s| \(|{STEPS_IN})? ?{WHOSE}(?P<title3>{job})(?=[\s,.;)]|$)"
        r"|(?<=叫)(?P<name12>[A-Z][a-z]{1,14})(?![A-Za-z])"
        r"|(?:他们|她们|客户|对方|佢哋)[A-Za-z一-鿿]{1,10}?(?<![用买装做说讲])[的嘅](?P<name4>[A-Z][a-z]{1,12})(?![A-Za-z])"
        rf"|{SOMEBODY}(?: (?:at|from|in|of|over at) [A-Za-z&' ]{{2,30}}?)?,? ?(?:is |named |called |: ?)?"
        rf"(?P<name5>{LATIN})"
        rf"|(?P<name6>{LATIN})(?=,? ?(?:[(:–-] ?)?(?:\+?\(?\d[\d ()-]{{6,}}|[\w.+-]{{1,40}}@))"
    )
