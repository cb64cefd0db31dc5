"""A sheet of customers that its sender wants imported: by the caption or a tap it is shown what it would do, then 导入,
取消, 合并重复 and 明细 decide. Read, shown and written it is by jobs/import_sheets.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.attachments import Attachment, extension_of
from crm.errors import CrmError
from crm.imports import CLOSED, DOUBTS, OF_FIRM, WAYS, Import, Preview, way_of
from crm.sheet_errors import ImportNeedsSuperior, ImportStale, NothingToImport
from handlers import post
from handlers.cards import offered
from handlers.gate import policies_of
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.imports import import_of_attachment, locked_import, open_import
from talk.imports import preview_outcome
from talk.message import Count, Offer, Outcome, Word
from talk.views import outcome_blocks

SHEETS = ("xlsx", "csv", "tsv")


async def import_customers(turn: Turn, reading: Reading) -> list[Result]:
    """Decide about the sheet that waits here. Raises NothingToImport, ImportStale, ImportNeedsSuperior."""
    told = await open_import(turn.session, turn.actor.id, turn.chat.id, turn.ledger.now)
    if told is None:
        raise NothingToImport
    return [await decide_import(turn, told.id, reading.slots)]


async def import_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """What a button under a sheet says. Raises ImportStale, ImportNeedsSuperior."""
    outcome = await decide_import(turn, facts["import"], facts)
    blocks = tuple(outcome_blocks(outcome, turn.reader))
    if facts["do"] == "rows":
        await post.answer_tap(turn, blocks)
        return
    await post.answer_tap(turn)
    await post.reply(turn, blocks, tuple(offered(turn, outcome)))


async def decide_import(turn: Turn, key: int, said: Mapping[str, Any]) -> Outcome:
    """Do what is said with an import (`do`: write, drop, rows, way, merge, preview). Raises ImportStale,
    ImportNeedsSuperior.
    """
    told = await locked_import(turn.session, key)
    attachment = await turn.ledger.get(Attachment, told.attachment_id) if told else None
    if told is None or attachment is None or not _waits(turn, told, attachment):
        raise ImportStale
    do, name = said["do"], attachment.name
    if told.wants_rows:
        return Outcome("import_rows_coming", wrote=False)
    if do == "drop":
        told.state = "dropped"
        return Outcome("import_dropped", {"name": name}, wrote=False)
    if do == "preview" or told.state == "offered":
        told.state, told.is_asked = "wanted", True
        return Outcome("sheet_read_now", {"name": name}, wrote=False)
    if do == "rows":
        told.wants_rows = True
        return Outcome("import_rows_coming", wrote=False)
    told.ways = _decided(told, said)
    preview = Preview.from_json(told.told)
    if do != "write" or not preview.to_write(told.ways):
        return preview_outcome(told.id, name, preview, told.ways)
    await _check_policies(turn, told, preview)
    told.state, told.written_by_id = "writing", turn.ledger.inbox_id
    facts = {"name": name, "n": Count(preview.to_write(told.ways), "count_rows")}
    return Outcome("import_begun", facts, wrote=False)


def _waits(turn: Turn, told: Import, attachment: Attachment) -> bool:
    is_here = told.user_id == turn.actor.id and attachment.withdrawn_at is None
    return is_here and told.state in ("offered", "asked")


def _decided(told: Import, said: Mapping[str, Any]) -> dict[str, str]:
    """The ways with what is said of one doubt, or of all that make a firm look like another."""
    way = "fill" if said["do"] == "merge" else said.get("way")
    if way not in WAYS:
        return dict(told.ways)
    doubts = [said["doubt"]] if said.get("doubt") in DOUBTS else OF_FIRM
    return {**told.ways, **dict.fromkeys(doubts, way)}


async def _check_policies(turn: Turn, told: Import, preview: Preview) -> None:
    """The word that imports is the tap that a policy may want; a superior's it is not. Raises ImportNeedsSuperior."""
    fields = {field for _, field in preview.columns}
    doubtful = [doubt for doubt in OF_FIRM if preview.doubtful(doubt)]
    made = preview.counts.get("new") or any(way_of(told.ways, doubt) == "new" for doubt in doubtful)
    kinds = ["new_customer"] if made else []
    kinds += ["customer"] if preview.counts.get("matching") else []
    kinds += ["contact"] if fields & {"contact", "first_name", "last_name"} else []
    kinds += ["new_deal"] if preview.deals.get("all") else []
    kinds += [outcome for outcome in CLOSED if preview.deals.get(outcome)]
    kinds += ["note"] if "note" in fields else []
    policies = await policies_of(turn)
    held = [kind for kind in kinds if policies.of(kind) == "manager"]
    if held and turn.actor.user.role not in ("admin", "manager"):
        raise ImportNeedsSuperior(kinds=[Word(f"write_{kind}") for kind in held])


async def look_at_sheets(turn: Turn, kept: Sequence[Attachment], *, is_asked: bool) -> None:
    """Let the sheets among the files that were kept be looked at, once their bytes are here."""
    if turn.chat.is_group:
        return
    for attachment in kept:
        known = await import_of_attachment(turn.session, attachment.id)
        if known is not None or not (is_asked or extension_of(attachment.name) in SHEETS):
            continue
        told = Import(turn.actor.id, turn.chat.id, attachment.inbox_id, attachment.id, turn.incoming.at, is_asked)
        told.told = {"receipt": True} if is_asked else {}
        turn.session.add(told)
    await turn.session.flush()


def received(turn: Turn, name: str) -> Outcome:
    """A sheet is here and is being looked at; it may be kept as a file all the same."""
    keep = Offer("button_keep_sheet", "files_elsewhere", {"inbox": turn.ledger.inbox_id})
    return Outcome("sheet_received", {"name": name}, offers=((keep,),))


async def left_in_words(turn: Turn) -> bool:
    """Whether 取消, said where nothing else is asked, leaves a sheet alone that waits here."""
    told = await open_import(turn.session, turn.actor.id, turn.chat.id, turn.ledger.now)
    if told is None:
        return False
    try:
        outcome = await decide_import(turn, told.id, {"do": "drop"})
    except CrmError:
        return False
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)))
    return True
