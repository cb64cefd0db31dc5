"""Which writes are done at once, which wait for a tap, and which for the superior; and who settled it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm.write_policies import DEFAULTS, POLICIES, WritePolicies, has_limit
from handlers.gate import policies_of
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.write_policies import settled_by
from talk.message import Outcome, Parts, Phrase, Word


async def show_write_policies(turn: Turn, reading: Reading) -> list[Result]:
    """Every kind of write under what holds for it: those that somebody settled with their name and the moment."""
    policies, settled = await policies_of(turn), await settled_by(turn.session)
    facts: dict[str, Any] = {}
    for policy in POLICIES:
        kinds = [kind for kind in DEFAULTS if policies.of(kind) == policy]
        changed = [_settled(policies, kind, *settled[kind]) for kind in kinds if kind in settled]
        shipped = [_kind(policies, kind) for kind in kinds if kind not in settled]
        facts[policy] = [*changed, *([shipped] if shipped else [])]
    return [Outcome("write_policies_shown", facts, wrote=False)]


def _kind(policies: WritePolicies, kind: str) -> Any:
    name = Word(f"write_{kind}")
    return Phrase("kind_beyond", {"kind": name, "limit": f"{policies.limit(kind)}%"}) if has_limit(kind) else name


def _settled(policies: WritePolicies, kind: str, name: str, at: datetime) -> Parts:
    return Parts((_kind(policies, kind), Phrase("settled_by", {"name": name, "at": at})))
