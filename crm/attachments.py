"""Files sent with or after a message: kept with a visit or a customer. Which are taken, and under what name shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from crm.errors import FileEmpty, FileNotTaken, FileTooLarge
from crm.file_kinds import FileKind, kind_of

LARGEST = 20 * 1024 * 1024  # bytes: what a messenger hands out too
STATES = ("wanted", "kept", "refused")
LONGEST_NAME = 100
# Refused by name already, so that one hears of it at once; the content decides on everything else.
_NEVER = """
exe msi scr bat cmd ps1 vbs vbe js jse wsf hta jar sh apk ipa dmg iso img dll lnk url reg htm html xhtml mht svg xml
docm xlsm pptm zip rar 7z tar gz tgz
"""
NEVER = frozenset(_NEVER.split())
_CONTROL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


@dataclass(eq=False)
class Attachment:
    """A file that somebody sent. `name` is for showing only; `sha256` names our own copy once `state` is kept.

    It belongs to a visit, else to a customer, else it waits to be told to whom. `channel` and `file_id` are where it
    can be fetched from, `sent_as` what the messenger takes it for; `album` marks files that were sent as one.
    `reason` says why it was refused, by the key of the refusal.
    """

    user_id: int
    chat_id: int
    inbox_id: int
    at: datetime
    name: str
    channel: str
    file_id: str
    sent_as: str
    mime: str = ""
    size: int | None = None
    message: str = ""
    album: str = ""
    visit_id: int | None = None
    customer_id: int | None = None
    state: str = "wanted"
    sha256: str = ""
    reason: str = ""
    attempts: int = 0
    next_try_at: datetime | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def shown_name(given: str, otherwise: str) -> str:
    """A file's name for showing: no folders, no marks that hide or turn letters round, of bearable length."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _CONTROL)
    name = _NOT_IN_NAMES.sub("_", " ".join(seen.split())).strip(" .")
    if len(name) > LONGEST_NAME:
        tail = f".{extension_of(name)}" if extension_of(name) else ""
        name = name[: LONGEST_NAME - len(tail)].rstrip() + tail
    return name or otherwise


def extension_of(name: str) -> str:
    """The extension in small letters, "" where there is none worth the name."""
    _, dot, last = name.rpartition(".")
    return last.lower() if dot and last.isalnum() and last.isascii() and 2 <= len(last) <= 5 else ""


def check_offer(name: str, size: int | None) -> None:
    """Refuse by name and size what need not be fetched. FileEmpty, FileTooLarge, FileNotTaken."""
    if size == 0:
        raise FileEmpty(name=name)
    if size is not None and size > LARGEST:
        raise FileTooLarge(name=name, most=LARGEST // 2**20)
    if extension_of(name) in NEVER:
        raise FileNotTaken(name=name)


def check_content(name: str, data: bytes) -> FileKind:
    """The kind of a fetched file. FileEmpty, FileTooLarge, FileNotTaken."""
    check_offer(name, len(data))
    kind = kind_of(data, extension_of(name))
    if kind is None:
        raise FileNotTaken(name=name)
    return kind


def name_for(name: str, kind: FileKind) -> str:
    """The name with an extension that the content bears out: a picture called x.pdf is x.pdf.png."""
    return name if extension_of(name) in kind.extensions else f"{name}.{kind.extensions[0]}"
