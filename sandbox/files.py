"""Files that were sent, kept in memory with a cap; and what a picture's header tells."""

import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

KEPT_BYTES = 200_000_000
EXTENSIONS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "audio/ogg": ".ogg"}


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Stored:
    """A file with the names Telegram gives it."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload
    kind: str

    def identity(self) -> dict[str, Any]:
        """The fields every kind of file shares."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.data),
        }


class Files:
    """Kept by file_id; the oldest give way when memory is full."""

    def __init__(self, first: int) -> None:
        self._ids = count(first)
        self._by_id: OrderedDict[str, Stored] = OrderedDict()
        self._by_path: dict[str, str] = {}
        self._bytes = 0

    def keep(self, kind: str, upload: Upload) -> Stored:
        """Store an upload under new ids; kind is photo, document or voice."""
        number = next(self._ids)
        dot = upload.name.rfind(".")
        extension = EXTENSIONS.get(upload.mime) or (upload.name[dot:] if dot > 0 else "")
        suffix = extension if extension[1:].isalnum() and extension.isascii() else ""
        path = f"{kind}s/file_{number}{suffix}"
        stored = Stored(f"sandbox-{kind}-{number}", f"u{number}", path, upload, kind)
        self._by_id[stored.file_id], self._by_path[path] = stored, stored.file_id
        self._bytes += len(upload.data)
        while self._bytes > KEPT_BYTES and len(self._by_id) > 1:
            self._drop_oldest()
        return stored

    def get(self, file_id: str) -> Stored | None:
        """By the id that messages carry."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> Stored | None:
        """By the path that getFile tells."""
        return self._by_id.get(self._by_path.get(path, ""))

    def _drop_oldest(self) -> None:
        _, stored = self._by_id.popitem(last=False)
        del self._by_path[stored.path]
        self._bytes -= len(stored.upload.data)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the header of a PNG, GIF, JPEG or WebP; None if it is none of these."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if data[12:16] == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + size
    return None
