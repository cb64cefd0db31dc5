"""Check-ins: where somebody was at a visit, as their telephone told it; and how far from the customer's place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from crm.arrival_errors import NoSuchPlace

EARTH_METRES = 6_371_009


@dataclass(eq=False)
class CheckIn:
    """Where a user was at a moment, told with `accuracy` in metres where the telephone knows it.

    It belongs to a visit, else to a customer whose visit is still to be told of. `inbox_id` is its message.
    """

    user_id: int
    inbox_id: int
    at: datetime
    customer_id: int
    latitude: float
    longitude: float
    accuracy: float | None = None
    visit_id: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def check_place(latitude: float, longitude: float) -> None:
    """Refuse what is no place on earth. NoSuchPlace."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NoSuchPlace


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The way between two places (latitude, longitude in degrees) as the crow flies: the haversine formula."""
    (south, west), (north, east) = ([radians(part) for part in place] for place in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return round(2 * EARTH_METRES * asin(sqrt(min(1.0, half))))
