"""Telegram's HTML: text with tags in, plain text and entities (UTF-16 offsets) out, with its own refusals."""

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.errors import bad_request
from sandbox.units import length

Entity = dict[str, Any]

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_PLAIN = re.compile(r"[^<&]+")
_TAG = re.compile(r"<([^\s>]*)")
_END_TAG = re.compile(r"</([^\s>]*)\s*")
_NAME = re.compile(r"\s*([^\s=>]+)\s*(=?)\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass
class _Tag:
    """A tag that is still open, and where its text began."""

    name: str
    argument: str
    units: int
    pieces: int


def parse(text: str) -> tuple[str, list[Entity]]:
    """Text without its tags, and the entities they stood for. ApiError as Telegram words it."""
    reader = _Reader(text)
    reader.run()
    return "".join(reader.pieces), sorted(reader.entities, key=lambda each: (each["offset"], -each["length"]))


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    is_valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_valid else match[0]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.units = 0
        self.pieces: list[str] = []
        self.open: list[_Tag] = []
        self.entities: list[Entity] = []

    def run(self) -> None:
        while self.at < len(self.text):
            if self.text[self.at] == "&":
                self._reference()
            elif self.text.startswith("</", self.at):
                self._end_tag()
            elif self.text[self.at] == "<":
                self._start_tag()
            else:
                self._plain()
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].name}\""
            )

    def _refuse(self, reason: str, at: int) -> NoReturn:
        offset = len(self.text[:at].encode("utf-8", "replace"))
        raise bad_request(f"can't parse entities: {reason.replace('@', f'at byte offset {offset}')}")

    def _emit(self, text: str) -> None:
        self.pieces.append(text)
        self.units += length(text)

    def _plain(self) -> None:
        match = _PLAIN.match(self.text, self.at)
        assert match  # noqa: S101 - run() sends only what is neither tag nor reference
        self.at = match.end()
        self._emit(match[0])

    def _reference(self) -> None:
        match = _REFERENCE.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1
        self._emit(_character(match) if match else "&")

    def _start_tag(self) -> None:
        begin = self.at
        match = _TAG.match(self.text, begin)
        name = match[1].lower() if match else ""
        self.at = begin + 1 + len(name)
        if self.at >= len(self.text):
            self._refuse("Unclosed start tag @", begin)
        if name not in TYPES:
            self._refuse(f'Unsupported start tag "{name}" @', begin)
        argument = self._attributes(name, begin)
        if name == "span" and argument != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler" @', begin)
        if name == "tg-emoji" and not argument.isdigit():
            self._refuse("Invalid custom emoji identifier specified", begin)
        self.open.append(_Tag(name, argument, self.units, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to '>' and return the one value that matters for this tag."""
        argument = ""
        while True:
            self._skip_space()
            if self.at >= len(self.text):
                self._refuse(f'Unclosed start tag "{tag}" @', begin)
            if self.text[self.at] == ">":
                self.at += 1
                return argument
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        match = _NAME.match(self.text, self.at)
        if not match:
            self._refuse(f'Empty attribute name in the tag "{tag}" @', begin)
        self.at = match.end()
        name = match[1].lower()
        if not match[2]:
            if self.at < len(self.text) and name != "expandable":
                self._refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}" @', begin)
            return name, ""
        return name, self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        quote = self.text[self.at : self.at + 1]
        if quote in ("'", '"'):
            end = self.text.find(quote, self.at + 1)
            if end < 0:
                self._refuse(f'Unclosed start tag "{tag}" @', begin)
            value = self.text[self.at + 1 : end]
            self.at = end + 1
            return _REFERENCE.sub(_character, value)
        token = _TOKEN.match(self.text, self.at)
        start, self.at = self.at, token.end() if token else self.at
        after = self.text[self.at : self.at + 1]
        if after and not after.isspace() and after != ">":
            self._refuse("Unexpected end of name token @", start)
        return self.text[start : self.at].lower()

    def _skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            self._refuse("Unexpected end tag @", begin)
        match = _END_TAG.match(self.text, begin)
        name = match[1].lower() if match else ""
        self.at = match.end() if match else begin
        if self.text[self.at : self.at + 1] != ">":
            self._refuse("Unclosed end tag @", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            self._refuse(f'Unmatched end tag @, expected "</{tag.name}>", found "</{name}>"', begin)
        if self.units > tag.units:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        entity: Entity = {"type": TYPES[tag.name], "offset": tag.units, "length": self.units - tag.units}
        if tag.name == "a":
            entity["url"] = tag.argument or "".join(self.pieces[tag.pieces :])
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "pre" and self._takes_language(entity):
            return
        elif tag.name == "code" and tag.argument and self.open and self.open[-1].name == "pre":
            entity["language"] = tag.argument
        self.entities.append(entity)

    def _takes_language(self, outer: Entity) -> bool:
        """<pre><code class="language-x"> is one entity, a pre that knows its language."""
        inner = self.entities[-1] if self.entities else None
        if not inner or (inner["offset"], inner["length"]) != (outer["offset"], outer["length"]):
            return False
        if "language" in inner:
            inner["type"] = "pre"
        return "language" in inner


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("span", "class"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""
