"""Conditions that a list is narrowed by. How each is read, said and looked up stands in three tables, an entry each:
nlu/filters/table.py, handlers/queries/filters.py with talk/words/filters.toml, and storage/lists/conditions.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """One condition: `name` is its entry in the tables. Of `values` any suffices, of a range they are the two ends.

    `is_denied` turns it round: 没有商机, 不在上海.
    """

    name: str
    values: tuple[Any, ...] = ()
    is_denied: bool = False
