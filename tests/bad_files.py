"""Files that an attacker or an unlucky person sends, made here: (what it is called, its content, the refusal's key)."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from struct import pack
from typing import Any

import xlsxwriter

from tests.card_samples import SAMPLES
from tests.file_samples import archive

HEADS = ["客户名称", "联系人", "手机", "税号"]
ROW = ["临海鑫泰五金有限公司", "周敏", "138 1234 5678", ""]
FIRST = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MEGABYTE = 2**20
Bad = Callable[[], tuple[str, bytes, str]]


def xlsx(*rows: list[Any], sheets: int = 1) -> bytes:
    """A workbook with the rows in its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet()
            for line, row in enumerate(rows if number == 0 else ()):
                sheet.write_row(line, 0, row)
    return out.getvalue()


def csv(*rows: list[str], delimiter: str = ",") -> str:
    """Rows as text."""
    return "\n".join(delimiter.join(row) for row in rows)


BOOK = xlsx(HEADS, ROW)


def changed(part: str, old: bytes, new: bytes, called: str = "") -> bytes:
    """The workbook with something else in one part, which may be called otherwise, also where the workbook says so."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = parts[part].replace(old, new, 1)
    if called:
        parts[called] = parts.pop(part)
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(part.removeprefix("xl/").encode(), called.removeprefix("xl/").encode())
    return archive(parts)


def bomb(part: str, block: bytes, megabytes: int, *, lies: bool = False) -> bytes:
    """A workbook in which one part unpacks to so much; `lies`: its table of contents tells of a few bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    times = megabytes * MEGABYTE // len(block)
    packed = b"".join([*(packer.compress(block) for _ in range(times)), packer.flush()])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(zipfile.ZipInfo(part), packed)
    data = bytearray(out.getvalue())
    _as_deflated(data, part.encode(), len(packed), 64 if lies else times * len(block))
    return bytes(data)


def _as_deflated(data: bytearray, name: bytes, packed: int, size: int) -> None:
    """Let both entries of a stored part say that it is packed, and unpacks to `size`."""
    for mark, method, sizes, named in ((b"PK\x03\x04", 8, 18, 30), (b"PK\x01\x02", 10, 20, 46)):
        at = data.find(name, 0)
        while at >= 0 and data[at - named : at - named + 4] != mark:
            at = data.find(name, at + 1)
        start = at - named
        data[start + method : start + method + 2] = (8).to_bytes(2, "little")
        data[start + sizes : start + sizes + 8] = packed.to_bytes(4, "little") + size.to_bytes(4, "little")


