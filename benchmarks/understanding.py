"""What does understanding cost, and what does knowing many customers add? In one run, on one core.

`python -m benchmarks.understanding [--customers 20 100000] [--without-peers]`. Every figure comes from a fresh process:
the names (load, memory, search, additions) for each number of customers, then, with the last, messages read in full,
beside libraries that read only their times, and `python -m nlu` from its start to its first answer.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from benchmarks import market
from benchmarks.peers import times_of_peers
from nlu.finders import colleague, company, competitor, deal, people
from nlu.known import KnownCustomer, KnownUser
from nlu.names import Names, fold
from nlu.understand import understand
from nlu.world import focus_of, names_of, sender_of

MESSAGES, ADDED, SAMPLED, AT_ONCE, TURNS = 1_000, 1_000, 2_000, 2_000, 5
USUAL = 200  # characters of a message that people write
SAMPLES = Path(__file__).parent.parent / "tests" / "nlu" / "samples"
SETS = ("dev", "dev2", "dev3")
Figures = dict[str, float]
Line = dict[str, Any]


def search(names: Names, folded: str) -> None:
    """All that is done about names in one message."""
    places = names.places(folded)
    persons = [*people.find(folded, places), *colleague.find(folded, places)]
    company.find(folded, places, persons)
    deal.find(folded, places)
    competitor.find(folded, names.competitors)


def of_names(count: int) -> Figures:
    """Seconds and MB to load so many customers, µs a message to search, ms to add one."""
    warm = _loaded(market.customers(200, seed=1), Names())
    for told in market.messages(list(market.customers(200, seed=1))):
        search(warm, fold(told))
    del warm
    gc.collect()
    libraries = _resident()
    names, load, left = Names(competitors=("用友", "金蝶")), 0.0, market.customers(count)
    while some := list(islice(left, AT_ONCE)):
        load += _seconds(partial(names.put_customers, some))
    settled = _seconds(names.settle)
    del some
    gc.collect()
    memory = _resident() - libraries
    for number in range(20):
        names.put_user(KnownUser(-number, f"员工{number}", (f"小{number}",)))
    said = _said(count)
    cold = [1e6 * _seconds(partial(search, names, text)) for text in said]
    again = [1e6 * _seconds(partial(search, names, text)) for text in said]
    added = [1e3 * _seconds(partial(names.put_customer, one)) for one in _new(count)]
    return {
        "libraries MB": libraries,
        "load s": load,
        "in order s": settled,
        "memory MB": memory,
        "cold us": statistics.median(cold),
        "median us": statistics.median(again),
        "p99 us": _p99(again),
        "added ms": statistics.median(added),
        "p99 ms": _p99(added),
    }


def of_reading(count: int) -> Figures:
    """ms a sample message to read in full, with so many customers known besides those of the samples."""
    means, usual = [], []
    for which in SETS:
        world = json.loads((SAMPLES / f"world_{which}.json").read_text("utf-8"))
        names = _loaded(market.customers(count), names_of(world))
        best = _best(partial(_read, names), _lines(which))
        means += best
        usual += [ms for ms, line in zip(best, _lines(which), strict=True) if len(line["text"]) <= USUAL]
    return {"mean ms": statistics.mean(means), "median ms": statistics.median(usual), "p99 ms": _p99(usual)}


def of_start(count: int) -> Figures:
    """Seconds and MB of `python -m nlu` until its first answer, with so many customers in its world."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"customers": [_told(customer) for customer in market.customers(count)]}, file, ensure_ascii=False)
        file.flush()
        line = json.dumps({"id": "1", "now": "2026-11-21T18:30+08:00", "sender": "", "text": "提醒我明天给王总打电话"})
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "nlu", "--world", file.name],
            input=line + "\n",
            stdout=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        ready = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"ready s": ready, "CPU s": used.ru_utime + used.ru_stime, "peak MB": used.ru_maxrss / 1024}


def _loaded(customers: Iterable[KnownCustomer], names: Names) -> Names:
    names.put_customers(customers)
    names.settle()
    return names


def _read(names: Names, line: Line) -> None:
    now, sender = datetime.fromisoformat(line["now"]), sender_of(names, line.get("sender"))
    understand(line["text"], now=now, names=names, sender=sender, focus=focus_of(line.get("focus")))


def _lines(which: str) -> list[Line]:
    return [json.loads(line) for line in (SAMPLES / f"{which}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def _said(count: int) -> list[str]:
    step = max(1, count // SAMPLED)
    known = list(islice(market.customers(count), 0, None, step))
    return [fold(text) for text in islice(market.messages(known * (MESSAGES // len(known) + 1)), MESSAGES)]


def _new(count: int) -> list[KnownCustomer]:
    """Customers added, and then put again in place of themselves."""
    new = [replace(customer, key=count + number) for number, customer in enumerate(market.customers(ADDED, seed=13))]
    return [*new, *new]


def _told(customer: KnownCustomer) -> Line:
    """A customer as a world tells it."""
    return {
        "name": customer.name,
        "aliases": customer.short_names,
        "contacts": [{"name": contact.name, "title": contact.title} for contact in customer.contacts],
        "deals": [{"name": deal.name, "stage": deal.stage} for deal in customer.deals],
    }


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def _best(read: Callable[[Line], object], lines: Sequence[Line]) -> list[float]:
    """The ms of each line in the best of some turns."""
    turns = [[1e3 * _seconds(partial(read, line)) for line in lines] for _ in range(TURNS)]
    return [min(times) for times in zip(*turns, strict=True)]


def _p99(figures: Sequence[float]) -> float:
    return statistics.quantiles(figures, n=100)[98]


def _seconds(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


MEASURES = {"names": of_names, "reading": of_reading, "start": of_start}


def _fresh(measure: str, count: int) -> Figures:
    """What a measure gives in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.understanding", "--measure", measure, "--customers", str(count)]
    told: Figures = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)
    return told


def _print(title: str, figures: Figures) -> None:
    print(f"{title}: " + "  ".join(f"{name} {value:.2f}" for name, value in figures.items()))


def main(told: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[20, 100_000])
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    given = parser.parse_args(told)
    if given.measure:
        print(json.dumps(MEASURES[given.measure](given.customers[0])))
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    names = [_fresh("names", count) for count in given.customers]
    for count, figures in zip(given.customers, names, strict=True):
        _print(f"names of {count:,} customers", figures)
    print(f"search, last to first: {names[-1]['median us'] / names[0]['median us']:.2f}")
    most = given.customers[-1]
    _print(f"python -m nlu with {most:,} customers", _fresh("start", most))
    reading = _fresh("reading", most)
    _print(f"reading with {most:,} customers", reading)
    print(f"p99 to median of messages up to {USUAL} characters: {reading['p99 ms'] / reading['median ms']:.1f}")
    if not given.without_peers:
        peers = times_of_peers([line for which in SETS for line in _lines(which)])
        for peer, ms in peers.items():
            print(f"{peer} only: {ms:.2f} ms a message, {ms / reading['mean ms']:.1f} times a full reading")


if __name__ == "__main__":
    main()
