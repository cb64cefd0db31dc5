"""What the page and tests ask of the double over HTTP: JSON in, JSON out; one row of LOOKS or ACTIONS a verb."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from sandbox.files import Upload
from sandbox.group_verbs import GROUP_ACTIONS, as_ref, sent, where
from sandbox.world import Chat, Json

if TYPE_CHECKING:
    from sandbox.double import Sandbox

SHOWN_MESSAGES = 300

Action = Callable[["Sandbox", Json], Json | Awaitable[Json]]


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
        "clock": clock(sandbox, {}),
        "limits": world.limits.on,
    }


def messages(sandbox: "Sandbox", given: Json) -> Json:
    """What stands in the chat named by ?chat=."""
    return {"messages": sandbox.messages(as_ref(given["chat"]))}


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


def add_person(sandbox: "Sandbox", given: Json) -> Json:
    """{"name", "language_code"?} -> {"id"}: somebody nobody knows yet."""
    return {"id": sandbox.add_person(str(given["name"]), str(given.get("language_code", "zh-hans")))}


def say(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "text", "chat"?, "topic"?, "reply_to"?} -> {"message_id"}."""
    reply_to = given.get("reply_to")
    return sent(sandbox.say(given["person"], given["text"], where(given), reply_to and int(reply_to)))


def edit(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "message_id", "text", "chat"?}."""
    sandbox.edit(given["person"], int(given["message_id"]), given["text"], given.get("chat"))
    return {"ok": True}


async def press(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "chat", "message_id", "button", "wait"?} -> the bot's answer if it came within `wait` seconds."""
    query = sandbox.press(given["person"], given["chat"], int(given["message_id"]), given["button"])
    return await _answer(sandbox, query, float(given.get("wait", 0)))


async def ask_inline(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "text", "chat"?, "offset"?, "wait"?} -> the results, as for press."""
    query = sandbox.ask_inline(given["person"], given["text"], given.get("chat"), str(given.get("offset", "")))
    return await _answer(sandbox, query, float(given.get("wait", 0)))


def choose_inline(sandbox: "Sandbox", given: Json) -> Json:
    """{"query", "result"} -> {"message_id"}."""
    return sent(sandbox.choose_inline(given["query"], given["result"]))


def send(sandbox: "Sandbox", given: Json) -> Json:
    """A form with person, chat, topic, file, caption, reply_to and as=photo, file or voice -> {"message_id"}.

    Several files are an album.
    """
    uploads, chat = given["file"], where(given)
    uploads = uploads if isinstance(uploads, list) else [uploads]
    if not all(isinstance(upload, Upload) for upload in uploads):
        raise ValueError("file is not a file")
    person, caption = as_ref(given["person"]), given.get("caption", "")
    if len(uploads) > 1:
        return sent(sandbox.send_album(person, uploads, chat, caption)[0])
    if given.get("as") == "voice":
        return sent(sandbox.send_voice(person, uploads[0], int(given.get("seconds", 1)), chat))
    reply_to = int(given["reply_to"]) if given.get("reply_to") else None
    send_it = sandbox.send_photo if given.get("as") == "photo" else sandbox.send_file
    return sent(send_it(person, uploads[0], chat, caption, reply_to))


def send_location(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "latitude", "longitude", "accuracy"?, "chat"?, "topic"?, "reply_to"?, "live"?} -> {"message_id"}.

    With "title" and "address" it is a venue.
    """
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    if given.get("title"):
        name, address = str(given["title"]), str(given.get("address", ""))
        return sent(sandbox.send_venue(given["person"], (latitude, longitude), name, address, where(given)))
    accuracy, live = float(given.get("accuracy", 20)), int(given.get("live", 0))
    reply_to = int(given["reply_to"]) if given.get("reply_to") else None
    at = sandbox.send_location(
        given["person"], latitude, longitude, accuracy, where(given), reply_to=reply_to, live=live
    )
    return sent(at)


def move(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "message_id", "latitude", "longitude"}: a live location moves."""
    place = float(given["latitude"]), float(given["longitude"])
    sandbox.move(given["person"], int(given["message_id"]), *place)
    return {"ok": True}


def send_contact(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "contact"?, "chat"?, "topic"?, "reply_to"?} -> {"message_id"}."""
    reply_to = int(given["reply_to"]) if given.get("reply_to") else None
    return sent(sandbox.send_contact(given["person"], given.get("contact"), where(given), reply_to=reply_to))


def block(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "blocked"}."""
    sandbox.block(given["person"], bool(given.get("blocked", True)))
    return {"ok": True}


def post(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "content", "chat"?, "topic"?}: a message with any fields of Telegram's Message -> {"message_id"}."""
    return sent(sandbox.post(given["person"], given["content"], where(given)))


def forward(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "message_id", "from", "chat"?, "topic"?} -> {"message_id"}."""
    return sent(sandbox.forward(given["person"], int(given["message_id"]), given["from"], where(given)))


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
    "person": add_person,
    "say": say,
    "edit": edit,
    "press": press,
    "inline": ask_inline,
    "choose": choose_inline,
    "location": send_location,
    "move": move,
    "contact": send_contact,
    "block": block,
    "post": post,
    "forward": forward,
    "clock": move_clock,
    "faults": add_fault,
    "limits": limits,
    **GROUP_ACTIONS,
}


async def _answer(sandbox: "Sandbox", query: str, seconds: float) -> Json:
    try:
        return {"query": query, "answer": await sandbox.answered(query, seconds)}
    except TimeoutError:
        return {"query": query, "answer": None}


def _chat(sandbox: "Sandbox", chat: Chat) -> Json:
    said = list(islice(reversed(chat.messages.values()), SHOWN_MESSAGES))[::-1]
    details = vars(chat.group) if chat.group else {}
    members = [person.id for person in sandbox.world.members(chat)]
    return {
        **details,
        **chat.face(),
        "messages": said,
        "keyboard": chat.keyboard,
        "members": members,
        "suggestions": chat.partner.suggestions,
        "commands": sandbox.world.commands_for(chat),
    }
