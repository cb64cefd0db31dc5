"""Where customers are: provinces, countries and areas with their cities, and how addresses of a place begin."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FORMS = ("", "省", "市", "自治区")  # what may stand behind a province's short name


@dataclass(frozen=True)
class Place:
    """A place by its names, the first of them how it is said; `within` is the province of a city, "" of what is none.

    `parts` are the places that lie in it.
    """

    names: tuple[str, ...]
    within: str = ""
    parts: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def places() -> Mapping[str, Place]:
    """Every place known, by how it is said."""
    told = tomllib.loads((files(__package__) / "places.toml").read_text("utf-8"))
    found: dict[str, Place] = {}
    for name, line in told["province"].items():
        latin, _, listed = line.partition("|")
        cities = [_named(city) for city in listed.split(",") if city.strip()]
        found[name] = Place((name, *_split(latin)), "", tuple(names[0] for names in cities))
        found.update({names[0]: Place(names, name) for names in cities})
    for name, line in told["area"].items():
        latin, _, listed = line.partition("|")
        found[name] = Place((name, *_split(latin)), "", tuple(listed.split()))
    return found


def _named(city: str) -> tuple[str, ...]:
    name, _, latin = city.strip().partition(" ")
    return (name, latin) if latin else (name,)


def _split(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


@lru_cache(maxsize=1)
def said_as() -> Mapping[str, str]:
    """How a place is said, by each of its names in lower case."""
    return {name: said for said, place in places().items() for name in place.names}


def openings(said: str) -> frozenset[str]:
    """What the address, the region or the name of a customer there begins with, in lower case."""
    place = places().get(said)
    if place is None:
        return frozenset({said})
    told = {*place.names, *(f"{place.within}{form}{said}" for form in FORMS if place.within)}
    for part in place.parts:
        inner = places()[part]
        told |= {*inner.names, *(name for city in inner.parts for name in places()[city].names)}
    return frozenset(told)


def outer(said: str) -> frozenset[str]:
    """What a customer's region says that may be in a city: the names of its province, and of nothing within."""
    within = places()[said].within if said in places() else ""
    return frozenset(f"{name}{form}" for name in places()[within].names for form in FORMS) if within else frozenset()


@lru_cache(maxsize=1)
def _begun() -> Mapping[str, str]:
    """The province, country or city that a text is in which begins so, in lower case."""
    found: dict[str, str] = {}
    for said, place in places().items():
        if all(places()[part].within for part in place.parts):  # an area is of provinces
            found |= dict.fromkeys(place.names, said)
            found |= {f"{place.within}{form}{said}": said for form in FORMS if place.within}
    return found


def place_of(text: str) -> str:
    """Where an address, a region or a name is that begins with a place, by the longest that is known; "" where none."""
    lower = text.lower()
    return next((known for end in range(len(lower), 1, -1) if (known := _begun().get(lower[:end]))), "")
