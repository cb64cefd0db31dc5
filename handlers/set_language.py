"""The language that somebody is answered in: chosen by a button or by a word, and answered in at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import post
from handlers.cards import offered
from handlers.turn import Result, Turn
from nlu.rule import Reading
from talk.catalogue import LANGUAGES
from talk.message import Offer, Outcome, Word
from talk.views import outcome_blocks


async def set_language(turn: Turn, reading: Reading) -> list[Result]:
    """Answer in another language from now on, or offer both."""
    language = reading.slots.get("language")
    return [_set(turn, language) if language in LANGUAGES else _both()]


async def choose_language(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A tap on one of the two buttons; they stay, so that one can go back."""
    outcome = _set(turn, facts["language"])
    await post.answer_tap(turn)
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)), tuple(offered(turn, _both())))


def _set(turn: Turn, language: str) -> Outcome:
    wrote = turn.ledger.set(turn.actor.user, language=language)
    return Outcome("language_set", {"language": Word(f"language_{language}")}, wrote=wrote)


def _both() -> Outcome:
    row = tuple(Offer(f"language_{each}", "language", {"language": each}) for each in LANGUAGES)
    return Outcome("language_offered", wrote=False, offers=(row,))
