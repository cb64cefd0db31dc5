"""One clean entry to whatever goes by a text: customers, people and deals, ranked, with the asker's rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor, may, relations
from storage.customers import last_contacts
from storage.search.accounts import account_rows, accounts_in
from storage.search.folded import digits
from storage.search.judge import Fit, Said
from storage.search.keep import CUSTOMERS, keep_level
from storage.search.plan import How, Way, plan
from storage.search.terms import TAIL, Account, owner_term
from storage.tables import customers
from storage.visibility import sees_customer

MOST = 50  # customers that are looked at for one way of being found
FEW = 200  # people whose customers are looked for by their owners; of more, whatever is found is sifted
KINDS = ("customer", "contact", "deal")


@dataclass(frozen=True)
class Hit:
    """Something found: `kind` is one of KINDS; `key` its id; `name` its own, `customer` its customer's; `title` is what
    somebody is there. Where it is not the name that fits, `by` tells what does (phone, tax_id, called), and `told` the
    end of the number, or the words.
    """

    kind: str
    key: int
    name: str
    customer: str
    customer_id: int
    fit: Fit
    title: str = ""
    by: str = ""
    told: str = ""


async def find(session: AsyncSession, actor: Actor, text: str, limit: int = MOST) -> list[Hit]:
    """What the actor sees that goes by a text, the likeliest first; surer ways of being found leave out the others.

    A whole name comes first; then one's own before others', customers before people before deals, what fits as it is
    written before what sounds so, open deals first, the last contacted first. Writes nothing.
    """
    if not actor.user.is_active:
        return []
    await session.run_sync(keep_level)
    said = Said(text)
    for way in plan(text):
        seen = await _accounts(session, actor, way)
        hits = [(account, hit) for account in seen for hit in _hits(account, actor, said, way.how)]
        if hits:
            return await _ranked(session, actor, _as_written(hits), limit)
    return []


def _as_written(hits: list[tuple[Account, Hit]]) -> list[tuple[Account, Hit]]:
    """Without what a hurried ear alone takes for it, where anything fits better: 华星 for huaxin."""
    return [one for one in hits if one[1].fit is not Fit.BLURRED] or hits


async def _accounts(session: AsyncSession, actor: Actor, way: Way) -> list[Account]:
    """The customers found in one way that the actor sees; where there are very many, the actor's own among them."""
    people = {actor.id, *actor.below}
    is_everybodys = actor.user.role == "admin" or len(people) > FEW
    found = await _keys(session, way, () if is_everybodys else people)
    keys = dict.fromkeys(found)
    if len(found) == MOST and (is_everybodys or len(people) > 1):
        keys = dict.fromkeys([*await _keys(session, way, (actor.id,)), *found][:MOST])
    accounts = await account_rows(session, list(keys))
    seen = [account for account in accounts_in(accounts).values() if sees(actor, account)]
    if not seen and len(found) == MOST:  # all of those looked at are others'
        seen = list(accounts_in(await account_rows(session, await _theirs(session, actor, way))).values())
    return seen


async def _keys(session: AsyncSession, way: Way, people: Sequence[int] | set[int]) -> list[int]:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement, values = CUSTOMERS.find(
        way.clauses, [owner_term(one) for one in sorted(people)], MOST, is_sqlite=is_sqlite
    )
    return list((await session.execute(statement, values)).scalars())


async def _theirs(session: AsyncSession, actor: Actor, way: Way) -> list[int]:
    """The same for somebody who has very many people, none of whose customers are among the first."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement, values = CUSTOMERS.find(way.clauses, (), None, is_sqlite=is_sqlite)
    matching = statement.columns(customers.c.id).subquery()
    found = select(customers.c.id).where(customers.c.id.in_(select(matching.c.id)), sees_customer(actor)).limit(MOST)
    return list(await session.scalars(found, values))


def sees(actor: Actor, account: Account) -> bool:
    """Whether an actor sees a customer: the policy's table, asked in Python, for the few that were found."""
    if actor.user.role == "admin":
        return may("see", ("admin",))
    people = {actor.id, *actor.below}
    is_shared = any(user == actor.id and chat not in actor.barred for user, chat in account.sharers)
    is_sharer = is_shared or not people.isdisjoint(account.sellers)
    return may("see", relations(actor, account.owner_id, {actor.id} if is_sharer else ()))


def _hits(account: Account, actor: Actor, said: Said, how: How) -> Iterator[Hit]:
    """What of a customer fits: itself, its people, its deals."""

    def hit(kind: str, key: int, name: str, fit: Fit | None, **more: str) -> Iterator[Hit]:
        if fit is not None:
            yield Hit(kind, key, name, account.name, account.id, fit, **more)

    fit, by, told = _fit_of(account, actor, said, how)
    yield from hit("customer", account.id, account.name, fit, by=by, told=told)
    for person in account.people:
        fit = said.fits_person(person.name, person.title, person.phones, how)
        ends = _number(said, person.phones) if fit is not None and how is How.NAMED else ""
        by = "phone" if ends else ""
        yield from hit("contact", person.id, person.name, fit, title=person.title, by=by, told=ends)
    for deal in account.deals:
        yield from hit("deal", deal.id, deal.name, said.fits_name(deal.name, how))


def _fit_of(account: Account, actor: Actor, said: Said, how: How) -> tuple[Fit | None, str, str]:
    """How a customer fits the best, and by what beside its name, with the words or the end of the number."""
    called = [text for text, learnt_by in account.called if learnt_by in (None, actor.id)]
    fits = [(said.fits_name(account.name, how), "", "")]
    fits += [(said.fits_name(text, how), "called", text) for text in called]
    if how is How.NAMED:
        fits.append((said.fits_number(account.phone), "phone", _number(said, (account.phone,))))
        fits.append((said.fits_tax_id(account.tax_id), "tax_id", account.tax_id))
    known = [(fit, by, told) for fit, by, told in fits if fit is not None]
    return min(known, key=lambda one: one[0], default=(None, "", ""))


def _number(said: Said, phones: Iterable[str]) -> str:
    """The last figures of the number that fits, "" where none does."""
    return next((digits(phone)[-TAIL:] for phone in phones if said.fits_number(phone) is not None), "")


async def _ranked(session: AsyncSession, actor: Actor, hits: list[tuple[Account, Hit]], limit: int) -> list[Hit]:
    keys = {account.id for account, _ in hits}
    contacted = await last_contacts(session, list(keys)) if len(keys) > 1 else {}

    def order(found: tuple[Account, Hit]) -> tuple[object, ...]:
        account, hit = found
        is_open = any(deal.is_open for deal in account.deals)
        recent = contacted.get(account.id, date.min).toordinal()
        own = account.owner_id == actor.id
        likely = (hit.fit is not Fit.WHOLE, not own, KINDS.index(hit.kind), hit.fit > Fit.PARTS, hit.fit is Fit.BLURRED)
        return (*likely, not is_open, -recent, hit.fit, hit.name, hit.key)

    return [hit for _, hit in sorted(hits, key=order)][:limit]
