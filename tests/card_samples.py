"""Business cards of many designs (card_samples.yaml), drawn: what each says, and its picture."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from crm.contact_cards import ContactCard

FONT = Path(__file__).parents[1] / "talk" / "charts" / "noto_sans_sc.otf"
Placed = tuple[int, int, int, str]  # left, top, height of the letters, words


@dataclass(frozen=True)
class Sample:
    """A card's design and what is to be read from it."""

    name: str
    card: ContactCard
    words: tuple[Placed, ...]
    size: tuple[int, int] = (1050, 600)
    ink: str = "#1a1a1a"
    paper: str = "#ffffff"
    spoil: Callable[[Image.Image], Image.Image] = lambda image: image

    def png(self) -> bytes:
        """The picture."""
        return encoded(self.spoil(self.drawn()), "PNG")

    def jpeg(self, quality: int = 85) -> bytes:
        """The picture as a telephone would send it."""
        return encoded(self.spoil(self.drawn()), "JPEG", quality=quality)

    def drawn(self) -> Image.Image:
        """The card itself."""
        image = Image.new("RGB", self.size, self.paper)
        pen = ImageDraw.Draw(image)
        for left, top, height, words in self.words:
            pen.text((left, top), words, font=ImageFont.truetype(str(FONT), height), fill=self.ink)
        return image


def encoded(image: Image.Image, kind: str, **more: int) -> bytes:
    """A picture's bytes."""
    into = io.BytesIO()
    image.save(into, kind, **more)
    return into.getvalue()


def turned(degrees: float) -> Callable[[Image.Image], Image.Image]:
    """A card that lies askew on a table."""
    return lambda image: image.rotate(degrees, expand=True, fillcolor="#8a7f70", resample=Image.Resampling.BICUBIC)


def photographed(image: Image.Image) -> Image.Image:
    """A hand-held photo in poor light: askew, blurred, darker to one side, grainy."""
    askew = turned(2.5)(image)
    shade = Image.linear_gradient("L").rotate(90).resize(askew.size).point(lambda light: 150 + light * 105 // 255)
    dim = Image.composite(askew, Image.new("RGB", askew.size, "#55504a"), shade)
    grain = Image.effect_noise(dim.size, 22).convert("RGB")
    return Image.blend(dim.filter(ImageFilter.GaussianBlur(0.9)), grain, 0.12)


def shrunk(image: Image.Image) -> Image.Image:
    """A card that fills a small part of a messenger's small picture."""
    return image.resize((image.width * 6 // 10, image.height * 6 // 10), Image.Resampling.LANCZOS)


def patterned(image: Image.Image) -> Image.Image:
    """Thin lines behind the words."""
    pen = ImageDraw.Draw(image, "RGBA")
    chance = random.Random(3)
    for _ in range(40):
        across = chance.randint(0, image.width)
        pen.line((across, 0, across - 200, image.height), fill=(80, 130, 200, 40), width=2)
    return image


SPOILED = {"askew": turned(-4), "photographed": photographed, "shrunk": shrunk, "patterned": patterned}


def _samples() -> Iterator[Sample]:
    told: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    for name, own in told.items():
        given = {**told.get(own.pop("like", ""), {}), **own}
        card: dict[str, Any] = {field: tuple(v) if isinstance(v, list) else v for field, v in given["card"].items()}
        given |= {"card": ContactCard(**card), "words": tuple(tuple(word) for word in given["words"])}
        if "spoil" in given:
            given["spoil"] = SPOILED[given["spoil"]]
        if "size" in given:
            given["size"] = tuple(given["size"])
        yield Sample(name, **given)


SAMPLES = tuple(_samples())


def not_a_card() -> bytes:
    """A picture with some words that is none: a notice on a door."""
    notice = ((120, 100, 70, "今日盘点"), (120, 240, 50, "暂停营业一天"), (120, 360, 40, "请走侧门"))
    return Sample("a notice", ContactCard(), notice).jpeg()
