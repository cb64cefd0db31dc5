"""Small files of many kinds, made here: what people send, and what is sent to do harm."""

from __future__ import annotations

import io
import zipfile

from tests.sandbox.pictures import png

OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these entries, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def office(folder: str = "word", **more: bytes) -> bytes:
    """A document as Office writes it, of entries with next to nothing in them."""
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<w/>", **more})


def zip_bomb() -> bytes:
    """A document of some kilobytes that unpacks to 64 megabytes."""
    return office("xl", **{"xl/worksheets/sheet1.xml": b"\x00" * 2**26})


SAMPLES: dict[str, tuple[str, bytes]] = {
    "image/jpeg": ("现场.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64),
    "image/png": ("p.png", png(2, 2)),
    "image/gif": ("p.gif", b"GIF89a" + b"\x00" * 20),
    "image/webp": ("p.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 20),
    "image/heic": ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20),
    "application/pdf": ("合同.pdf", b"%PDF-1.7\n%\xe2\xe3\n"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("方案.docx", office("word")),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("报价.xlsx", office("xl")),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("汇报.pptx", office("ppt")),
    "application/vnd.oasis.opendocument.text": (
        "a.odt",
        archive({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED),
    ),
    "application/x-ole-storage": ("old.xls", OLE_HEAD + "Workbook".encode("utf-16-le")),
    "audio/mpeg": ("a.mp3", b"ID3\x03" + b"\x00" * 20),
    "audio/ogg": ("voice.ogg", b"OggS\x00\x02" + b"\x00" * 20),
    "audio/amr": ("call.amr", b"#!AMR\n" + b"\x00" * 20),
    "audio/mp4": ("memo.m4a", b"\x00\x00\x00\x1cftypM4A " + b"\x00" * 20),
    "video/mp4": ("clip.mp4", b"\x00\x00\x00\x18ftypisom" + b"\x00" * 20),
    "video/quicktime": ("clip.mov", b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 20),
    "text/plain": ("名单.csv", "姓名,电话\n王建国,13800000000\n".encode("gb18030")),
}
HARMFUL: dict[str, tuple[str, bytes]] = {
    "a program under a good name": ("合同.pdf", b"MZ\x90\x00" + b"\x00" * 64),
    "a program of Linux": ("run", b"\x7fELF" + b"\x00" * 64),
    "a script under a good name": ("读我.txt", b"#!/bin/sh\nrm -rf ~\n"),
    "a script under its own name": ("run.lua", b"os.execute('x')"),
    "a page under a good name": ("a.txt", b"  <html><script>alert(1)</script>"),
    "a drawing that runs": ("logo.png", b"<svg onload='alert(1)'/>"),
    "an archive under a good name": ("照片.docx", archive({"virus.exe": b"MZ"})),
    "a document with macros": ("报价.xlsx", office("xl", **{"xl/vbaProject.bin": b"x"})),
    "an installer, which is a storage like old documents": ("报价.doc", OLE_HEAD + b"\x00" * 64),
    "an archive cut short": ("方案.docx", office("word")[:60]),
    "an archive that promises a million entries": ("方案.docx", office("word")[:-12] + b"\xff" * 12),
    "noise": ("a.txt", bytes(range(256))),
}
