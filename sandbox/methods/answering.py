"""Methods that answer a pressed button or an inline query."""

import re
import time

from sandbox import units
from sandbox.errors import bad_request
from sandbox.methods import keyboards, texts
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
    """Once per query; at most 50 results with ids of their own. Kept for `cache_time` seconds, 300 unless told."""
    query = _open_query(world, p.text("inline_query_id"))
    results = p.objects("results")
    if results is None or len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH" if results else "can't parse inline query results JSON object")
    ids = [str(each.get("id", "")) for each in results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(each.encode()) <= 64 for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(p.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    seconds, is_personal = max(p.integer("cache_time", 300), 0), p.flag("is_personal")
    answer = {
        "results": [_result(world, each) for each in results],
        "is_personal": is_personal,
        "cache_time": seconds,
        "next_offset": p.text("next_offset"),
        "button": _button(p),
    }
    world.inline_answers.keep(query.person if is_personal else 0, query.asks, answer, seconds)
    return _answered(world, query, answer)


def _result(world: World, given: Json) -> Json:
    """A result, with what choosing it says: an article with words, the one kind that is understood here."""
    if given.get("type") != "article":
        raise bad_request(f"can't parse inline query result: type '{given.get('type')}' is not supported here")
    content = given.get("input_message_content")
    if not str(given.get("title", "")).strip() or not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: a title and the text of a message are needed")
    said = texts.message_text(world, Params({**content, "text": content["message_text"]}))
    markup = keyboards.inline_keyboard(Params(given))
    return {**given, "said": said} | ({"reply_markup": markup} if markup else {})


def _button(p: Params) -> Json | None:
    """The button above the results: it opens the private chat with a word for the bot."""
    button: Json | None = p.json("button", dict)
    if button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    return button


def _open_query(world: World, query_id: str) -> Query:
    query = world.queries.get(query_id)
    if not query or query.answer is not None or time.monotonic() - query.asked_at > LIFETIME:
        raise bad_request(TOO_OLD)
    return query


def _answered(world: World, query: Query, answer: Json) -> bool:
    query.answer = answer
    world.changes.tell("answer", query=query.id, chat=query.chat, person=query.person, answer=answer)
    return True
