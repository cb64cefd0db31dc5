"""An import is put back, or written again, as the one thing that it was."""

from __future__ import annotations

from typing import Any

from crm.errors import NothingToUndo
from handlers.author import check_author
from handlers.take_back import left_as_it_is
from handlers.turn import Turn
from storage.bulk import Bulk
from storage.bulk_undo import Settled, author_of, take_back_all, write_all_again
from storage.imports import stop_writing
from storage.people import users_named
from talk.message import Offer, Outcome, Word

_SILENT = ("stage_change",)


async def undo_import(turn: Turn, inbox_id: int) -> Outcome:
    """Put back all that an import wrote and nobody built upon. Raises NothingToUndo, NotYours."""
    await stop_writing(turn.session, inbox_id)
    settled = await take_back_all(await _bulk(turn, inbox_id), turn.actor, inbox_id)
    if not settled.done and not settled.kept:
        raise NothingToUndo
    facts = await _facts(turn, settled)
    key = "changes_undone" if not facts["kept"] else "changes_partly_undone" if facts["back"] else "changes_kept"
    again = Offer("button_redo", "redo", {"by": turn.incoming.id})
    return Outcome(key, facts, wrote=False, offers=((again,),) if settled.done else ())


async def redo_import(turn: Turn, inbox_id: int, by: int) -> tuple[list[Word], list[tuple[Word, int]]]:
    """Write again what the message `by` put back of an import: what was, and what was not with who changed it since."""
    settled = await write_all_again(await _bulk(turn, inbox_id), turn.actor, inbox_id, by)
    again = [_what(thing, field) for thing, field in settled.done if thing not in _SILENT]
    return again, [(_what(thing, field), who) for thing, field, who in settled.kept if thing not in _SILENT]


async def _bulk(turn: Turn, inbox_id: int) -> Bulk:
    author = await author_of(turn.session, inbox_id)
    if author is not None:
        await check_author(turn, author)
    await turn.session.flush()
    turn.known.clear()
    return Bulk(turn.session, turn.ledger.now, turn.actor.id, turn.ledger.inbox_id or turn.incoming.id)


async def _facts(turn: Turn, settled: Settled) -> dict[str, Any]:
    names = await users_named(turn.session, [who for _, _, who in settled.kept])
    left = [(_what(thing, field), who) for thing, field, who in settled.kept if thing not in _SILENT]
    back = [_what(thing, field) for thing, field in settled.done if thing not in _SILENT]
    return {"back": list(dict.fromkeys(back)), "kept": left_as_it_is(left, names)}


def _what(thing: str, field: str) -> Word:
    return Word(f"thing_{thing}_{field}" if field else f"thing_{thing}")
