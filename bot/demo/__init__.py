"""The demo: a believable company of a dozen with its customers and half a year of history, relative to any moment."""

from bot.demo.company import DemoGroup, DemoPeople, DemoPerson, demo_people
from bot.demo.fill import HoldsRecords, fill

__all__ = ["DemoGroup", "DemoPeople", "DemoPerson", "HoldsRecords", "demo_people", "fill"]
