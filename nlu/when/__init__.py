"""How a told time becomes a day: atoms are found, neighbours combine, and what they say is resolved against now.

What a text says is kept as `Said`, a mapping that holds only what was said. Its keys:

- numbers as told: year, month, day, quarter, half (of a year), half_month, weekday (Monday is 0); lunar (month and day
  are the moon's); day_to, days_to, weekday_to, month_to and year_to (the last of several); first (so many months from
  January); decade (its first year)
- so many from the present one: year_by, quarter_by, month_by, week_by, day_by, decade_by; headed (by a heading's week);
  nearest and month_step (-1 the last, 1 the next)
- nth (第三个 is 3, the last -1) with nth_of, its unit; weekend; holiday; season
- piece (start, middle, end, first10, mid10, last10, half1, half2), of the unit `of`; rest (what is left of it);
  week_around (the week that a day lies in)
- part (of the day), hour, minute, exact (as a 24-hour clock writes it), to and hour_to (the end), about (a vague hour)
- shift: (unit, number) pairs counted from `base` or now, `within` for a limit, needs_base where now will not do,
  beside where of a longer base its first or last days are meant; nth with a `base` is counted from it too
- every: what recurs, and gives no day; beside_day: hours that mean something only beside a day
- span: a period of so many units next to now; lasting: a duration that needs a beginning; before: a limit by itself
"""

from __future__ import annotations

from typing import Any

Said = dict[str, Any]
