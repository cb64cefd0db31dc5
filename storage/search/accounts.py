"""Customers with all that they are found by, read in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Text, bindparam, case, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.deal_tables import IS_OPEN, deals
from storage.search.terms import Account, Person, Sold
from storage.tables import collaborators, contacts, customers, short_names

_CUSTOMER, _CALLED, _PERSON, _DEAL, _SHARED = range(5)
_NOBODY, _NOTHING = null().cast(Integer), literal("", Text)
_PHONES = contacts.c.phone + literal("\n", Text) + contacts.c.other_phone
Span = tuple[int, int]


def _accounts(*, by_span: bool) -> CompoundSelect[Any]:
    """(kind, customer, id, user, and up to three texts) of everything that customers are found by."""

    def wanted(column: Any) -> Any:
        if by_span:
            return column.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer))
        return column.in_(bindparam("keys", expanding=True, type_=Integer))

    def part(kind: int, table: Any, *columns: Any) -> Any:
        of = table.c.id if table is customers else table.c.customer_id
        told = select(literal(kind, Integer), of, table.c.id, *columns)
        return told.where(wanted(of), table.c.withdrawn_at.is_(None))

    seller = deals.c.owner_id
    return union_all(
        part(_CUSTOMER, customers, customers.c.owner_id, customers.c.name, customers.c.phone, customers.c.tax_id),
        part(_CALLED, short_names, short_names.c.learnt_by_id, short_names.c.text, _NOTHING, _NOTHING),
        part(_PERSON, contacts, _NOBODY, contacts.c.name, contacts.c.title, _PHONES),
        part(_DEAL, deals, seller, deals.c.name, *_flags()),
        part(_SHARED, collaborators, collaborators.c.user_id, collaborators.c.chat_id.cast(Text), _NOTHING, _NOTHING),
    )


def _flags() -> tuple[Any, Any]:
    is_open = case((IS_OPEN, literal("open", Text)), else_=_NOTHING)
    return is_open, case((deals.c.shares_customer, literal("shares", Text)), else_=_NOTHING)


_OF_KEYS, _OF_SPAN = _accounts(by_span=False), _accounts(by_span=True)


def accounts_of(connection: Any, keys: Collection[int]) -> dict[int, Account]:
    """The customers of those ids that stand, by id. `connection` is a Connection or a Session."""
    return accounts_in(connection.execute(_OF_KEYS, {"keys": list(keys)})) if keys else {}


async def account_rows(session: AsyncSession, keys: Collection[int]) -> Any:
    """The rows of those customers, for `accounts_in`."""
    return await session.execute(_OF_KEYS, {"keys": list(keys)})


def accounts_between(connection: Any, first: int, last: int) -> dict[int, Account]:
    """The customers of ids from the first to the last that stand."""
    return accounts_in(connection.execute(_OF_SPAN, {"first": first, "last": last}))


def accounts_in(rows: Any) -> dict[int, Account]:
    """Customers put together from rows; what belongs to one that does not stand is left out."""
    found: dict[int, Account] = {}
    told = rows.all()
    for kind, customer, _, user, *texts in told:
        if kind == _CUSTOMER:
            found[customer] = Account(customer, texts[0], user, texts[1], texts[2])
    for row in told:
        account = found.get(row[1])
        if account is not None:
            _take(account, row)
    return found


def _take(account: Account, row: Sequence[Any]) -> None:
    kind, _, key, user, a, b, c = row
    if kind == _CALLED:
        account.called.append((a, user))
    elif kind == _PERSON:
        account.people.append(Person(key, a, b, tuple(c.split("\n"))))
    elif kind == _SHARED and user is not None:
        account.sharers.append((user, int(a) if a else None))
    elif kind == _DEAL and user is not None:
        account.deals.append(Sold(key, a, b == "open"))
        if c:
            account.sellers.append(user)
