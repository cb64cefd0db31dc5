"""One intent a file, found by folder; the order of the files never matters.

A rule file declares `RULES`, and `EXAMPLES` that must be read as its intent and `COUNTER_EXAMPLES` that must not, told
in the world of `nlu.examples`.
"""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from nlu.rule import Rule


@lru_cache(maxsize=1)
def modules() -> tuple[ModuleType, ...]:
    """Every rule file."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of every file."""
    every = [rule for module in modules() for rule in module.RULES]
    return tuple(sorted(every, key=lambda rule: rule.perhaps))
