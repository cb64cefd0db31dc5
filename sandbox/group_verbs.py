"""The verbs of groups, and how what is asked names where: rows of GROUP_ACTIONS, as in verbs.py."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from sandbox.posting import ChatRef, PersonRef
from sandbox.world import Json

if TYPE_CHECKING:
    from sandbox.double import Sandbox


def as_ref(given: Any) -> PersonRef:
    """A person, chat or topic as it came in: a number is an id."""
    text = str(given)
    return int(text) if text.lstrip("-").isdigit() else text


def where(given: Json) -> ChatRef | None:
    """The chat asked for, and its topic where one is named."""
    if not given.get("chat"):
        return None
    chat = as_ref(given["chat"])
    return (chat, as_ref(given["topic"])) if given.get("topic") else chat


def sent(message_id: int) -> Json:
    """What a verb answers that sends something."""
    return {"message_id": message_id}


def add_group(sandbox: "Sandbox", given: Json) -> Json:
    """{"title", "person", "members"?, "forum"?} -> {"id"}: a new group, without the bot."""
    others = list(given.get("members", ()))
    return {"id": sandbox.add_group(str(given["title"]), given["person"], others, forum=bool(given.get("forum")))}


def set_bot(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "status", "person"}: the bot's place in a group."""
    sandbox.set_bot(given["chat"], given["status"], given["person"])
    return {"ok": True}


def set_member(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "person", "in", "by"?}: a person joins or leaves a group."""
    sandbox.set_member(given["chat"], given["person"], bool(given["in"]), given.get("by"))
    return {"ok": True}


def set_admin(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "person", "admin", "by"?}: a member is promoted, or no longer."""
    sandbox.set_admin(given["chat"], given["person"], bool(given["admin"]), given.get("by"))
    return {"ok": True}


def hide_members(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "hidden"}: whether a bot that is no administrator is told of the members."""
    sandbox.hide_members(given["chat"], bool(given["hidden"]))
    return {"ok": True}


def open_topic(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "name", "person"} -> {"topic"}."""
    return {"topic": sandbox.open_topic(given["chat"], str(given["name"]), given["person"])}


def say_as_group(sandbox: "Sandbox", given: Json) -> Json:
    """{"person", "text", "chat", "topic"?} -> {"message_id"}: an anonymous administrator."""
    return sent(sandbox.say_as_group(given["person"], given["text"], where(given) or ""))


def post_from_channel(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "channel", "text"} -> {"message_id"}: what a linked channel posts."""
    return sent(sandbox.post_from_channel(given["chat"], given["channel"], given["text"]))


def upgrade(sandbox: "Sandbox", given: Json) -> Json:
    """{"chat", "to"}: a group becomes a supergroup under another id."""
    sandbox.upgrade(given["chat"], int(given["to"]))
    return {"ok": True}


GROUP_ACTIONS: dict[str, Callable[["Sandbox", Json], Json | Awaitable[Json]]] = {
    "group": add_group,
    "bot": set_bot,
    "member": set_member,
    "admin": set_admin,
    "hide": hide_members,
    "topic": open_topic,
    "anonymous": say_as_group,
    "channel": post_from_channel,
    "upgrade": upgrade,
}
