"""Do the records stay what a small model says, whatever people do and however often the desk dies? Steps and faults.

Run: python -m benchmarks.machine [EXAMPLES STEPS SEED]
"""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.driver import COUNTED
from tests.machine.people import DeskMachine


def main() -> None:
    """Try random stories; the first that ends otherwise than the model says is printed, and raises."""
    examples, steps, start = (int(one) for one in (sys.argv[1:] or ["10", "20", "1"]))
    tried = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    began = time.monotonic()
    try:
        run_state_machine_as_test(seed(start)(DeskMachine), settings=tried)
    finally:
        print(f"{dict(COUNTED)} in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
