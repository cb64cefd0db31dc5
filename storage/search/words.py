"""The words of visits and notes: what they are found by, and how they are searched. Names are found elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from storage.note_tables import notes
from storage.search.folded import folded_words, is_han
from storage.search.index import TermIndex
from storage.search.terms import as_text, pairs
from storage.tables import visits

LONGEST = 4_000  # characters of what was told that are indexed


@dataclass(frozen=True)
class Told:
    """A table whose texts are searched: its index, and the columns that hold them."""

    index: TermIndex
    table: Table
    columns: tuple[Any, ...]


VISITS = Told(
    TermIndex("visit_terms"),
    visits,
    (visits.c.words, visits.c.needs, visits.c.objections, visits.c.people, visits.c.competitors),
)
NOTES = Told(TermIndex("note_terms"), notes, (notes.c.text,))


def word_terms(text: str) -> set[str]:
    """Each two characters side by side, each word; what stands alone between other signs as well."""
    found: set[str] = set()
    for token in folded_words(text[:LONGEST]):
        if not is_han(token):
            found.add(f"w{token}")
        elif len(token) > 1:
            found.update(pairs(token))
    return found


def words_wanted(text: str) -> tuple[str, ...]:
    """The terms that records must have which tell what is searched for; none where it says too little."""
    terms: list[str] = []
    for token in folded_words(text[:64]):
        terms += pairs(token) if is_han(token) else ([f"w{token}*"] if len(token) > 1 else [])
    return tuple(dict.fromkeys(terms))


def index_words(connection: Connection, told: Told, keys: Collection[int]) -> None:
    """Index records of those ids as they stand now."""
    told.index.put(connection, _terms(connection, told, told.table.c.id.in_(list(keys))))


def words_between(connection: Connection, told: Told, first: int, last: int) -> Iterator[tuple[int, str]]:
    """The terms of the records of ids from the first to the last."""
    return _terms(connection, told, told.table.c.id.between(first, last))


def customer_term(customer_id: int) -> str:
    """The term of what was told of a customer."""
    return f"c{customer_id}"


def _terms(connection: Connection, told: Told, where: ColumnElement[bool]) -> Iterator[tuple[int, str]]:
    columns = (told.table.c.id, told.table.c.customer_id, *told.columns)
    for key, customer_id, *texts in connection.execute(select(*columns).where(where)):
        words = [text if isinstance(text, str) else " ".join(map(str, text)) for text in texts]
        yield key, as_text({customer_term(customer_id), *word_terms("\n".join(words))})
