"""How many people work at a customer, read by the database out of the words that tell it: 201-500, 约300人, 1,200."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

NUMBER = "[0-9]{1,9}"
SECOND = f"{NUMBER}[^0-9]+({NUMBER})"


class LeastStaff(FunctionElement[int]):
    """The first number in a column's words; NULL where they tell none."""

    inherit_cache = True
    type = Integer()
    place = 0


class MostStaff(LeastStaff):
    """The second number, the first where there is one alone."""

    inherit_cache = True
    place = 1


def staff_of(words: str | None, place: int) -> int | None:
    """The same for SQLite, which has no patterns."""
    found = re.findall(NUMBER, (words or "").replace(",", ""))[: place + 1]
    return int(found[-1]) if found else None


@compiles(LeastStaff)
@compiles(MostStaff)
def _by_function(element: LeastStaff, compiler: SQLCompiler, **options: Any) -> str:
    return f"staff_of({compiler.process(element.clauses, **options)}, {element.place})"


@compiles(LeastStaff, "postgresql")
@compiles(MostStaff, "postgresql")
def _by_pattern(element: LeastStaff, compiler: SQLCompiler, **options: Any) -> str:
    words = f"replace({compiler.process(element.clauses, **options)}, ',', '')"
    first = f"substring({words} from '{NUMBER}')"
    return (
        f"CAST(coalesce(substring({words} from '{SECOND}'), {first}) AS INTEGER)"
        if element.place
        else (f"CAST({first} AS INTEGER)")
    )
