"""Business cards of many designs, drawn: what each says, and its picture.

The rules were made with card_samples.yaml at hand; those in card_samples_held_out.yaml tell how good they are.
"""

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
SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")  # where it is installed
SIMPLIFIED = 2  # of the fonts in that file
Placed = tuple[int, int, int, str] | tuple[int, int, int, str, str]  # left, top, height of the letters, words, style
Block = tuple[int, int, int, int, str]  # left, top, right, bottom, colour


@dataclass(frozen=True)
class Sample:
    """A card's design and what is to be read from it."""

    name: str
    card: ContactCard
    words: tuple[Placed, ...]
    size: tuple[int, int] = (1050, 600)
    ink: str = "#1a1a1a"
    paper: str = "#ffffff"
    blocks: tuple[Block, ...] = ()
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
        for *corners, colour in self.blocks:
            pen.rectangle(corners, fill=colour)
        for left, top, height, words, *styles in self.words:
            style = " ".join(styles).split()
            font = ImageFont.truetype(str(FONT), height)
            if "serif" in style and SERIF.exists():
                font = ImageFont.truetype(str(SERIF), height, index=SIMPLIFIED)
            ink = next((each for each in style if each.startswith("#")), self.ink)
            stroke = max(1, height // 32) if "bold" in style else 0
            each_by_itself = enumerate(words) if "vertical" in style else [(0, words)]
            for row, part in each_by_itself:
                below = top + row * height * 23 // 20
                pen.text((left, below), part, font=font, fill=ink, stroke_width=stroke)
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


def tilted(image: Image.Image) -> Image.Image:
    """A card seen from one side: what lies farther off is smaller."""
    wide, high = image.size
    corners = (
        -0.18 * wide,
        -0.13 * high,
        -0.06 * wide,
        1.08 * high,
        1.08 * wide,
        1.17 * high,
        1.12 * wide,
        -0.08 * high,
    )
    size = (wide * 6 // 5, high * 5 // 4)
    return image.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="#6e6256")


def shadowed(image: Image.Image) -> Image.Image:
    """A card on a table with an arm's shadow across it."""
    table = Image.new("RGB", (image.width + 160, image.height + 120), "#b9a98f")
    table.paste(image, (80, 60))
    wide, high = table.size
    light = Image.new("L", table.size, 255)
    arm = ((0, high), (wide * 55 // 100, 0), (wide * 9 // 10, 0), (wide * 35 // 100, high))
    ImageDraw.Draw(light).polygon(arm, fill=110)
    soft = light.filter(ImageFilter.GaussianBlur(35))
    return Image.composite(table, Image.new("RGB", table.size), soft).filter(ImageFilter.GaussianBlur(0.7))


def squeezed(image: Image.Image) -> Image.Image:
    """A picture that was forwarded often: smaller, and full of JPEG's blocks."""
    smaller = image.resize((image.width * 4 // 5, image.height * 4 // 5), Image.Resampling.BILINEAR)
    return Image.open(io.BytesIO(encoded(smaller, "JPEG", quality=28))).convert("RGB")


SPOILED = {
    "askew": turned(-4),
    "turned": turned(4),
    "photographed": photographed,
    "shrunk": shrunk,
    "patterned": patterned,
    "tilted": tilted,
    "shadowed": shadowed,
    "squeezed": squeezed,
}


def _samples(file: str) -> Iterator[Sample]:
    told: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(file).read_text("utf-8"))
    for name, own in told.items():
        given = {**told.get(own.pop("like", ""), {}), **own}
        card: dict[str, Any] = {field: tuple(v) if isinstance(v, list) else v for field, v in given["card"].items()}
        given |= {"card": ContactCard(**card), "words": tuple(tuple(word) for word in given["words"])}
        if "spoil" in given:
            given["spoil"] = SPOILED[given["spoil"]]
        if "size" in given:
            given["size"] = tuple(given["size"])
        if "blocks" in given:
            given["blocks"] = tuple(tuple(block) for block in given["blocks"])
        yield Sample(name, **given)


SAMPLES = tuple(_samples("card_samples.yaml"))
HELD_OUT = tuple(_samples("card_samples_held_out.yaml"))


def not_a_card() -> bytes:
    """A picture with some words that is none: a notice on a door."""
    notice = ((120, 100, 70, "今日盘点"), (120, 240, 50, "暂停营业一天"), (120, 360, 40, "请走侧门"))
    return Sample("a notice", ContactCard(), notice).jpeg()
