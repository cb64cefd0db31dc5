"""How fast and how rightly is a customer found among a million? Beside it LIKE, the engine's trigrams, rapidfuzz.

Run: python -m benchmarks.lookup [sqlite|postgresql] [CUSTOMERS]; without a name on SQLite, then on PostgreSQL.
A query is right when whom it means is among the first five, or five others that fit what was typed just as well.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import text as sql

from benchmarks.lookup_otherwise import LIKE, MAKE_TRIGRAMS, TRIGRAM, Ask, Found, by_rapidfuzz, by_sql
from benchmarks.many_deals import into_postgresql, into_sqlite
from benchmarks.many_names import EXACT, KINDS, LOOSE, Asked, Firm
from crm import pinyin
from crm.customers import Customer
from crm.policy import Actor
from crm.users import Chat
from handlers.look_up_customer import look_up_customer
from handlers.queries.search import NOT_FOUND
from handlers.turn import Turn
from nlu.rule import Mention, Reading
from storage.deals import pipeline_by_key, stages_of
from storage.engine import Store, open_store
from storage.ledger import open_ledger
from storage.migrate import migrate
from storage.people import actor_by_identity
from storage.pipelines import ship_pipelines
from storage.search import find, find_words
from storage.search.keep import index_all, index_anew
from storage.search.words import VISITS
from talk.incoming import Incoming
from talk.message import Outcome
from talk.views import outcome_blocks
from tests.databases import PostgresServer

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CUSTOMERS = 1_000_000
COUNT = 1_000
BOSS = 1
WORDS = ("用友", "接口文档", "数据迁移", "预算明年批", "编号00017", "试用一个月")


class Measured:
    """Times and right answers, by kind of query."""

    def __init__(self, firm: Firm) -> None:
        self._firm = firm
        self.times: dict[str, list[float]] = defaultdict(list)
        self.right: dict[str, int] = defaultdict(int)

    async def take(self, asked: Iterable[Asked], ask: Ask) -> Measured:
        """Ask each."""
        for one in asked:
            began = time.perf_counter()
            found = await ask(one)
            self.times[one.kind].append(1_000 * (time.perf_counter() - began))
            first = list(dict.fromkeys(found))[:5]
            self.right[one.kind] += one.customer in first or (
                len(first) == 5 and all(self._fits(one, k) for k in first)
            )
        return self

    def told(self, kinds: Sequence[str] = KINDS) -> str:
        """p50, p95 and how many were right of some kinds."""
        times = sorted(ms for kind in kinds for ms in self.times[kind])
        right = sum(self.right[kind] for kind in kinds)
        middle, late = times[len(times) // 2], times[int(0.95 * len(times))]
        return f"p50 {middle:7.2f} ms, p95 {late:7.2f} ms, recall@5 {right / len(times):.3f}"

    def _fits(self, one: Asked, key: int) -> bool:
        """Whether another customer fits what was typed as well as the one that was meant."""
        row = self._firm.customers[key - 1]
        people = self._firm.contacts[2 * key - 2 : 2 * key]
        if one.kind in ("last four digits", "whole phone"):
            return any(number.endswith(one.text) for number in (row[3], *(person[4] for person in people)))
        if one.kind == "contact":
            return any(one.text in person[2] for person in people)
        if one.kind in ("pinyin", "initials", "homophone"):
            spelled = pinyin.initials if one.kind == "initials" else pinyin.joined
            said = one.text if one.text.isascii() else pinyin.joined(one.text)
            return any(said in spelled(name) for name in (row[1], *(person[2] for person in people)))
        if one.kind in ("slip of the pen", "english slip"):
            name, size = row[1].lower(), len(one.text)
            spans = (name[n : n + wide] for n in range(len(name)) for wide in (size - 1, size, size + 1))
            return any(OSA.distance(one.text, span) <= 1 + (size >= 9) for span in spans)
        return one.text.lower() in row[1].lower()


async def fill(store: Store, url: str, firm: Firm) -> tuple[float, str]:
    """Write the firm, then its indexes. Returns the seconds of these, and the names' index beside the tables."""
    await migrate(store)
    async with store.writing()() as session:
        await ship_pipelines(session)
        await session.commit()
        stages = await stages_of(session, (await pipeline_by_key(session, "standard")).id)
    await _write(store, url, firm.tables(stages[1]))
    before, began = await _bytes(store), time.perf_counter()
    async with store.write.begin() as connection:
        await connection.execute(sql("DELETE FROM term_version"))
        await connection.run_sync(index_all)
    took, index = time.perf_counter() - began, await _bytes(store) - before
    told = f"{index / 1e6:.0f} MB of index beside {before / 1e6:.0f} MB of tables: {index / before:.2f}x (at most 3x)"
    await _write(store, url, [firm.visits()])
    async with store.write.begin() as connection:
        await connection.run_sync(index_anew, VISITS)
    if not store.is_sqlite:
        async with store.write.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(sql("SELECT setval('customers_id_seq', (SELECT max(id) FROM customers))"))
            await connection.execute(sql("VACUUM ANALYZE"))
    return took, told


