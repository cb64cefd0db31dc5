"""Stages of the pipeline named in a text: in full, by key, as people call them, or by a part of the name (进谈判)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nlu.known import KnownStage
from nlu.lexicon import groups
from nlu.names import fold
from nlu.rule import Find

HAN = re.compile("[一-鿿]")
MOVED = (  # what stands before a stage's name where it is no everyday word
    r"(?:(?:[进入转放走]|(?<![聊谈讲说提收看发送寄交拿等])到|改[成为回到]|转[入到为成]|[推挪升退回走放]到|还在|卡在|处于|放在|阶段[是为]?)"
    r"[了去]?[ :「“\"]?"
    r"|\b(?:to|at|in|into|as|on|stage|phase|mark(?:ed|ing)? it|still|now)[ :\"]{1,2}(?:the )?)"
)
AS_STAGE = r"[ 」”\"]?(?:阶段|环节|[那这]一?[步格栏档关]|stage\b|phase\b)"
NO_STAGE = r"(?!保证金|文件|书|价|单|代理|公告|单位|平台|网|会议|费|通知)"  # 投标保证金, 招标文件, 挂网价


def find(folded: str, stages: Iterable[KnownStage]) -> list[Find]:
    """Finds of kind "stage", the value a stage's key; rule "name", or "part" where only the words around tell it."""
    known = _known(tuple(stages))
    finds = [Find("stage", m.start(), m.end(), m[0], known.plain[m[0]], "name") for m in known.names.finditer(folded)]
    if not known.dependent or not known.any_part.search(folded):
        return finds
    for match in known.parts.finditer(folded):
        group = "moved" if match["moved"] else "called"
        finds.append(Find("stage", *match.span(group), match[group], known.dependent[match[group]], "part"))
    return finds


class _Known:
    """The stages' names: those that stand for one anywhere, and those that do so where the words around say it."""

    def __init__(self, stages: tuple[KnownStage, ...]) -> None:
        self.plain: dict[str, str] = {}
        self.dependent: dict[str, str] = {}
        parts: dict[str, set[str]] = {}
        called, pieces = groups("stage"), groups("stage_part")
        for stage in stages:
            for name in (fold(stage.name), stage.key.lower(), *called.get(stage.key, ())):
                alone = self.dependent if name.isascii() and " " not in name and "-" not in name else self.plain
                alone.setdefault(name, stage.key)
            for part in (*_parts(fold(stage.name)), *pieces.get(stage.key, ())):
                parts.setdefault(part, set()).add(stage.key)
        single = {part: next(iter(keys)) for part, keys in parts.items() if len(keys) == 1}
        self.dependent = single | self.dependent
        self.dependent = {name: key for name, key in self.dependent.items() if name not in self.plain}
        self.names = re.compile(f"(?:{_any_of(self.plain)}){NO_STAGE}")
        words = _any_of(self.dependent)
        self.any_part = re.compile("|".join(map(re.escape, self.dependent)) or r"(?!)")
        self.parts = re.compile(f"(?:{MOVED})(?P<moved>{words}){NO_STAGE}|(?P<called>{words})(?={AS_STAGE})")


def _any_of(names: Iterable[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    bounded = [rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n.isascii() else re.escape(n) for n in ordered]
    opening = re.escape("".join(sorted({name[0] for name in ordered})))
    return rf"(?=[{opening}])(?:{'|'.join(bounded)})" if ordered else r"(?!)"


def _parts(name: str) -> Iterator[str]:
    """方案提案 is called 方案 and 提案, 出方案 方案, 方案poc 方案 and poc."""
    for run in re.findall("[一-鿿]+|[a-z]+", name):
        if not HAN.match(run):
            yield run
        elif len(run) == 3:
            yield run[1:]
        elif len(run) > 3:
            yield from (run[:2], run[-2:])


@lru_cache(maxsize=16)
def _known(stages: tuple[KnownStage, ...]) -> _Known:
    return _Known(stages)
