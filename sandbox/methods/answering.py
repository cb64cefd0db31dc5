"""Methods that answer a pressed button or an inline query."""

import time

from sandbox import units
from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import Json, Query, World

LIFETIME = 60.0
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, p: Params) -> bool:
    """Once per press; `text` shows as a toast or alert."""
    query = _open_query(world, p.text("callback_query_id"))
    if units.length(p.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    shown = {"text": p.text("text"), "show_alert": p.flag("show_alert"), "url": p.text("url")}
    return _answered(world, query, shown)


def answer_inline_query(world: World, p: Params) -> bool:
    """Once per query; at most 50 results with ids of their own."""
    query = _open_query(world, p.text("inline_query_id"))
    results = p.objects("results")
    if results is None or len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH" if results else "can't parse inline query results JSON object")
    ids = [str(each.get("id", "")) for each in results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(each.encode()) <= 64 for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    return _answered(world, query, {"results": results, "is_personal": p.flag("is_personal")})


def _open_query(world: World, query_id: str) -> Query:
    query = world.queries.get(query_id)
    if not query or query.answer is not None or time.monotonic() - query.asked_at > LIFETIME:
        raise bad_request(TOO_OLD)
    return query


def _answered(world: World, query: Query, answer: Json) -> bool:
    query.answer = answer
    world.changes.tell("answer", query=query.id, chat=query.chat, person=query.person, answer=answer)
    return True
