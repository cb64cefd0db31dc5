"""Grades by which people rank their customers (A类, B级, tier C), and which tiers each of them may mean."""

from __future__ import annotations

import re

GRADES = {"a": ("vip", "key"), "s": ("vip",), "b": ("target",), "c": ("potential",), "d": ("potential",)}
GRADE = re.compile(
    r"(?<![a-z])(?P<zh>[abcds]) ?(?:类|级|档|等)|(?:tier|grade|class|level)[ -](?P<en>[abcds])(?![a-z])"
    r"|(?<![a-z])(?P<x>[abcds])-(?:tier|level|grade|class)(?![a-z])"
    r"|(?<![a-z'])(?P<y>[abc])(?= ?客户| (?:customers|accounts|clients))"
)
_ALONE = re.compile(r"(?:tier|grade|class|level)?[ -]?(?P<grade>[abcds])[+-]?")


def graded(said: re.Match[str]) -> tuple[str, ...]:
    """The tiers that a match of GRADE may mean."""
    return GRADES[said["zh"] or said["en"] or said["x"] or said["y"]]


def tier_of_grade(said: str) -> str:
    """The lowest tier that a cell of a sheet may mean by a grade: nobody becomes a VIP by an A. "" for none."""
    alone = _ALONE.fullmatch(said)
    if alone:
        return GRADES[alone["grade"]][-1]
    found = GRADE.fullmatch(said)
    return graded(found)[-1] if found else ""
