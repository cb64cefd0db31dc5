"""Methods that change or remove a message."""

from sandbox.errors import bad_request
from sandbox.methods import keyboards, places, sending, texts
from sandbox.params import Params
from sandbox.world import Chat, Json, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MEDIA_GIVES_WAY = {"text", "photo", "document"}
MEDIA_PARTS = (*sorted(MEDIA_GIVES_WAY), "entities", "link_preview_options", "caption", "caption_entities")
DELETABLE_SECONDS = 48 * 3600


def edit_text(world: World, p: Params) -> Json | bool:
    """A new text; buttons that are not given again go."""
    chat, message = places.own_message(world, p)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = texts.message_text(world, p)
    return _edited(world, p, (chat, message), content, ("text", "entities", "link_preview_options"))


def edit_caption(world: World, p: Params) -> Json | bool:
    """A new caption under a picture or file."""
    chat, message = places.own_message(world, p)
    if not {"photo", "document", "voice"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, p, (chat, message), texts.caption(world, p), ("caption", "caption_entities"))


def edit_media(world: World, p: Params) -> Json | bool:
    """Another picture or file with its caption, in the place of one or of a text; its buttons too are given again."""
    found = places.own_message(world, p)
    if not MEDIA_GIVES_WAY & found[1].keys():
        raise bad_request("message can't be edited")
    item = p.json("media", dict)
    if not item:
        raise bad_request("media is empty")
    return _edited(world, p, found, sending.media_item(world, p, item), MEDIA_PARTS)


def edit_reply_markup(world: World, p: Params) -> Json | bool:
    """Other buttons, or none."""
    return _edited(world, p, places.own_message(world, p), {}, ())


def delete(world: World, p: Params) -> bool:
    """Own messages, and those of one's private chats, for 48 hours; others only as an administrator."""
    chat = places.open_chat(world, p)
    message = chat.messages.get(p.integer("message_id"))
    if not message:
        raise bad_request("message to delete not found")
    is_own = message["from"]["id"] == world.bot["id"]
    if chat.group and not is_own and chat.group.bot != "administrator":
        raise bad_request("message can't be deleted")
    if world.clock.stamp() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, message["message_id"])
    return True


def _edited(world: World, p: Params, found: tuple[Chat, Json], content: Json, parts: tuple[str, ...]) -> Json | bool:
    chat, message = found
    markup = keyboards.inline_keyboard(p)
    content |= {"reply_markup": markup} if markup else {}
    parts = (*parts, "reply_markup")
    if all(message.get(each) == content.get(each) for each in parts):
        raise bad_request(NOT_MODIFIED)
    world.limits.spend(chat.id)
    world.edit(message, content, drop=[each for each in parts if each not in content])
    return True if p.text("inline_message_id") else message
