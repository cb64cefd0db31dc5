"""The user side over HTTP, for the page and for tests in other processes: one row of ACTIONS a verb, and a stream."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.files import Upload
from sandbox.world import Call, Chat, Json

if TYPE_CHECKING:
    from sandbox.double import Sandbox

PAGE = Path(__file__).parent / "page"
PAGE_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
SHOWN_MESSAGES = 300
KEEP_ALIVE = 15.0

Action = Callable[["Sandbox", Json], Json | Awaitable[Json]]


def add_routes(app: web.Application, sandbox: "Sandbox") -> None:
    """Hang the page and its API into the double's application."""
    for path, look in LOOKS.items():
        app.router.add_get(f"/sandbox/{path}", _looking(sandbox, look))
    for path, act in ACTIONS.items():
        app.router.add_post(f"/sandbox/{path}", _acting(sandbox, act))
    app.router.add_delete("/sandbox/faults", _acting(sandbox, clear_faults))
    app.router.add_post("/sandbox/send", _acting(sandbox, send, multipart=True))
    app.router.add_get("/sandbox/events", _streaming(sandbox))
    app.router.add_get("/sandbox/files/{file_id}", _serving(sandbox))
    app.router.add_get("/", _page_file)
    app.router.add_get("/page/{name}", _page_file)


def state(sandbox: "Sandbox", given: Json) -> Json:
    """All that the page needs to draw itself."""
    del given
    world, cast = sandbox.world, sandbox.world.cast
    return {
        "bot": world.bot,
        "zone": cast.zone,
        "language": cast.language,
        "open": cast.open,
        "people": [vars(person) for person in world.persons()],
        "chats": [_chat(sandbox, chat) for chat in world.chats.values() if not chat.moved_to],
        "commands": next(iter(world.commands.values()), []),
        "clock": clock(sandbox, {}),
        "limits": world.limits.on,
    }


def messages(sandbox: "Sandbox", given: Json) -> Json:
    """What stands in the chat named by ?chat=."""
    return {"messages": sandbox.messages(_ref(given["chat"]))}


def calls(sandbox: "Sandbox", given: Json) -> Json:
    """The latest calls of the Bot API; ?after= gives those with a higher number."""
    after = int(given.get("after", 0))
    return {"calls": [each.shown() for each in sandbox.calls if each.number > after]}


def clock(sandbox: "Sandbox", given: Json) -> Json:
    """The double's now, and how far it is from real time."""
    del given
    now = sandbox.clock.now().isoformat(timespec="milliseconds")
    return {"now": now, "offset": round(sandbox.clock.offset, 3)}


def move_clock(sandbox: "Sandbox", given: Json) -> Json:
    """{"forward": seconds}, {"set": ISO moment with zone} or {"reset": true}."""
    if "forward" in given:
        sandbox.clock.forward(float(given["forward"]))
    elif "set" in given:
        sandbox.clock.set(datetime.fromisoformat(given["set"]))
    elif given.get("reset"):
        sandbox.clock.reset()
    else:
        raise ValueError("say forward, set or reset")
    told = clock(sandbox, {})
    sandbox.world.changes.tell("clock", clock=told)
    return told


def set_people(sandbox: "Sandbox", given: Json) -> Json:
    """Let the people and groups of a spec in."""
    sandbox.load(given)
    return {"ok": True}


def say(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "text", "chat"?, "reply_to"?} -> {"message_id"}."""
    reply_to = given.get("reply_to")
    return _sent(sandbox.say(given["person"], given["text"], given.get("chat"), reply_to and int(reply_to)))


def edit(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "message_id", "text", "chat"?}."""
    sandbox.edit(given["person"], int(given["message_id"]), given["text"], given.get("chat"))
    return {"ok": True}


async def press(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "chat", "message_id", "button", "wait"?} -> the bot's answer if it came within `wait` seconds."""
    query = sandbox.press(given["person"], given["chat"], int(given["message_id"]), given["button"])
    return await _answer(sandbox, query, float(given.get("wait", 0)))


async def ask_inline(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "text", "chat"?, "wait"?} -> the results, as for press."""
    query = sandbox.ask_inline(given["person"], given["text"], given.get("chat"))
    return await _answer(sandbox, query, float(given.get("wait", 0)))


def choose_inline(sandbox: "Sandbox", given: Json) -> Json:
    """{"query", "result"} -> {"message_id"}."""
    return _sent(sandbox.choose_inline(given["query"], given["result"]))


def send(sandbox: "Sandbox", given: Json) -> Json:
    """A form with person, chat, file, caption, and as=photo, file or voice -> {"message_id"}."""
    upload, chat = given["file"], _ref(given["chat"]) if given.get("chat") else None
    if not isinstance(upload, Upload):
        raise ValueError("file is not a file")
    person, caption = _ref(given["person"]), given.get("caption", "")
    if given.get("as") == "voice":
        return _sent(sandbox.send_voice(person, upload, int(given.get("seconds", 1)), chat))
    if given.get("as") == "photo":
        return _sent(sandbox.send_photo(person, upload, chat, caption))
    return _sent(sandbox.send_file(person, upload, chat, caption))


def send_location(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "latitude", "longitude", "accuracy"?, "chat"?} -> {"message_id"}."""
    accuracy = float(given.get("accuracy", 20))
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    return _sent(sandbox.send_location(given["person"], latitude, longitude, accuracy, given.get("chat")))


