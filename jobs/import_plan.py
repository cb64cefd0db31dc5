"""A sheet set against the records: who may be an owner, which firms are there, what each row would do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm import policy
from crm.import_plan import Known, People, Plan, plan_of
from crm.imports import Sheet, shorter_forms, sound_of
from crm.pipelines import Stage
from crm.policy import Actor
from crm.reach import number_key
from nlu.phrases import fold
from nlu.sheets.clean import keys_of
from storage.deals import all_stages
from storage.duplicates import Sought, like_any
from storage.imports import made_by, newest_of_customers, standing_of
from storage.people import colleagues
from talk.forms import reader_of


@dataclass(frozen=True)
class Prepared:
    """A plan, the stages that its deals may be in, the newest change of a customer that it knows of, and the zone of
    whoever imports.
    """

    plan: Plan
    stages: dict[str, Stage]
    newest: int
    zone: tzinfo


async def prepare(
    session: AsyncSession, actor: Actor, sheet: Sheet, now: datetime, inbox_id: int | None = None
) -> Prepared:
    """The plan of a sheet for whoever imports it, as the records stand now; what the message `inbox_id` has written of
    it so far is known by its name alone, so that the rest of the sheet is not doubted for it.
    """
    newest = await newest_of_customers(session)
    stages = {stage.key: stage for stage in reversed(await all_stages(session))}
    stages = dict(sorted(stages.items(), key=lambda pair: pair[1].position))
    known = await _known(session, actor, sheet, await made_by(session, inbox_id) if inbox_id else set())
    people = await _people(session, actor)
    names, reader = {key: stage.name(actor.user.language) for key, stage in stages.items()}, reader_of(actor.user, now)
    plan = await asyncio.to_thread(plan_of, sheet, known, people, names, reader.today)  # of many rows it takes a while
    return Prepared(plan, stages, newest, reader.zone)


async def _known(session: AsyncSession, actor: Actor, sheet: Sheet, own: set[int]) -> Known:
    sought = await asyncio.to_thread(_sought, sheet)
    found = await like_any(session, sought, lambda names: [keys_of(name) for name in names])
    for kind, alike in found.items() if own else ():
        if kind != "full":
            found[kind] = {value: [key for key in some if key not in own] for value, some in alike.items()}
    keys = {key for kind in found.values() for some in kind.values() for key in some}
    return Known(found, await standing_of(session, actor, keys))


def _sought(sheet: Sheet) -> Sought:
    rows = [row for row in sheet.rows if not row.fault]
    numbers = {number_key(row.told.get(name, "")) for row in rows for name in ("phone", "contact_phone")}
    return Sought(
        {row.full for row in rows},
        {row.core for row in rows} - {""},
        {form for row in rows for form in shorter_forms(row.core, row.cuts)},
        {sound_of(row.core) for row in rows} - {""},
        numbers - {""},
        {row.told["tax_id"] for row in rows if "tax_id" in row.told},
    )


async def _people(session: AsyncSession, actor: Actor) -> People:
    """Colleagues by what they are called; customers are given to whom the policy lets them be given."""
    by_name: dict[str, list[int]] = {}
    for user in await colleagues(session):
        for name in dict.fromkeys(map(fold, (user.name, *user.short_names))):
            by_name.setdefault(name, []).append(user.id)

    def may_give(owner_id: int) -> bool:
        return policy.may("import_customers", policy.relations(actor, owner_id))

    return People(actor.id, by_name, may_give)
