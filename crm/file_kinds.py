"""What a file is, told by its content alone: a short list of what is taken, and None for everything else.

Nothing is decoded or unpacked: pictures and archives are looked at by their signatures and tables of contents.
"""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

TEXT_EXTENSIONS = ("txt", "csv", "tsv", "md", "log")
OFFICE_EXTENSIONS = ("doc", "xls", "ppt", "wps", "et", "dps", "docx", "xlsx", "pptx")
MOST_ENTRIES = 10_000  # of an archive's table of contents: no document has so many
_END_OF_ARCHIVE = b"PK\x05\x06"
_END_BYTES = 22
_ENTRY_BYTES = 46
_LONGEST_COMMENT = 65_535
_SLICE = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its MIME type, and the extensions it goes by, the usual one first."""

    mime: str
    extensions: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Whether a messenger shows it as a picture."""
        return self.mime in ("image/jpeg", "image/png", "image/webp")


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jfif"))
PNG = FileKind("image/png", ("png",))
GIF = FileKind("image/gif", ("gif",))
WEBP = FileKind("image/webp", ("webp",))
HEIC = FileKind("image/heic", ("heic", "heif"))
PDF = FileKind("application/pdf", ("pdf",))
OLD_OFFICE = FileKind("application/x-ole-storage", OFFICE_EXTENSIONS)
MP3 = FileKind("audio/mpeg", ("mp3",))
OGG = FileKind("audio/ogg", ("ogg", "oga", "opus"))
AMR = FileKind("audio/amr", ("amr",))
WAV = FileKind("audio/wav", ("wav",))
M4A = FileKind("audio/mp4", ("m4a",))
MP4 = FileKind("video/mp4", ("mp4", "m4v", "3gp"))
MOV = FileKind("video/quicktime", ("mov",))
TEXT = FileKind("text/plain", TEXT_EXTENSIONS)
_BY_FOLDER = {
    "word/": FileKind(f"{_OFFICE}.wordprocessingml.document", ("docx",)),
    "xl/": FileKind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    "ppt/": FileKind(f"{_OFFICE}.presentationml.presentation", ("pptx",)),
}
_OPEN_KINDS = {
    f"{_OPEN}.{name}".encode(): FileKind(f"{_OPEN}.{name}", (extension,))
    for name, extension in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
_BY_START: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"OggS", OGG),
    (b"#!AMR", AMR),
    (b"ID3", MP3),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"), MP4),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"dash"), MP4),
    b"qt  ": MOV,
}
# What a storage of the old office holds; installers and mail are such storages too.
_OLD_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage")
)


def kind_of(data: bytes, extension: str = "") -> FileKind | None:
    """The kind of a file, None where it is none that is taken.

    Text has no signature, so that it counts only under an extension of text, or none.
    """
    for start, kind in _BY_START:
        if data.startswith(start):
            return kind
    for look in (_by_riff, _by_brand, _by_frame, _by_storage, _by_archive):
        found = look(data)
        if found is not None:
            return found
    return TEXT if extension in ("", *TEXT_EXTENSIONS) and _is_text(data) else None


def _by_riff(data: bytes) -> FileKind | None:
    if data[:4] != b"RIFF":
        return None
    return {b"WEBP": WEBP, b"WAVE": WAV}.get(data[8:12])


def _by_brand(data: bytes) -> FileKind | None:
    return _BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None


def _by_frame(data: bytes) -> FileKind | None:
    """An MP3 without a tag begins with a frame of layer III."""
    return MP3 if len(data) > 2 and data[0] == 0xFF and data[1] in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2) else None


def _by_storage(data: bytes) -> FileKind | None:
    is_storage = data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return OLD_OFFICE if is_storage and any(name in data for name in _OLD_STREAMS) else None


def _by_archive(data: bytes) -> FileKind | None:
    """A document that is an archive, by its table of contents; one with macros is none that is taken."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    if data[30:38] == b"mimetype":
        return next((kind for mime, kind in _OPEN_KINDS.items() if data[38:].startswith(mime)), None)
    names = set(_entries(data))
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for folder, kind in _BY_FOLDER.items() if any(n.startswith(folder) for n in names)), None)


def _entries(data: bytes) -> Iterator[str]:
    """The names in an archive's table of contents, none where it is broken or too long."""
    end = data.rfind(_END_OF_ARCHIVE, max(0, len(data) - _LONGEST_COMMENT - _END_BYTES))
    if end < 0 or len(data) < end + _END_BYTES:
        return
    count, _, at = struct.unpack("<HII", data[end + 10 : end + 20])
    for _ in range(count if count <= MOST_ENTRIES else 0):
        entry = data[at : at + _ENTRY_BYTES]
        if len(entry) < _ENTRY_BYTES or not entry.startswith(b"PK\x01\x02"):
            return
        name, extra, comment = struct.unpack("<HHH", entry[28:34])
        yield data[at + _ENTRY_BYTES : at + _ENTRY_BYTES + name].decode("utf-8", "replace")
        at += _ENTRY_BYTES + name + extra + comment


def _is_text(data: bytes) -> bool:
    """Whether it reads as text of people, in one of the usual encodings, and is no script and no markup."""
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        head = ""
        try:
            for text in texts_of(data, encoding):
                if _CONTROL.search(text):
                    return False
                head = head or text.lstrip()[:2]
        except UnicodeDecodeError:
            continue
        return not head.startswith(("<", "#!"))
    return False


def texts_of(data: bytes, encoding: str) -> Iterator[str]:
    """The text in slices: in one piece it may be four times as large as its bytes. UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for at in range(0, len(data), _SLICE):
        yield decoder.decode(data[at : at + _SLICE], final=at + _SLICE >= len(data))
