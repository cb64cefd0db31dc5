"""The messengers: one line each. A channel is a file or folder here, this line, and its keys in settings.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.door import Door
from bot.channels.telegram.door import TelegramDoor
from bot.channels.terminal import TerminalDoor
from bot.health import Health
from bot.intake import Intake
from bot.settings import Settings

Open = Callable[[Settings, Intake, Health], Door]
CHANNELS: Mapping[str, Open] = {
    "telegram": TelegramDoor,
    "terminal": TerminalDoor,
}
