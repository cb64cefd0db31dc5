"""Which facts of a customer, or of somebody there, a message asks for: 华信的地址, 王总的微信, where is Huaxin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from nlu.masked import C

TOGETHER = {"invoice": ("name", "tax_id", "address", "phone")}  # what is asked for by one word
OF_PEOPLE = ("phone", "email", "wechat", "birthday", "title")
THERE = r"(?:这家|那家|这个客户|这客户|客户|公司|那边|这边|他们家?|企业)?"
GIVE = r"(?:给我|给一?下|发我|发一?下|发给我|告诉我|推我|一下|一份|看看|看一?下)"
LOOK = rf"(?:(?:查询?|看|找|搜)(?:一?下|一?查|看|找)?|{GIVE}|知道|谁知道|谁有|有没有|有|我想知道|想知道|我要|我想要)"
PLEASE = r"(?:请问?|麻烦|帮我|帮忙|你)"
IS = r"(?:都?是?(?:多少|什么|啥|几号|哪天|什么时候|哪里|哪儿|哪个?)|在哪(?:里|儿)?|多大|怎么写|叫什么)"
ASKS = rf"(?:{IS}|有吗|有没有|知道吗|呢|吗|没有?|吧|啊|来着|{GIVE}|谁知道|谁有|是?几多)"
AND, AND_EN = r"(?:的?(?:、|,|和|跟|及|以及|还有|与) ?)", r"(?:,? and (?:the )?|, ?| ?[/&+] ?)"
ASK_EN = (
    r"(?:(?:please |pls |can you |could you |hey )*(?:tell me|give me|show me|send me|get me|find|find me|look up|check"
    r"|what(?:'s| is| are| was)|remind me of|do (?:we|you) (?:have|know)|have (?:we|you) got|i need|need"
    r"|any(?:one|body) (?:have|got)|does any(?:one|body) (?:have|know)|got|any) )?(?:me )?(?:(?:the|an|a|any|our) )?"
)
END_EN = r"(?: (?:please|pls|again|on file|to hand))*"


@lru_cache(maxsize=4)
def words_of(table: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a table (noun, question, post) by group."""
    listed = tomllib.loads((files("nlu.lexicon") / "facts.toml").read_text("utf-8"))[table]
    return {group: tuple(word.strip() for word in words.split(",")) for group, words in listed.items()}


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NOUNS = {noun: field for field, nouns in words_of("noun").items() for noun in nouns}
ZH, EN = any_of(noun for noun in NOUNS if not noun.isascii()), any_of(noun for noun in NOUNS if noun.isascii())
NAMED = re.compile(rf"{ZH}|(?<![a-z])(?:{EN})(?![a-z])")
THESE = rf"(?:(?:{ZH})(?:{AND}(?:{ZH})){{0,5}}|(?:{EN}))"
THESE_EN = rf"(?:{EN})(?:{AND_EN}(?:{EN})){{0,5}}"
OF_CUSTOMER = re.compile(
    rf"{PLEASE}{{0,2}}{LOOK}{{0,2}}{C}{THERE}[的 ]?(?:(?:联系|对接|接口|负责)人的?)?{THESE}{ASKS}{{0,3}}"
    rf"|{ASK_EN}{C}(?:'s|')? {THESE_EN}{END_EN}|{ASK_EN}{THESE_EN} (?:of|for|at|from|to) {C}{END_EN}"
)
AT_END = re.compile(
    rf"(?P<of>[^,。;!?]{{2,40}}?)(?:这家|那家|公司)?(?:的|'s)? ?(?P<facts>{THESE}|{THESE_EN}){ASKS}{{0,3}}"
)
QUESTIONS = {
    field: re.compile("|".join(f"{C}{THERE}".join(map(re.escape, one.split("~"))) for one in questions))
    for field, questions in words_of("question").items()
}
# What a message that asks for a fact holds one of.
WORDS = (*NOUNS, *{max(one.split("~"), key=len).strip() for asked in words_of("question").values() for one in asked})


def facts_asked(text: str) -> tuple[str, ...]:
    """The facts that a text asks of the customer marked in it and says nothing else; () where it does not."""
    if OF_CUSTOMER.fullmatch(text):
        return facts_named(text.replace(C, " "))
    return next(((field,) for field, asked in QUESTIONS.items() if asked.fullmatch(text)), ())


def asked_at_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Of whom a text that ends with a fact's name asks, as it stands there, and what; both empty where it does not."""
    said = AT_END.fullmatch(text)
    return (said["of"].strip(), facts_named(said["facts"])) if said else ("", ())


def facts_named(text: str) -> tuple[str, ...]:
    """The facts whose names stand in a text, in its order."""
    fields = (NOUNS[noun] for noun in NAMED.findall(text))
    return tuple(dict.fromkeys(fact for field in fields for fact in TOGETHER.get(field, (field,))))
