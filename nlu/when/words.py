"""All words of time in the order in which they are tried: where two fit a place, the earlier wins."""

from __future__ import annotations

from nlu.when import (
    atoms_digits,
    atoms_en,
    atoms_en_clock,
    atoms_en_counted,
    atoms_en_period,
    atoms_zh,
    atoms_zh_clock,
    atoms_zh_counted,
    atoms_zh_period,
)
from nlu.when.atoms import Scanner

SCANNER = Scanner(
    [
        *atoms_en_clock.RANGES,
        *atoms_digits.WORDS,
        *atoms_zh_counted.WORDS,
        *atoms_zh_period.WORDS,
        *atoms_zh.WORDS,
        *atoms_zh_clock.WORDS,
        *atoms_en_counted.WORDS,
        *atoms_en.WORDS,
        *atoms_en_period.WORDS,
        *atoms_en_clock.WORDS,
    ]
)