def send_contact(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "contact"?, "chat"?} -> {"message_id"}."""
    return _sent(sandbox.send_contact(given["person"], given.get("contact"), given.get("chat")))


def block(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "blocked"}."""
    sandbox.block(given["person"], bool(given.get("blocked", True)))
    return {"ok": True}


def set_bot(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "status", "person"}: the bot's place in a group."""
    sandbox.set_bot(given["chat"], given["status"], given["person"])
    return {"ok": True}


def upgrade(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "to"}: a group becomes a supergroup under another id."""
    sandbox.upgrade(given["chat"], int(given["to"]))
    return {"ok": True}


def faults(sandbox: "Sandbox", given: Json) -> Json:
    """What is still to strike."""
    del given
    return {"faults": [vars(each) for each in sandbox.faults.waiting]}


def add_fault(sandbox: "Sandbox", given: Json) -> Json:
    """A fault; fields as in faults.Fault."""
    sandbox.fault(**given)
    return faults(sandbox, {})


def clear_faults(sandbox: "Sandbox", given: Json) -> Json:
    """No more faults."""
    sandbox.faults.clear()
    return faults(sandbox, given)


def limits(sandbox: "Sandbox", given: Json) -> Json:
    """{"on"}: the flood limits."""
    sandbox.world.limits.on = bool(given["on"])
    return {"on": sandbox.world.limits.on}


LOOKS: dict[str, Callable[["Sandbox", Json], Json]] = {
    "state": state,
    "messages": messages,
    "calls": calls,
    "clock": clock,
    "faults": faults,
}

ACTIONS: dict[str, Action] = {
    "people": set_people,
    "say": say,
    "edit": edit,
    "press": press,
    "inline": ask_inline,
    "choose": choose_inline,
    "location": send_location,
    "contact": send_contact,
    "block": block,
    "bot": set_bot,
    "upgrade": upgrade,
    "clock": move_clock,
    "faults": add_fault,
    "limits": limits,
}


def _ref(given: Any) -> int | str:
    text = str(given)
    return int(text) if text.lstrip("-").isdigit() else text


def _sent(message_id: int) -> Json:
    return {"message_id": message_id}


async def _answer(sandbox: "Sandbox", query: str, seconds: float) -> Json:
    try:
        return {"query": query, "answer": await sandbox.answered(query, seconds)}
    except TimeoutError:
        return {"query": query, "answer": None}


def _chat(sandbox: "Sandbox", chat: Chat) -> Json:
    said = list(islice(reversed(chat.messages.values()), SHOWN_MESSAGES))[::-1]
    details = vars(chat.group) if chat.group else {}
    members = [person.id for person in sandbox.world.members(chat)]
    suggestions = chat.partner.suggestions
    shown = {"messages": said, "keyboard": chat.keyboard, "members": members, "suggestions": suggestions}
    return details | chat.face() | shown


def _json(body: Json, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


def _looking(sandbox: "Sandbox", look: Callable[["Sandbox", Json], Json]) -> Any:
    async def answer(request: web.Request) -> web.Response:
        try:
            return _json(look(sandbox, dict(request.query)))
        except (ValueError, LookupError) as error:
            return _json({"error": _reason(error)}, 400)

    return answer


def _acting(sandbox: "Sandbox", act: Action, multipart: bool = False) -> Any:
    async def answer(request: web.Request) -> web.Response:
        try:
            result = act(sandbox, await _given(request, multipart))
            return _json(await result if isinstance(result, Awaitable) else result)
        except (ValueError, TypeError, LookupError) as error:
            return _json({"error": _reason(error)}, 400)

    return answer


async def _given(request: web.Request, multipart: bool) -> Json:
    if multipart:
        form = await request.post()
        return {key: await _part(value) for key, value in form.items()}
    given = await request.json() if request.can_read_body else {}
    if not isinstance(given, dict):
        raise ValueError("an object is expected")
    return given


async def _part(value: Any) -> Any:
    if isinstance(value, web.FileField):
        with value.file as file:
            return Upload(value.filename, value.content_type, file.read())
    return value


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _streaming(sandbox: "Sandbox") -> Any:
    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b'data: {"kind": "hello"}\n\n')
        with sandbox.world.changes.watch() as queue:
            while True:
                await response.write(await _next_event(queue))

    return stream


async def _next_event(queue: asyncio.Queue[Json]) -> bytes:
    try:
        async with asyncio.timeout(KEEP_ALIVE):
            change = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(change, default=_shown)}\n\n".encode()


def _shown(value: Any) -> Any:
    return value.shown() if isinstance(value, Call) else str(value)


def _serving(sandbox: "Sandbox") -> Any:
    async def serve(request: web.Request) -> web.Response:
        stored = sandbox.world.files.get(request.match_info["file_id"])
        if not stored:
            return web.Response(status=404)
        is_picture = stored.upload.mime in PICTURES
        disposition = "inline" if is_picture and "download" not in request.query else "attachment"
        mime = stored.upload.mime if is_picture else "application/octet-stream"
        headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
        return web.Response(body=stored.upload.data, content_type=mime, headers=headers)

    return serve


async def _page_file(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in PAGE_TYPES or not path.is_file():
        return web.Response(status=404)
    return web.Response(body=path.read_bytes(), content_type=PAGE_TYPES[path.suffix], charset="utf-8")
