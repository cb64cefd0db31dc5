"""The bot without a token: the sandbox beside it, on demo data of its own. The only module that opens the sandbox."""

from __future__ import annotations

from sandbox import Sandbox

__all__ = ["Sandbox"]
