"""How a told time becomes a day: atoms are found, neighbours combine, and what they say is resolved against now.

What a text says is kept as `Said`, a mapping that holds only what was said. Its keys:
year, month, day (numbers as told); year_by, month_by, day_by, week_by, quarter_by (so many from the present one);
quarter, half, weekday (Monday is 0), weekend, nth (第三个: 3, the last: -1) with nth_of its unit; holiday; season;
piece (start, middle, end, first10, mid10, last10) of the unit `of`; part (of the day), hour, minute, exact;
shift ((unit, number) pairs, counted from `base` or now); span (a period of so many units next to now); lunar; day_to.
"""

from __future__ import annotations

from typing import Any

Said = dict[str, Any]
