"""How large a picture is, as its first bytes tell: nothing is decoded, so that what is too large costs nothing."""

from __future__ import annotations

import struct

UNTOLD = (0, 0)
_MOST_SEGMENTS = 500  # of a JPEG before its size: cameras write thirty
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # the segments of a JPEG that tell it
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # those without a length


def size_of(data: bytes) -> tuple[int, int] | None:
    """(width, height) of a JPEG, PNG, WebP, GIF or BMP, UNTOLD where its head does not tell; None of anything else."""
    for start, told in _BY_START:
        if data.startswith(start):
            try:
                return told(data)
            except struct.error:
                return UNTOLD
    return None


def _of_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        mark, kind = struct.unpack_from(">BB", data, at)
        if mark != 0xFF:
            break
        if kind in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 1 if kind == 0xFF else 2 if kind in _BARE else 2 + struct.unpack_from(">H", data, at + 2)[0]
    return UNTOLD


def _of_webp(data: bytes) -> tuple[int, int] | None:
    if data[8:12] != b"WEBP":
        return None
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        (told,) = struct.unpack_from("<I", data, 21)
        return 1 + (told & 0x3FFF), 1 + (told >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _of_bmp(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)  # one that stands on its head has a negative height


_BY_START = (
    (b"\xff\xd8\xff", _of_jpeg),
    (b"\x89PNG\r\n\x1a\n", lambda data: struct.unpack_from(">II", data, 16)),
    (b"GIF8", lambda data: struct.unpack_from("<HH", data, 6)),
    (b"RIFF", _of_webp),
    (b"BM", _of_bmp),
)
