"""Where a call wants to go: its chat, with the reasons why the bot may not write there."""

from sandbox.errors import bad_request, forbidden, migrated
from sandbox.params import Params
from sandbox.people import Person
from sandbox.world import Chat, Json, World


def known_chat(world: World, p: Params) -> Chat:
    """The chat that chat_id names. ApiError if there is none or it moved."""
    given = p.raw("chat_id")
    if given in (None, ""):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(p.integer("chat_id"))
    if not chat:
        raise bad_request("chat not found")
    if chat.moved_to:
        raise migrated(chat.moved_to)
    return chat


def open_chat(world: World, p: Params) -> Chat:
    """The same, and the bot may write there."""
    chat = known_chat(world, p)
    if isinstance(chat.partner, Person):
        if chat.partner.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.partner.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.partner.bot in {"left", "kicked"}:
        was = "kicked from" if chat.partner.bot == "kicked" else "not a member of"
        verb = "was" if chat.partner.bot == "kicked" else "is"
        raise forbidden(f"bot {verb} {was} the {chat.partner.type} chat")
    return chat


def own_message(world: World, p: Params) -> tuple[Chat, Json]:
    """The bot's own message that an edit names, by chat and id or by inline id."""
    inline_id = p.text("inline_message_id")
    if inline_id:
        chat_id, message_id = world.inline_messages.get(inline_id, (0, 0))
        if not message_id:
            raise bad_request("MESSAGE_ID_INVALID")
        return world.chats[chat_id], world.chats[chat_id].messages[message_id]
    chat = open_chat(world, p)
    message = chat.messages.get(p.integer("message_id"))
    if not message:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message
