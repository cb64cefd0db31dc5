"""Methods that put something into a chat."""

from sandbox import topics
from sandbox.errors import bad_request
from sandbox.files import Stored, Upload, picture_size
from sandbox.methods import keyboards, places, texts
from sandbox.params import Params
from sandbox.world import Chat, Json, World

PHOTO_BYTES = 10_000_000
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, p: Params) -> Json:
    """Text, up to 4096 UTF-16 units after parsing."""
    chat = places.open_chat(world, p)
    return _deliver(world, p, chat, texts.message_text(world, p))


def send_photo(world: World, p: Params) -> Json:
    """A picture; what is no picture is refused."""
    chat = places.open_chat(world, p)
    content = _photo(world, p.upload("photo")) | texts.caption(world, p)
    return _deliver(world, p, chat, content | _photo_look(p))


def _photo_look(p: Params) -> Json:
    spoiler = {"has_media_spoiler": True} if p.flag("has_spoiler") else {}
    return spoiler | ({"show_caption_above_media": True} if p.flag("show_caption_above_media") else {})


def send_document(world: World, p: Params) -> Json:
    """Any file."""
    chat = places.open_chat(world, p)
    return _deliver(world, p, chat, _document(world, p.upload("document")) | texts.caption(world, p))


def send_voice(world: World, p: Params) -> Json:
    """A voice note; the sound itself is not looked at."""
    chat = places.open_chat(world, p)
    stored = _stored(world, "voice", p.upload("voice"))
    voice = stored.identity() | {"duration": p.integer("duration"), "mime_type": "audio/ogg"}
    return _deliver(world, p, chat, {"voice": voice} | texts.caption(world, p))


def send_location(world: World, p: Params) -> Json:
    """A point on the map."""
    chat = places.open_chat(world, p)
    latitude, longitude = p.number("latitude"), p.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("latitude is empty" if latitude is None else "wrong latitude or longitude")
    location: Json = {"latitude": latitude, "longitude": longitude}
    accuracy = p.number("horizontal_accuracy")
    location |= {} if accuracy is None else {"horizontal_accuracy": accuracy}
    return _deliver(world, p, chat, {"location": location})


def send_contact(world: World, p: Params) -> Json:
    """Somebody's phone number."""
    chat = places.open_chat(world, p)
    contact = {key: p.text(key) for key in ("phone_number", "first_name", "last_name", "vcard") if p.text(key)}
    if "phone_number" not in contact or "first_name" not in contact:
        raise bad_request("phone number or first name is empty")
    return _deliver(world, p, chat, {"contact": contact})


def send_media_group(world: World, p: Params) -> list[Json]:
    """An album of 2 to 10 pictures or files; one message each."""
    chat = places.open_chat(world, p)
    media = p.objects("media") or []
    if not 2 <= len(media) <= 10:
        raise bad_request("group send failed: an album has 2 to 10 items")
    contents = [media_item(world, p, each) for each in media]
    album = {"media_group_id": str(next(world.albums))}
    frame = _frame(world, p, chat)
    world.limits.spend(chat.id, len(contents))
    return [world.post(chat, world.bot, content | album | frame) for content in contents]


def send_chat_action(world: World, p: Params) -> bool:
    """Typing and the like; passes."""
    chat = places.open_chat(world, p)
    if p.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.changes.tell("action", chat=chat.id, action=p.text("action"))
    return True


def _deliver(world: World, p: Params, chat: Chat, content: Json) -> Json:
    frame = _frame(world, p, chat)
    markup = keyboards.inline_keyboard(p)
    world.limits.spend(chat.id)
    keyboards.set_reply_keyboard(world, p, chat)
    return world.post(chat, world.bot, content | frame | ({"reply_markup": markup} if markup else {}))


def _frame(world: World, p: Params, chat: Chat) -> Json:
    """What any message may carry besides its content: topic, quoted message, protection."""
    frame = _thread(chat, p.integer("message_thread_id"))
    if p.flag("protect_content"):
        frame["has_protected_content"] = True
    reply = p.json("reply_parameters", dict) or {}
    if not reply and p.integer("reply_to_message_id"):
        reply = {"message_id": p.integer("reply_to_message_id")}
    return frame | _quoted(chat, reply, p.flag("allow_sending_without_reply"))


def _thread(chat: Chat, topic: int) -> Json:
    if not topic:
        return {}
    if not chat.group:
        return {"message_thread_id": topic, "is_topic_message": True}
    if topic not in chat.group.topics.values():
        raise bad_request("message thread not found")
    return topics.in_topic(chat, chat.group, topic)


def _quoted(chat: Chat, reply: Json, is_lenient: bool) -> Json:
    if not reply:
        return {}
    message = chat.messages.get(Params(reply).integer("message_id"))
    if message:
        return topics.in_thread(chat.group, message)
    if is_lenient or reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _stored(world: World, kind: str, given: Upload | str | None) -> Stored:
    if isinstance(given, Upload):
        if not given.data:
            raise bad_request("file must be non-empty")
        return world.files.keep(kind, given)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if "://" in given:
        # Telegram would fetch it; the double calls nobody outside.
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.get(given)
    if not stored:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _photo(world: World, given: Upload | str | None) -> Json:
    size = picture_size(given.data) if isinstance(given, Upload) else None
    if isinstance(given, Upload) and given.data:
        if not size:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if len(given.data) > PHOTO_BYTES or sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"photo": photo_sizes(_stored(world, "photo", given))}


def photo_sizes(stored: Stored) -> list[Json]:
    """Telegram's list of sizes; here the picture itself is the only one."""
    width, height = picture_size(stored.upload.data) or (1, 1)
    return [stored.identity() | {"width": width, "height": height}]


def _document(world: World, given: Upload | str | None) -> Json:
    return {"document": document_face(_stored(world, "document", given))}


def document_face(stored: Stored) -> Json:
    """Telegram's Document."""
    return stored.identity() | {"file_name": stored.upload.name, "mime_type": stored.upload.mime}


def media_item(world: World, p: Params, item: Json) -> Json:
    """What an InputMedia makes of a message: a picture or file with its caption."""
    kind = item.get("type")
    if kind not in ("photo", "document"):
        raise bad_request(f"type of media '{kind}' is not supported here")
    given = p.resolve(item.get("media"))
    return (_photo if kind == "photo" else _document)(world, given) | texts.caption(world, Params(item))
