"""A contract that may have been signed or its terms told. The ranker says whether it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.instalments import parts_in
from nlu.mood import ahead, denied, supposed
from nlu.rule import Rule
from nlu.rules.note_contract import around, expiry_in, signed_in, terms_in
from nlu.scene import Scene
from nlu.telling import about


def read_signed(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A clause with a word of signing that is not denied or still to come, and what its neighbours tell."""
    word = clause.word("signing", "deal_won", "clinched")
    if clause.customer and word and not (denied(clause, word) or ahead(scene, clause) or supposed(scene, clause)):
        yield from signed_in(scene, clause)


def read_terms(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The first clause of those that tell how it is paid."""
    told = around(scene, clause) if clause.customer else []
    parts = parts_in(scene, told)
    if len(parts) > 1 and parts[0].clause is clause:
        yield from terms_in(scene, clause, told)


def read_expiry(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A coming day until which something runs."""
    if clause.customer and (ends := expiry_in(scene, clause)):
        yield about(scene, clause) | {"expires_on": ends}


RULES = (
    Rule("note_contract", "signed", ("signing", "deal_won", "clinched"), read_signed, perhaps=True),
    Rule("note_contract", "terms", (), read_terms, ("percent", "money", "when"), perhaps=True),
    Rule("note_contract", "expires", ("expires", "contract", "ends"), read_expiry, ("when",), perhaps=True),
)
EXAMPLES = ("白鹭签了,合同76万",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
