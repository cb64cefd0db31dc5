"""Sheets that people sent: looked at once their bytes are here, shown, and written once their sender says so.

Each step is marked in the transaction that tells of it: whatever ends a process in between, the next one does the step
again and it is told once. Reading is a child's work. What is written is written in slices
(storage/import_slices.py), so that others have their turn, and in the end whole or not at all.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from crm.attachments import Attachment
from crm.errors import CrmError
from crm.import_plan import Plan, settled
from crm.import_preview import preview_of
from crm.imports import Import, Preview, Sheet
from crm.policy import Actor
from crm.sheet_errors import ImportBroke
from crm.users import Chat, User
from jobs.import_plan import Prepared, prepare
from jobs.import_posts import Poster
from jobs.read_sheet import read_sheet
from jobs.work_off import work_off
from storage.bulk import Bulk
from storage.bulk_undo import take_back_all
from storage.engine import Store
from storage.files import Files
from storage.import_slices import SLICE, begin_slice
from storage.import_writes import Written
from storage.imports import due_imports, locked_import, settle_import
from storage.people import actor_for
from talk.catalogue import say
from talk.imports import preview_outcome, rows_csv
from talk.message import Count, Offer, Outcome, OutgoingFile, Parts

TELL_EVERY = 3.0  # seconds
TRIES = 3  # at a plan that nobody changes the records of meanwhile
_log = structlog.get_logger(__name__)


class ImportSheets:
    """Works off the sheets that wait; rings `posted` when something is told."""

    def __init__(self, store: Store, files: Files, now: Callable[[], datetime], posted: asyncio.Event) -> None:
        self._store, self._files, self._now, self._posted = store, files, now, posted
        self._stopping = asyncio.Event()
        self._told_at = 0.0

    async def run(self) -> None:
        """Work until `stop`; a sheet that is being read then is read anew by the next process."""
        await work_off(self.turn, self._stopping, "sheets cannot be imported")

    def stop(self) -> None:
        """Ask `run` to come to its end."""
        self._stopping.set()

    async def turn(self) -> int:
        """Take the next step of the sheet that waits longest; how many there were."""
        async with self._store.reading()() as session:
            due = await due_imports(session, 1)
        for told, attachment in due:
            await self._step(told, attachment)
        return len(due)

    async def _step(self, told: Import, attachment: Attachment) -> None:
        is_begun = told.state == "writing" and "written" in told.told
        if (attachment.withdrawn_at is not None and not is_begun) or attachment.state != "kept":
            async with self._store.writing().begin() as session:
                await settle_import(session, told.id, (told.state,), state="dropped", wants_rows=False)
            return
        try:
            await self._read(told, attachment)
        except CrmError as refusal:
            await self._refuse(told, attachment, refusal)
        except Exception:
            number = told.written_by_id or told.inbox_id
            _log.exception("a sheet is set aside", inbox=number)
            await self._refuse(told, attachment, ImportBroke(name=attachment.name, id=number))

    async def _read(self, told: Import, attachment: Attachment) -> None:
        sheet = await read_sheet(
            Path(self._files.path(attachment.sha256)), attachment.name, self._progress(told, attachment)
        )
        if told.state == "writing":
            await self._write(told, attachment, sheet)
            return
        async with self._store.reading()() as session:
            actor = await _actor(session, told)
            prepared = await prepare(session, actor, sheet, self._now())
        if told.wants_rows:
            await self._send_rows(told, attachment, prepared.plan)
        else:
            await self._show(told, attachment, preview_of(prepared.plan))

    async def _show(self, told: Import, attachment: Attachment, preview: Preview, *first: Outcome) -> None:
        """The preview of a sheet that is to be imported; of another only that it could be."""
        async with self._store.writing().begin() as session:
            known = await locked_import(session, told.id)
            if known is None or known.state != told.state:
                return
            known.state = "asked" if known.is_asked else "offered"
            known.told = {**known.told, **preview.to_json()}
            shown = preview_outcome(known.id, attachment.name, preview, known.ways)
            offered = _offered(known.id, attachment.name, preview)
            poster = await self._poster(session, known, attachment)
            await poster.show(known, *((*first, shown) if known.is_asked else (offered,)))
        self._posted.set()

    async def _write(self, told: Import, attachment: Attachment, sheet: Sheet) -> None:
        """Slice by slice: nothing at all where the records are not as they were when it was shown; once begun, to the
        end, by the next process if need be.
        """
        written = set[str]()
        for left in count(TRIES - 1, -1):
            async with self._store.reading()() as session:
                prepared = await prepare(session, await _actor(session, told), sheet, self._now(), told.written_by_id)
            preview, is_begun = preview_of(prepared.plan), bool(written) or "written" in told.told
            if not is_begun and (left == 0 or not _is_same(preview, told)):
                await self._show(told, attachment, preview, Outcome("import_changed", wrote=False))
                return
            if await self._write_slices(told, attachment, prepared, written):
                return

    async def _write_slices(self, told: Import, attachment: Attachment, prepared: Prepared, written: set[str]) -> bool:
        """Whether all is written; False where customers have changed since the plan."""
        decided = await asyncio.to_thread(settled, prepared.plan, told.ways)
        firms, newest = [firm for firm in decided if firm.rows[0].full not in written], prepared.newest
        for start in range(0, len(firms) or 1, SLICE):
            some = firms[start : start + SLICE]
            is_last = start + SLICE >= len(firms)
            async with self._store.writing().begin() as session:
                slice_ = await begin_slice(session, told.id, newest)
                if slice_ is None:
                    return False
                newest = await slice_.write(
                    replace(prepared.plan, firms=some), prepared.stages, self._now(), prepared.zone
                )
                poster = await self._poster(session, slice_.told, attachment)
                if is_last:
                    slice_.told.state = "done"
                    await poster.show(slice_.told, _done(attachment.name, slice_.written, slice_.inbox_id))
                elif self._is_time():
                    facts = {"name": attachment.name, "done": start + SLICE, "of": len(firms)}
                    await poster.show(slice_.told, Outcome("sheet_writing", facts, wrote=False))
            written.update(firm.rows[0].full for firm in some)
            self._posted.set()
        return True

    def _is_time(self) -> bool:
        """Whether it is time to tell anew how far something is."""
        now, last = time.monotonic(), self._told_at
        if now - last >= TELL_EVERY:
            self._told_at = now
        return now - last >= TELL_EVERY

    async def _send_rows(self, told: Import, attachment: Attachment, plan: Plan) -> None:
        rows = sorted((one.line, one.kind, one.reason, one.name, one.value) for one in plan.verdicts)
        async with self._store.writing().begin() as session:
            if not await settle_import(session, told.id, (told.state,), wants_rows=False):
                return
            poster = await self._poster(session, told, attachment)
            content = await asyncio.to_thread(lambda: self._files.put(rows_csv(rows, poster.reader)))
            name = say("import_rows_file", poster.reader, {"name": Path(attachment.name).stem})
            outcome = Outcome("import_rows_sent", {"name": attachment.name}, wrote=False)
            await poster.send_file(told, OutgoingFile(content, name, "text/csv"), outcome)
        self._posted.set()

    async def _refuse(self, told: Import, attachment: Attachment, refusal: CrmError) -> None:
        """Say why not; of a sheet that was only looked at nothing is said. It may still be kept as a file."""
        async with self._store.writing().begin() as session:
            known = await locked_import(session, told.id)
            if known is None or known.state != told.state:
                return
            known.state, known.wants_rows = "refused" if known.is_asked else "dropped", False
            if known.written_by_id is not None and "written" in known.told:
                bulk = Bulk(session, self._now(), known.user_id, known.written_by_id)
                await take_back_all(bulk, await _actor(session, known), known.written_by_id)
            if known.is_asked:
                keep = Offer("button_keep_sheet", "files_elsewhere", {"inbox": known.inbox_id})
                offers = ((keep,),) if known.told.get("receipt") else ()
                poster = await self._poster(session, known, attachment)
                await poster.show(known, Outcome(refusal.key, refusal.facts, wrote=False, offers=offers))
        self._posted.set()

    def _progress(self, told: Import, attachment: Attachment) -> Callable[[int], asyncio.Future[None]]:
        """Tells how far the reading is, every few seconds where it takes so long."""
        self._told_at = time.monotonic()

        async def progress(rows: int) -> None:
            if not told.is_asked or told.wants_rows or not self._is_time():
                return
            async with self._store.writing().begin() as session:
                known = await locked_import(session, told.id)
                if known is None or known.state != told.state:
                    return
                poster = await self._poster(session, known, attachment)
                facts = {"name": attachment.name, "n": Count(rows, "count_rows")}
                await poster.show(known, Outcome("sheet_reading", facts, wrote=False))
            self._posted.set()

        return progress  # type: ignore[return-value]

    async def _poster(self, session: AsyncSession, told: Import, attachment: Attachment) -> Poster:
        chat = await session.get_one(Chat, told.chat_id or 0)
        return Poster(session, await _actor(session, told), chat, attachment.message, self._now())


async def _actor(session: AsyncSession, told: Import) -> Actor:
    return await actor_for(session, await session.get_one(User, told.user_id))


def _is_same(preview: Preview, told: Import) -> bool:
    shown = Preview.from_json(told.told)
    return (dict(preview.counts), dict(preview.doubts)) == (dict(shown.counts), dict(shown.doubts))


def _offered(key: int, name: str, preview: Preview) -> Outcome:
    facts = {"name": name, "n": Count(sum(preview.counts.values()), "count_rows")}
    offer = Offer("button_import_offer", "import", {"import": key, "do": "preview"})
    return Outcome("sheet_offered", facts, wrote=False, offers=((offer,),))


def _done(name: str, written: Written, inbox_id: int) -> Outcome:
    """What was written, to be put back as one."""
    counted = (
        Count(written.customers, "count_new_customers"),
        Count(written.contacts, "count_new_contacts"),
        Count(written.deals, "count_new_deals"),
        Count(written.notes, "count_new_notes"),
        Count(written.filled, "count_filled"),
    )
    parts = Parts(count for count in counted if count.n)
    if not parts:
        return Outcome("nothing_imported", {"name": name}, wrote=False)
    undo = Offer("button_undo", "undo", {"inbox": inbox_id})
    return Outcome("customers_imported", {"name": name, "parts": parts}, wrote=False, offers=((undo,),))
