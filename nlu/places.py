"""The time zone of a place: of a city or a country of one zone in Chinese or English, or an IANA name."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from nlu.normalise import normalise

OFFSET = re.compile(r"(?:utc|gmt) ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::?00)?")
FARTHEST = {"+": 14, "-": 12}


def zone_of(place: str) -> str | None:
    """The IANA name of the zone that a place keeps; None where nobody knows the place, or it has several zones."""
    said = _folded(place)
    if offset := OFFSET.fullmatch(said):
        hours, sign = int(offset["hours"]), offset["sign"]
        # The signs of these names are turned round: Etc/GMT-8 is east of Greenwich.
        told = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "Etc/UTC"
        return told if hours <= FARTHEST[sign] else None
    zones = _zones()
    return zones.get(said) or zones.get(said.removesuffix("市"))


def _folded(place: str) -> str:
    return " ".join(normalise(place).plain.lower().replace("_", " ").split())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Every name of a zone, folded: what the lexicon says counts most, countries least."""
    newer = get_global("zone_aliases")
    found: dict[str, str] = {}
    for place, names in tomllib.loads((files("nlu.lexicon") / "cities.toml").read_text("utf-8")).items():
        found.update({_folded(name): place for name in names.split(",")})
    locales = [Locale.parse(name) for name in ("zh_Hans_CN", "en_US")]
    known = [str(zone) for zone in locales[0].time_zones if zone not in ("Etc/Unknown", "Etc/UTC")]
    for zone in known:
        now = str(newer.get(zone, zone))
        for name in (zone, now, zone.rpartition("/")[2], *(_city(locale, zone) for locale in locales)):
            found.setdefault(_folded(name), now)
    for territory, zones in get_global("territory_zones").items():
        for locale in locales if len(zones) == 1 else ():
            found.setdefault(_folded(locale.territories.get(territory, "")), newer.get(zones[0], zones[0]))
    found.pop("", None)
    return found


def _city(locale: Locale, zone: str) -> str:
    return str(locale.time_zones.get(zone, {}).get("city", ""))
