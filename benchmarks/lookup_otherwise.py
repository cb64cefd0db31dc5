"""Other ways to look a customer up, asked by benchmarks/lookup.py beside ours: LIKE, trigrams, rapidfuzz."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rapidfuzz import process
from rapidfuzz.fuzz import partial_ratio
from sqlalchemy import text as sql

from benchmarks.many_names import Asked, Firm

Found = list[int]  # the customers found, the likeliest first
Ask = Callable[[Asked], Awaitable[Found]]


def by_sql(connection: Any, names: str, people: str, phones: str) -> Ask:
    """Ask the engine: statements for names, for people and for their numbers, `:said` being what was typed."""

    async def ask(one: Asked) -> Found:
        of_number = one.kind in ("last four digits", "whole phone")
        told = phones if of_number else people if one.kind == "contact" else names
        said = f'"{one.text}"' if "MATCH" in told else f"%{one.text}" if of_number else f"%{one.text}%"
        return list((await connection.execute(sql(told + " LIMIT 50"), {"said": said})).scalars())

    return ask


def by_rapidfuzz(firm: Firm) -> Ask:
    """Ask rapidfuzz over all customers' names, held in memory."""
    names = [row[1] for row in firm.customers]

    async def ask(one: Asked) -> Found:
        found = process.extract(one.text, names, scorer=partial_ratio, limit=5, score_cutoff=60)
        return [place + 1 for _, _, place in found]

    return ask


LIKE = (
    "SELECT id FROM customers WHERE name LIKE :said",
    "SELECT customer_id FROM contacts WHERE name LIKE :said",
    "SELECT customer_id FROM contacts WHERE phone LIKE :said",
)
TRIGRAM = (
    "SELECT rowid FROM trigrams WHERE trigrams MATCH :said",
    "SELECT customer_id FROM contacts WHERE id IN"
    " (SELECT rowid FROM people_trigrams WHERE people_trigrams MATCH :said)",
    "SELECT customer_id FROM contacts WHERE id IN (SELECT rowid FROM phone_trigrams WHERE phone_trigrams MATCH :said)",
)
MAKE_TRIGRAMS = {
    True: [
        "CREATE VIRTUAL TABLE trigrams USING fts5(t, content='', tokenize='trigram');"
        "INSERT INTO trigrams(rowid, t) SELECT id, name FROM customers",
        "CREATE VIRTUAL TABLE people_trigrams USING fts5(t, content='', tokenize='trigram');"
        "INSERT INTO people_trigrams(rowid, t) SELECT id, name FROM contacts",
        "CREATE VIRTUAL TABLE phone_trigrams USING fts5(t, content='', tokenize='trigram');"
        "INSERT INTO phone_trigrams(rowid, t) SELECT id, phone FROM contacts",
    ],
    False: [
        "CREATE EXTENSION pg_trgm",
        "CREATE INDEX t1 ON customers USING gin (name gin_trgm_ops)",
        "CREATE INDEX t2 ON contacts USING gin (name gin_trgm_ops)",
        "CREATE INDEX t3 ON contacts USING gin (phone gin_trgm_ops)",
        "ANALYZE",
    ],
}
