"""How much of a business card's photo is read rightly, how long it takes, and what the reading process needs at most.

Run: python -m benchmarks.cards. The cards are drawn (tests/card_samples.py), so this is a lower bound of difficulty.
Those that were held out say more than those that the rules were made with.
"""

from __future__ import annotations

import asyncio
import re
import resource
import time
from collections.abc import Iterator

from bot.picture_words import PictureWords
from crm.contact_cards import ContactCard
from crm.reach import bare
from nlu.business_card import read_card
from tests.card_samples import HELD_OUT, SAMPLES, Sample

FIELDS = ("name", "company", "title", "phones", "email", "wechat", "address")


def compared(found: ContactCard, told: ContactCard) -> Iterator[tuple[str, bool]]:
    """Each field that a card has, and whether it was read rightly, spaces and case left aside."""
    for name in FIELDS:
        wanted = getattr(told, name)
        if wanted:
            yield name, _plain(name, getattr(found, name)) == _plain(name, wanted)


def _plain(name: str, value: str | tuple[str, ...]) -> object:
    if name == "phones":
        return sorted((bare(phone), _extension(phone)) for phone in value)
    return "".join(str(value).split()).casefold().replace(",", ",").rstrip(".")


def _extension(phone: str) -> str:
    """The digits behind 转, ext. or x."""
    parts = re.split(r"转|ext\.?|x", phone, maxsplit=1, flags=re.IGNORECASE)
    return "".join(re.findall(r"\d", parts[1])) if len(parts) > 1 else ""


async def measure(words: PictureWords, sample: Sample) -> tuple[int, int, int, float]:
    """Fields read rightly, fields there are, fields told wrongly and not marked as doubtful, seconds."""
    picture = sample.jpeg()
    began = time.perf_counter()
    found = read_card(await words.read(picture, sample.name))
    seconds = time.perf_counter() - began
    fields = list(compared(found, sample.card))
    wrong = [f"{name}: {getattr(found, name)!r}" for name, is_right in fields if not is_right]
    unmarked = [n for n, is_right in fields if not is_right and getattr(found, n) and n not in found.doubtful]
    right = sum(is_right for _, is_right in fields)
    more = f"{'; '.join(wrong)}{'  UNMARKED' if unmarked else ''}"
    print(f"{sample.name:42} {right}/{len(fields)}  {seconds:5.1f} s  {more}")
    return right, len(fields), len(unmarked), seconds


async def measure_all(words: PictureWords, called: str, samples: tuple[Sample, ...]) -> None:
    """What is right of all the fields of some cards."""
    told = [await measure(words, sample) for sample in samples]
    right, there, unmarked = (sum(one[at] for one in told) for at in range(3))
    seconds = sorted(one[3] for one in told)
    print(f"{called}, {len(told)} cards: {right}/{there} fields right = {right / there:.3f}")
    print(f"wrong and not marked as doubtful: {unmarked}")
    print(f"seconds: median {seconds[len(seconds) // 2]:.1f}, most {seconds[-1]:.1f}\n")


async def main() -> None:
    """Read them all, one after the other."""
    words = PictureWords()
    await measure_all(words, "the rules were made with these", SAMPLES)
    await measure_all(words, "held out", HELD_OUT)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of the child: {peak:.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
