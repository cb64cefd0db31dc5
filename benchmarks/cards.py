"""How much of a business card's photo is read rightly, how long it takes, and what the reading process needs at most.

Run: python -m benchmarks.cards. The cards are drawn (tests/card_samples.py), so this is a lower bound of difficulty.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator

from bot.picture_words import PictureWords
from crm.contact_cards import ContactCard
from crm.reach import bare
from nlu.business_card import read_card
from tests.card_samples import SAMPLES, Sample

FIELDS = ("name", "company", "title", "phones", "email", "wechat", "address")


def compared(found: ContactCard, told: ContactCard) -> Iterator[tuple[str, bool]]:
    """Each field that a card has, and whether it was read rightly, spaces and case left aside."""
    for name in FIELDS:
        wanted = getattr(told, name)
        if wanted:
            yield name, _plain(name, getattr(found, name)) == _plain(name, wanted)


def _plain(name: str, value: str | tuple[str, ...]) -> object:
    if name == "phones":
        return sorted(bare(phone) for phone in value)
    return "".join(str(value).split()).casefold().replace(",", ",").rstrip(".")


async def measure(words: PictureWords, sample: Sample) -> tuple[int, int, float]:
    """Fields read rightly, fields there are, seconds."""
    picture = sample.jpeg()
    began = time.perf_counter()
    found = read_card(await words.read(picture, sample.name))
    seconds = time.perf_counter() - began
    fields = list(compared(found, sample.card))
    wrong = [f"{name}: {getattr(found, name)!r}" for name, is_right in fields if not is_right]
    unmarked = [name for name, is_right in fields if not is_right and name not in found.doubtful]
    right = sum(is_right for _, is_right in fields)
    more = f"{'; '.join(wrong)}{'  UNMARKED' if unmarked else ''}"
    print(f"{sample.name:42} {right}/{len(fields)}  {seconds:5.1f} s  {more}")
    return right, len(fields), seconds


async def main() -> None:
    """Read them all, one after the other."""
    words = PictureWords()
    told = [await measure(words, sample) for sample in SAMPLES]
    right, there = sum(one[0] for one in told), sum(one[1] for one in told)
    seconds = sorted(one[2] for one in told)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(told)} cards: {right}/{there} fields right = {right / there:.3f}")
    print(f"seconds: median {seconds[len(seconds) // 2]:.1f}, most {seconds[-1]:.1f}")
    print(f"peak memory of the child: {peak:.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
