"""What does knowing many customers cost? Load time and memory, µs of name search a message, ms for one more customer.

`python -m benchmarks.understanding [--customers 20 100000]`; the last is compared with the first.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import psutil  # type: ignore[import-untyped]

from benchmarks import market
from nlu.finders import colleague, company, competitor, deal, people
from nlu.known import KnownUser
from nlu.names import Names, fold

MESSAGES, ADDED, SAMPLED, AT_ONCE = 1_000, 200, 2_000, 2_000


@dataclass(frozen=True)
class Figures:
    """What was measured with so many customers: seconds and MB to load them, µs a message, ms a customer added."""

    customers: int
    load_s: float
    memory_mb: float
    cold_us: float
    median_us: float
    slowest_us: float
    added_ms: float


def search(names: Names, folded: str) -> None:
    """All that is done about names in one message."""
    places = names.places(folded)
    persons = [*people.find(folded, places), *colleague.find(folded, places)]
    company.find(folded, places, persons)
    deal.find(folded, places)
    competitor.find(folded, names.competitors)


def measured(count: int) -> Figures:
    """The figures with so many customers."""
    warm = Names()
    for customer in market.customers(200, seed=1):
        warm.put_customer(customer)
    for said in market.messages(list(market.customers(200, seed=1))):
        search(warm, fold(said))
    del warm
    gc.collect()
    before = psutil.Process().memory_info().rss
    names, load, left = Names(competitors=("用友", "金蝶")), 0.0, market.customers(count)
    while some := list(islice(left, AT_ONCE)):
        load += _seconds(lambda some=some: names.put_customers(some))
    del some
    gc.collect()
    memory = (psutil.Process().memory_info().rss - before) / 2**20
    for number in range(20):
        names.put_user(KnownUser(-number, f"员工{number}", (f"小{number}",)))
    said = _said(count)
    cold = [_seconds(lambda text=text: search(names, text)) for text in said]
    warm_times = [_seconds(lambda text=text: search(names, text)) for text in said]
    return Figures(
        count,
        load,
        memory,
        1e6 * statistics.median(cold),
        1e6 * statistics.median(warm_times),
        1e6 * max(cold),
        1e3 * _added(names, count),
    )


def _said(count: int) -> list[str]:
    step = max(1, count // SAMPLED)
    known = list(islice(market.customers(count), 0, None, step))
    return [fold(text) for text in islice(market.messages(known * (MESSAGES // len(known) + 1)), MESSAGES)]


def _added(names: Names, count: int) -> float:
    """Seconds for a customer added or replaced, the slowest of many."""
    new = list(islice(market.customers(count + ADDED, seed=13), count, None)) if count < ADDED else []
    new = new or [replace(c, key=count + c.key) for c in market.customers(ADDED, seed=13)]
    return max(_seconds(lambda customer=customer: names.put_customer(customer)) for customer in [*new, *new])


def _seconds(what: object) -> float:
    start = time.process_time()
    what()  # type: ignore[operator]
    return time.process_time() - start


def main(told: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[20, 100_000])
    figures = [measured(count) for count in parser.parse_args(told).customers]
    print("customers  load s  memory MB  cold us  median us  slowest us  added ms")
    for one in figures:
        print(
            f"{one.customers:9,}  {one.load_s:6.2f}  {one.memory_mb:9.1f}  {one.cold_us:7.0f}  {one.median_us:9.0f}"
            f"  {one.slowest_us:10.0f}  {one.added_ms:8.2f}"
        )
    print(f"ratio of the median, last to first: {figures[-1].median_us / figures[0].median_us:.2f}")


if __name__ == "__main__":
    main()
