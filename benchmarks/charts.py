"""How long a picture takes, and how much memory drawing so many of them adds to the process.

python -m benchmarks.charts [PICTURES]
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable

from talk.charts import Bar, Chart, FunnelChart, Point, TrendChart, png

PICTURES = 50
ZH = ("线索确认", "需求沟通", "方案报价", "商务谈判", "合同审批", "赢单")
EN = ("Qualified", "Requirements confirmed", "Proposal", "Negotiation", "Contract approval", "Won")


def funnel(n: int, stages: tuple[str, ...]) -> Chart:
    """A funnel of six stages."""
    bars = tuple(
        Bar(name, f"{60 - at * 9 + n}", f"¥{n},{at}34,000", 60 - at * 9, "+2") for at, name in enumerate(stages)
    )
    return FunnelChart(f"漏斗 Funnel {n}", "2026-11-20 18:00", bars, "加权预测 ¥4,860,000 / ¥6,000,000 (81%)")


def weeks(n: int) -> Chart:
    """Eight columns with a target."""
    points = tuple(Point(f"W{at}", at * 7 % 5 + n, f"¥{at * 7 % 5 + n}万") for at in range(8))
    return TrendChart(f"赢单 {n}", "近 8 周", points, n + 3, "目标")


def months(n: int) -> Chart:
    """Twelve rows with a target."""
    points = tuple(Point(f"2026-{at:02}", at * 7 % 5 + n, f"$1,{at:03},{n:03}.00") for at in range(1, 13))
    return TrendChart(f"Won {n}", "12 months", points, n + 3, "Target")


KINDS: tuple[tuple[str, Callable[[int], Chart]], ...] = (
    ("funnel, Chinese", lambda n: funnel(n, ZH)),
    ("funnel, English", lambda n: funnel(n, EN)),
    ("trend of 8 weeks", weeks),
    ("trend of 12 months", months),
)


def peak_mb() -> float:
    """The most memory that this process has held."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 2**20 if sys.platform == "darwin" else held / 2**10


def main(pictures: int) -> None:
    """Draw, and tell a line a kind and the whole as JSON."""
    before = peak_mb()
    spent: dict[str, list[float]] = {name: [] for name, _ in KINDS}
    size: dict[str, int] = {}
    for n in range(pictures):
        name, made = KINDS[n % len(KINDS)]
        start = time.perf_counter()
        size[name] = len(png(made(n)))
        spent[name].append((time.perf_counter() - start) * 1000)
    added = peak_mb() - before
    for name, times in spent.items():
        if times:
            print(f"{name:20} median {statistics.median(times):6.1f} ms, most {max(times):6.1f}, {size[name]:,} bytes")
    each = [one for times in spent.values() for one in times]
    facts = {"pictures": pictures, "ms": round(statistics.median(each), 1), "memory_mb": round(added, 1)}
    print(f"memory added by {pictures} pictures: {added:.1f} MB, {added / pictures:.2f} MB a picture")
    print(json.dumps(facts))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
