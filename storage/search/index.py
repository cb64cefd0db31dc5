"""An index of terms on either engine: FTS5 on SQLite, a tsvector with GIN on PostgreSQL; terms.py tells what terms are.

FTS5 keeps the terms themselves: before 3.43 it could not take a record out of an index without knowing its old terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, TextClause, text

Clauses = Sequence[tuple[str, ...]]  # any of them, each with all of its terms; one with a * behind it begins so


@dataclass(frozen=True)
class TermIndex:
    """The index of that name: a table of (rowid or id, terms)."""

    name: str

    def clear(self, connection: Connection) -> None:
        """Forget every record."""
        connection.execute(text(f"DELETE FROM {self.name}"))  # noqa: S608

    def put(self, connection: Connection, records: Iterable[tuple[int, str]]) -> None:
        """Write the terms of records, in place of those they had."""
        rows = [{"id": key, "terms": terms} for key, terms in records]
        if rows:
            connection.execute(self._say(connection, _PUT), rows)

    def remove(self, connection: Connection, keys: Iterable[int]) -> None:
        """Forget records."""
        rows = [{"id": key} for key in keys]
        if rows:
            connection.execute(self._say(connection, _REMOVE), rows)

    def find(
        self, clauses: Clauses, also: Sequence[str], limit: int | None, *, is_sqlite: bool
    ) -> tuple[TextClause, dict[str, Any]]:
        """A statement for the ids of so many records at most that fulfil a clause and have one of the terms `also`."""
        engine = "sqlite" if is_sqlite else "postgresql"
        wanted = (_fts5 if is_sqlite else _tsquery)(clauses, also)
        if limit is None:
            return text(_FIND[engine].format(name=self.name)), {"wanted": wanted}
        return text(_FIND[engine].format(name=self.name) + " LIMIT :most"), {"wanted": wanted, "most": limit}

    def _say(self, connection: Connection, told: dict[str, str]) -> TextClause:
        return text(told[connection.dialect.name].format(name=self.name))

    def tidy(self, connection: Connection) -> None:
        """Leave nothing of forgotten records in the file: FTS5 keeps their terms until its parts are merged."""
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"INSERT INTO {self.name}({self.name}) VALUES ('optimize')"))  # noqa: S608


_PUT = {
    "sqlite": "INSERT OR REPLACE INTO {name}(rowid, terms) VALUES (:id, :terms)",
    "postgresql": "INSERT INTO {name} AS old (id, terms) VALUES (:id, array_to_tsvector(string_to_array(:terms, ' ')))"
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


def _fts5(clauses: Clauses, also: Sequence[str]) -> str:
    return _expression(clauses, also, " AND ", " OR ", lambda term, begins: f'"{term}"{"*" if begins else ""}')


def _tsquery(clauses: Clauses, also: Sequence[str]) -> str:
    return _expression(clauses, also, " & ", " | ", lambda term, begins: f"'{term}'{':*' if begins else ''}")


def _expression(clauses: Clauses, also: Sequence[str], both: str, either: str, say: Any) -> str:
    """An expression of the engine's. Terms hold letters and figures alone, so that none can end its quotes."""
    told = [both.join(say(term.removesuffix("*"), term.endswith("*")) for term in clause) for clause in clauses]
    wanted = either.join(f"({one})" for one in told)
    return f"({wanted}){both}({either.join(say(term, False) for term in also)})" if also else wanted