def repeated_entries(count: int, size: int = 0) -> bytes:
    """A workbook whose table of contents names one place so many times, and its end says that it names nine."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/a.xml", b" " * size)
        info = new.getinfo("xl/a.xml")
        for number in range(count):
            again = copy.copy(info)
            again.filename = f"xl/{number:x}.xml"
            new.filelist.append(again)
    data = bytearray(out.getvalue())
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = (9).to_bytes(2, "little") * 2
    return bytes(data)


def _text(*parts: str | bytes) -> bytes:
    return b"\n".join(part.encode() if isinstance(part, str) else part for part in parts)


ROWS_END = b"</sheetData>"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
SPARSE = b'<row r="149999"><c r="CV149999"><v>1</v></c></row></sheetData>'
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEETS: Mapping[str, Bad] = {
    "a far row": lambda: ("a.xlsx", changed(FIRST, ROWS_END, FAR), "far_cell"),
    "a far column": lambda: ("a.xlsx", changed(FIRST, b"</row>", b'<c r="XFD1"><v>1</v></c></row>'), "far_cell"),
    "a far column in small letters": lambda: (
        "a.xlsx",
        changed(FIRST, b"</row>", b'<c\rr="xfd1"><v>1</v></c></row>'),
        "far_cell",
    ),
    "a row of cells that do not say where": lambda: (
        "a.xlsx",
        changed(FIRST, b"</row>", b"<c><v>1</v></c>" * 5_000 + b"</row>"),
        "far_cell",
    ),
    "one cell at the end of what is read": lambda: ("a.xlsx", changed(FIRST, ROWS_END, SPARSE), "far_cell"),
    "a far cell where no sheet is": lambda: ("a.xlsx", changed(FIRST, ROWS_END, FAR, "xl/x.xml"), "far_cell"),
    "a sheet under a picture's name": lambda: ("a.xlsx", changed(FIRST, ROWS_END, FAR, "xl/x.png"), "sheet_broken"),
    "a gigabyte inside": lambda: ("a.xlsx", bomb(FIRST, b" " * MEGABYTE, 1_024), "sheet_unpacks_too_far"),
    "a gigabyte that nobody told of": lambda: (
        "a.xlsx",
        bomb(FIRST, b" " * MEGABYTE, 1_024, lies=True),
        "sheet_broken",
    ),
    "100 MB of blanks": lambda: ("a.xlsx", bomb(FIRST, b" " * MEGABYTE, 100), "sheet_unpacks_too_far"),
    "200 MB of strings": lambda: (
        "a.xlsx",
        bomb(STRINGS, b"<si><t>abcdefgh</t></si>" * 10_000, 200),
        "sheet_unpacks_too_far",
    ),
    "elements within elements": lambda: ("a.xlsx", bomb(FIRST, b"<a>" * 100_000, 50), "sheet_unpacks_too_far"),
    "entries that overlap": lambda: ("a.xlsx", repeated_entries(25, 10 * MEGABYTE), "sheet_unpacks_too_far"),
    "100,000 entries": lambda: ("a.xlsx", repeated_entries(100_000), "sheet_unpacks_too_far"),
    "a doctype": lambda: ("a.xlsx", changed(FIRST, b"<worksheet", DOCTYPE), "sheet_has_doctype"),
    "300 sheets": lambda: ("a.xlsx", xlsx(HEADS, ROW, sheets=300), "too_many_sheets"),
    "half a file": lambda: ("a.xlsx", BOOK[: len(BOOK) // 2], "sheet_broken"),
    "an archive that was cut": lambda: ("a.xlsx", BOOK[:-1] + b"x", "sheet_broken"),
    "an archive in an archive": lambda: ("a.xlsx", archive({"a.zip": archive({"b": bytes(MEGABYTE)})}), "not_a_sheet"),
    "a workbook of another kind": lambda: (
        "a.xlsx",
        changed("xl/workbook.xml", b"", b"", "xl/workbook.bin"),
        "not_a_sheet",
    ),
    "numbers of an Apple": lambda: ("a.numbers", archive({"Index/Document.iwa": b"x"}), "not_a_sheet"),
    "a picture called a sheet": lambda: ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "not_a_sheet"),
    "a page called a CSV": lambda: ("a.csv", b"<html><body>hello</body></html>", "not_a_sheet"),
    "a program called a CSV": lambda: ("a.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)), "not_a_sheet"),
    "an old workbook": lambda: ("a.xls", OLD + "Workbook".encode("utf-16-le"), "old_sheet"),
    "a workbook with a password": lambda: ("a.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "old_sheet"),
    "an empty file": lambda: ("a.csv", b"", "sheet_empty"),
    "heads alone": lambda: ("a.csv", _text(csv(HEADS)), "sheet_empty"),
    "an empty workbook": lambda: ("a.xlsx", xlsx(), "sheet_empty"),
    "no heads": lambda: ("a.csv", _text(csv(ROW, ROW, ROW)), "no_heads"),
    "no customers": lambda: ("a.csv", _text(csv(["品名", "数量"], ["服务器", "2"])), "no_heads"),
    "a row that is wider": lambda: ("a.csv", _text(csv(HEADS, ROW, [*ROW, "上海", "x"])), "width_changes"),
    "a row that is narrower": lambda: ("a.csv", _text(csv(HEADS, ROW, ROW[:2])), "width_changes"),
    "a NUL": lambda: ("a.csv", _text(csv(HEADS, ["a\0b", *ROW[1:]])), "sheet_has_nul"),
    "a NUL in UTF-16": lambda: ("a.csv", csv(HEADS, ["a\0b", *ROW[1:]]).encode("utf-16"), "sheet_has_nul"),
    "a line of 50 MB": lambda: ("a.csv", _text(csv(HEADS), b"x" * 50 * MEGABYTE), "sheet_too_large"),
    "a line without end": lambda: ("a.csv", _text(csv(HEADS), "😀", b"x" * 19 * MEGABYTE), "line_too_long"),
    "a line without end in UTF-16": lambda: (
        "a.csv",
        (csv(HEADS) + "\n" + "上" * 9 * MEGABYTE).encode("utf-16"),
        "line_too_long",
    ),
    "a quote without end": lambda: ("a.csv", _text(csv(HEADS), '"' + "x,\n" * MEGABYTE), "line_too_long"),
    "19 MB of ends of lines": lambda: ("a.csv", _text(csv(HEADS), b"\n" * 19 * MEGABYTE), "sheet_too_large"),
    "lines of commas": lambda: ("a.csv", _text(csv(HEADS), (b"," * 60_000 + b"\n") * 300), "sheet_too_large"),
    "19 MB with a rare letter": lambda: ("a.csv", _text("😀,b", b"abcdef,ghijkl\n" * 1_400_000), "no_heads"),
    "too many columns": lambda: (
        "a.csv",
        _text(csv([*HEADS, *map(str, range(200))], ROW + [""] * 200)),
        "sheet_too_large",
    ),
    "no encoding": lambda: ("a.csv", csv(HEADS, ROW).encode("gb18030") + b"\xff\xff,,,", "unknown_encoding"),
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def _png(side: int, *more: bytes) -> bytes:
    head = pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 1) * min(side, 100)), 9)
    parts = [_chunk(b"IHDR", head), *more, _chunk(b"IDAT", rows), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _jpeg(side: int) -> bytes:
    data = bytearray(PLAIN.jpeg())
    at = data.find(b"\xff\xc0")
    data[at + 5 : at + 9] = pack(">HH", side, side)
    return bytes(data)


def _gif(screen: int, frame: int) -> bytes:
    head = b"GIF89a" + pack("<HHBBB", screen, screen, 0x80, 0, 0) + bytes(6)
    return head + b"\x2c" + pack("<HHHHB", 0, 0, frame, frame, 0) + b"\x08\x02\x00\x01\x00;"


PLAIN = next(sample for sample in SAMPLES if sample.name == "plain Chinese")


def _packed() -> bytes:
    return b"a\0\0" + zlib.compress(bytes(100 * MEGABYTE), 9)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'
PICTURES: Mapping[str, Bad] = {
    "12,000 by 12,000": lambda: ("huge.png", _png(12_000), "picture_too_large"),
    "a JPEG of 60,000 by 60,000": lambda: ("huge.jpg", _jpeg(60_000), "picture_too_large"),
    "a GIF of 65,535 by 65,535": lambda: ("huge.gif", _gif(65_535, 65_535), "picture_too_large"),
    "a GIF whose first picture is larger than it": lambda: ("a.gif", _gif(100, 60_000), "picture_too_large"),
    "a WebP of 16,000 by 16,000": lambda: (
        "huge.webp",
        b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (15_999).to_bytes(3, "little") * 2 + bytes(20),
        "picture_too_large",
    ),
    "100 MB of text in a PNG": lambda: ("text.png", _png(64, _chunk(b"zTXt", _packed())), "picture_broken"),
    "100 MB of colours in a PNG": lambda: ("colours.png", _png(64, _chunk(b"iCCP", _packed())), "picture_broken"),
    "a TIFF": lambda: ("a.tif", b"II*\0" + bytes(1_000), "file_not_taken"),
    "a drawing": lambda: ("drawing.svg", SVG, "file_not_taken"),
    "a drawing called a picture": lambda: ("drawing.png", SVG, "file_not_taken"),
    "half a JPEG": lambda: ("cut.jpg", PLAIN.jpeg()[:9_000], "picture_broken"),
    "half a PNG": lambda: ("cut.png", PLAIN.png()[:6_000], "picture_broken"),
    "the beginning of a JPEG": lambda: ("begun.jpg", PLAIN.jpeg()[:3], "picture_broken"),
    "a program": lambda: ("program.jpg", b"MZ\x90\x00" * 1_000, "file_not_taken"),
    "a page": lambda: ("page.png", b"<!DOCTYPE html><script>1</script>", "file_not_taken"),
    "nothing": lambda: ("empty.png", b"", "file_not_taken"),
}


def _card(*lines: str) -> str:
    return "\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


SEVERAL = ";A=a" * 25  # some tens of seconds for a pattern that tries all ways of reading them
VCARDS: Mapping[str, Bad] = {
    "10,000 fields": lambda: ("a.vcf", _text(_card(*(f"TEL:{n}" for n in range(10_000)))), "card_too_large"),
    "a photo of 20 MB": lambda: ("a.vcf", _text(_card("PHOTO:" + "A" * 20 * MEGABYTE)), "card_too_large"),
    "a word of 2 MB": lambda: ("a.vcf", _text(_card("NOTE:" + "x" * 2_000_000)), "card_too_large"),
    "a word folded 600,000 times": lambda: ("a.vcf", _text(_card("NOTE:", " x\n" * 600_000)), "card_too_large"),
    "a word that goes on 500,000 times": lambda: (
        "a.vcf",
        _text(_card("NOTE;QUOTED-PRINTABLE:=", "a=\n" * 500_000)),
        "card_too_large",
    ),
    "50,000 cards": lambda: ("a.vcf", _text("BEGIN:VCARD\nFN:a\nEND:VCARD\n" * 50_000), "too_many_cards"),
    "cards within cards": lambda: ("a.vcf", _text("BEGIN:VCARD\n" * 100_000), "card_unread"),
    "another thing within": lambda: ("a.vcf", _text(_card(*["BEGIN:VALARM"] * 150)), "card_unread"),
    "a field without a value": lambda: ("a.vcf", _text(_card(f"TEL{SEVERAL}")), "card_unread"),
    "a folded field without a value": lambda: ("a.vcf", _text(_card("TEL;A", f" =a{SEVERAL}")), "card_unread"),
    "blanks": lambda: ("a.vcf", b" " * MEGABYTE, "card_unread"),
    "nothing": lambda: ("a.vcf", b"", "card_unread"),
}