async def _write(store: Store, url: str, tables: Iterable[tuple[str, str, Iterable[Any]]]) -> None:
    if store.is_sqlite:
        into_sqlite(url.removeprefix("sqlite:///"), tables)
    else:
        await into_postgresql(store, tables)


async def _bytes(store: Store) -> int:
    of = "SELECT pg_database_size(current_database())"
    if store.is_sqlite:
        of = (
            "SELECT (page_count - freelist_count) * page_size"
            " FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
    async with store.write.connect() as connection:
        return int(await connection.scalar(sql(of)) or 0)


def by_search(session: Any, actors: dict[int, Actor], *, as_boss: bool) -> Ask:
    """Ask the search alone, as whoever looks after the customer or as an admin."""

    async def ask(one: Asked) -> Found:
        hits = await find(session, actors[BOSS if as_boss else one.owner], one.text)
        return [hit.customer_id for hit in hits]

    return ask


async def answered(store: Store, one: Asked) -> Found:
    """The whole answer, from who speaks to the card or list that is shown."""
    async with open_ledger(store, NOW) as ledger:
        actor = await actor_by_identity(ledger.session, "none", str(one.owner))
        assert actor is not None
        ledger.actor = actor
        incoming, chat = Incoming(1, "none", "1", str(one.owner), NOW, text=one.text), Chat("none", "1")
        turn = Turn(ledger, incoming, chat, actor, one.text)
        shown = await look_up_customer(turn, Reading("look_up_customer", {"customer": Mention(one.text)}))
        outcomes = [line for line in shown if isinstance(line, Outcome)]
        for outcome in outcomes:
            outcome_blocks(outcome, turn.reader)
    return [one.customer for outcome in outcomes if outcome.key not in NOT_FOUND]


async def others(store: Store, firm: Firm, asked: Sequence[Asked]) -> None:
    """What other ways cost, each asked without rights, of a part of the queries."""
    few = asked[:: max(1, len(asked) // (7 * len(KINDS)))]  # an odd step: some of each kind
    async with store.read.connect() as connection:
        print(f"  LIKE scan:     {(await Measured(firm).take(few, by_sql(connection, *LIKE))).told()}")
    before = await _bytes(store)
    async with store.write.begin() as connection:
        for told in MAKE_TRIGRAMS[store.is_sqlite]:
            for statement in told.split(";"):
                await connection.execute(sql(statement))
    size = (await _bytes(store) - before) / 1e6
    async with store.read.connect() as connection:
        trigram = await Measured(firm).take(few, by_sql(connection, *(TRIGRAM if store.is_sqlite else LIKE)))
        print(f"  trigram index: {trigram.told()}; {size:.0f} MB")
    if store.is_sqlite:  # in memory, the same on either
        fuzzy = await Measured(firm).take(few, by_rapidfuzz(firm))
        print(f"  rapidfuzz:     {fuzzy.told()}; names of customers alone")


async def words(store: Store, actors: dict[int, Actor]) -> None:
    """Visits by the words they were told in, as an admin and as a rep."""
    reps = [key for key in actors if key != BOSS][:20]
    for who, keys in (("an admin", [BOSS]), ("a rep", reps)):
        times: dict[str, list[float]] = {}
        async with store.reading()() as session:
            for said in WORDS:
                for key in keys * (20 // len(keys)):
                    began = time.perf_counter()
                    await find_words(session, actors[key], said)
                    times.setdefault(said, []).append(1_000 * (time.perf_counter() - began))
        every = sorted(ms for each in times.values() for ms in each)
        slow = ", ".join(f"{said} {sorted(each)[len(each) // 2]:.1f}" for said, each in times.items())
        told = f"p50 {every[len(every) // 2]:.1f}, p95 {every[int(0.95 * len(every))]:.1f} ms"
        print(f"  words of visits, {who}: {told}; {slow}")


async def written(store: Store, firm: Firm) -> None:
    """What a new customer, and a new name, cost more for being found, each in a transaction of its own."""
    costs: dict[str, list[float]] = defaultdict(list)
    for number in range(200):
        for is_found in (True, False):
            async with store.writing()() as session:
                began = time.perf_counter()
                made = Customer(f"苏州新启{number}精密制造有限公司", 2, NOW, phone="0512-66660000")
                session.add(made)
                await session.flush()
                if not is_found:
                    session.info.clear()
                await session.commit()
                costs[f"new {is_found}"].append(1_000 * (time.perf_counter() - began))
                began = time.perf_counter()
                renamed = await session.get_one(Customer, 1 + 37 * number % firm.count)
                renamed.name = f"{renamed.name[:-4]}第{number}{is_found}有限公司"
                await session.flush()
                if not is_found:
                    session.info.clear()
                await session.commit()
                costs[f"rename {is_found}"].append(1_000 * (time.perf_counter() - began))
    for what in ("new", "rename"):
        with_it, without = (sorted(costs[f"{what} {one}"])[100] for one in (True, False))
        more = f"{with_it - without:+.2f} ms for the index (at most 1 ms)"
        print(f"  a {what}: median {with_it:.2f} ms a transaction, {without:.2f} without: {more}")


async def measure(name: str, url: str, firm: Firm) -> None:
    """One engine: everything filled, then each question."""
    store = open_store(url)
    took, size = await fill(store, url, firm)
    print(f"{name}: {firm.count:,} customers, {2 * firm.count:,} contacts; indexed in {took:.0f} s; {size}")
    asked = firm.asked(COUNT)
    async with store.reading()() as session:
        found = {
            key: await actor_by_identity(session, "none", str(key)) for key in {BOSS, *(one.owner for one in asked)}
        }
        actors = {key: actor for key, actor in found.items() if actor is not None}
        for who, as_boss in (("whoever looks after it", False), ("an admin", True)):
            ours = await Measured(firm).take(asked, by_search(session, actors, as_boss=as_boss))
            print(f"  ours, as {who}: {ours.told()}")
            for kind in KINDS:
                print(f"    {kind:18} {ours.told((kind,))}")
            print(f"    exact fragments    {ours.told(EXACT)} (at least 0.98)")
            print(f"    slips and pinyin   {ours.told(LOOSE)} (at least 0.90)")
    answers = await Measured(firm).take(asked, lambda one: answered(store, one))
    print(f"  the whole answer: {answers.told()} (p95 at most 15 ms)")
    await words(store, actors)
    await written(store, firm)
    await others(store, firm, asked)
    await store.close()


async def main() -> None:
    """On the engines asked for."""
    engines = [one for one in sys.argv[1:] if not one.isdecimal()] or ["sqlite", "postgresql"]
    firm = Firm(next((int(one) for one in sys.argv[1:] if one.isdecimal()), CUSTOMERS), NOW)
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in engines:
            await measure("SQLite", f"sqlite:///{folder}/lookup.db", firm)
        if "postgresql" in engines:
            server = PostgresServer()
            try:
                await measure("PostgreSQL", await server.empty(), firm)
            finally:
                server.stop()


if __name__ == "__main__":
    asyncio.run(main())
