"""A told time before it is resolved, and the parts that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.when import Said

CLOCK = frozenset({"part", "about", "hour", "minute", "exact", "hour_to", "to", "before", "beside_day"})
FINE = frozenset({"second", "minute", "hour"})
YEAR = frozenset({"year", "year_by"})


@dataclass(frozen=True)
class Told:
    """A time as told, not yet resolved: `said`, with `to` as the other end of a range, and where it stands."""

    start: int
    end: int
    said: Said
    rule: str
    to: Said | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end
