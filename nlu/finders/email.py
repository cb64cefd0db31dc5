"""E-mail addresses, written or spoken (wang 点 li 艾特 example 点 com)."""

from __future__ import annotations

import re
from datetime import datetime

from nlu.normalise import Text
from nlu.rule import Find

WRITTEN = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)
SPOKEN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9点_]{0,63} ?艾特 ?[A-Za-z0-9][A-Za-z0-9点-]{0,80}点[A-Za-z]{2,24}"
)


def find(text: Text, now: datetime) -> list[Find]:
    """Every address in the text, in lower case; `now` plays no part."""
    finds = [_find(match, match[0], "written") for match in WRITTEN.finditer(text.plain)]
    if "艾特" in text.plain:
        spoken = SPOKEN.finditer(text.plain)
        finds += [_find(m, m[0].replace(" ", "").replace("点", ".").replace("艾特", "@"), "spoken") for m in spoken]
    return finds


def _find(match: re.Match[str], address: str, rule: str) -> Find:
    return Find("email", match.start(), match.end(), match[0], address.lower(), rule)
