"""An index of terms on either engine: FTS5 on SQLite, a tsvector with GIN on PostgreSQL; terms.py tells what terms are.

FTS5 keeps the terms themselves: before 3.43 it could not take a record out of an index without knowing its old terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

Clauses = Sequence[tuple[str, ...]]  # any of them, each with all of its terms; one with a * behind it begins so


@dataclass(frozen=True)
class TermIndex:
    """The index of that name: a table of (rowid or id, terms)."""

    name: str

    @contextmanager
    def anew(self, connection: Connection) -> Iterator[None]:
        """Forget every record, and write all of them within the block: faster, and leaving less behind."""
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execute(text(f"DELETE FROM {self.name}"))  # noqa: S608
        if not is_sqlite:
            connection.execute(text(f"DROP INDEX ix_{self.name}_terms"))
        yield
        if is_sqlite:
            connection.execute(text(self.optimize))
        else:
            # Without a list of what waits to be indexed: each search would read it.
            how = "USING gin (terms) WITH (fastupdate = off)"
            connection.execute(text(f"CREATE INDEX ix_{self.name}_terms ON {self.name} {how}"))

    def put(self, connection: Connection, records: Iterable[tuple[int, str]]) -> None:
        """Write the terms of records, in place of those they had."""
        rows = list(records)
        if rows and connection.dialect.name == "sqlite":
            connection.execute(self._say(connection, _PUT), [{"id": key, "terms": terms} for key, terms in rows])
        elif rows:
            told = {"ids": [key for key, _ in rows], "terms": [terms for _, terms in rows]}
            connection.execute(self._say(connection, _PUT), told)

    def remove(self, connection: Connection, keys: Iterable[int]) -> None:
        """Forget records."""
        rows = [{"id": key} for key in keys]
        if rows:
            connection.execute(self._say(connection, _REMOVE), rows)

    def find(
        self,
        clauses: Clauses,
        also: Sequence[str],
        limit: int | None,
        *,
        is_sqlite: bool,
        newest_first: bool = False,
    ) -> tuple[TextClause, dict[str, Any]]:
        """A statement for the ids of so many records at most that fulfil a clause and have one of the terms `also`."""
        wanted = (_fts5 if is_sqlite else _tsquery)(clauses, also)
        values = {"wanted": wanted} if limit is None else {"wanted": wanted, "most": limit}
        engine = "sqlite" if is_sqlite else "postgresql"
        return _finding(self.name, engine, newest_first=newest_first, is_limited=limit is not None), values

    def _say(self, connection: Connection, told: dict[str, str]) -> TextClause:
        return text(told[connection.dialect.name].format(name=self.name))

    @property
    def optimize(self) -> str:
        """For SQLite: leave nothing of forgotten records in the file. FTS5 keeps their terms until its parts merge."""
        return f"INSERT INTO {self.name}({self.name}) VALUES ('optimize')"  # noqa: S608


_PUT = {
    "sqlite": "INSERT OR REPLACE INTO {name}(rowid, terms) VALUES (:id, :terms)",
    "postgresql": "INSERT INTO {name} AS old (id, terms)"
    " SELECT new.id, array_to_tsvector(string_to_array(new.terms, ' '))"
    " FROM unnest(CAST(:ids AS bigint[]), CAST(:terms AS text[])) AS new (id, terms)"
    " ON CONFLICT (id) DO UPDATE SET terms = excluded.terms WHERE old.terms <> excluded.terms",
}
_REMOVE = {
    "sqlite": "DELETE FROM {name} WHERE rowid = :id",
    "postgresql": "DELETE FROM {name} WHERE id = :id",
}
_FIND = {
    "sqlite": "SELECT rowid AS id FROM {name} WHERE {name} MATCH :wanted",
    "postgresql": "SELECT id FROM {name} WHERE terms @@ CAST(:wanted AS tsquery)",
}


@lru_cache  # building a statement costs as much as running it
def _finding(name: str, engine: str, *, newest_first: bool, is_limited: bool) -> TextClause:
    order, limit = " ORDER BY id DESC" if newest_first else "", " LIMIT :most" if is_limited else ""
    return text(_FIND[engine].format(name=name) + order + limit)


def _fts5(clauses: Clauses, also: Sequence[str]) -> str:
    return _expression(clauses, also, " AND ", " OR ", lambda term, begins: f'"{term}"{"*" if begins else ""}')


def _tsquery(clauses: Clauses, also: Sequence[str]) -> str:
    return _expression(clauses, also, " & ", " | ", lambda term, begins: f"'{term}'{':*' if begins else ''}")


def _expression(clauses: Clauses, also: Sequence[str], both: str, either: str, say: Any) -> str:
    """An expression of the engine's. Terms hold letters and figures alone, so that none can end its quotes."""
    told = [both.join(say(term.removesuffix("*"), term.endswith("*")) for term in clause) for clause in clauses]
    wanted = either.join(f"({one})" for one in told)
    return f"({wanted}){both}({either.join(say(term, False) for term in also)})" if also else wanted
