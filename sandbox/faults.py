"""Faults on demand: what a network and a busy Telegram do to a bot, for the next few calls."""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, forbidden, migrated, too_many

DOWNLOAD = "download"  # what the fetching of a file's bytes is called here: it is no method
KINDS = {"too_many", "bad_gateway", "blocked", "migrate", "drop", "slow", "unanswered"}


@dataclass
class Fault:
    """One kind of trouble for the next `times` calls that match.

    `drop` cuts the connection before the call is carried out; `unanswered` carries it out and then hangs; `slow` waits
    `seconds` first. Without `method` every method is meant, getUpdates and `download` too; without `chat` every chat.
    """

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int = 1
    seconds: float = 5.0
    retry_after: int = 1
    migrate_to: int = -1_000_000_000_001

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a fault is one of {', '.join(sorted(KINDS))}")
        if self.times < 1 or self.seconds < 0:
            raise ValueError("a fault strikes at least once and takes no negative time")

    def refusal(self) -> ApiError | None:
        """What the call is answered with, if this fault answers at all."""
        match self.kind:
            case "too_many":
                return too_many(self.retry_after)
            case "bad_gateway":
                return ApiError(502, "Bad Gateway")
            case "blocked":
                return forbidden("bot was blocked by the user")
            case "migrate":
                return migrated(self.migrate_to)
        return None

    def strikes(self, method: str, chat: int | None) -> bool:
        """Whether this call is meant."""
        is_method = self.method is None or self.method.lower() == method.lower()
        return is_method and (self.chat is None or self.chat == chat)


class Faults:
    """Those still to strike, first come first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, kind: str, **details: Any) -> Fault:
        """Order a fault; fields as in Fault. ValueError or TypeError if there is no such kind or field."""
        fault = Fault(kind, **details)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, counted down."""
        if not self.waiting:
            return None
        fault = next((each for each in self.waiting if each.strikes(method, chat)), None)
        if fault:
            fault.times -= 1
            self.waiting = [each for each in self.waiting if each.times > 0]
        return fault

    def clear(self) -> None:
        """No more trouble."""
        self.waiting.clear()
