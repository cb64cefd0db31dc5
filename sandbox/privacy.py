"""Privacy mode: which messages of a group reach the bot."""

from sandbox.units import cut
from sandbox.world import Chat, Json

SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
}


def is_for_bot(bot: Json, chat: Chat, message: Json) -> bool:
    """Everything in private; in groups commands, mentions, replies to the bot and service messages."""
    if not chat.group:
        return True
    if chat.group.bot in {"left", "kicked"}:
        return False
    if not chat.group.privacy or chat.group.bot == "administrator" or message.keys() & SERVICE:
        return True
    quoted = message.get("reply_to_message")
    if (quoted and quoted["from"]["id"] == bot["id"]) or message.get("via_bot"):
        return True
    return _addresses(bot["username"].lower(), message)


def _addresses(username: str, message: Json) -> bool:
    text = message.get("text") or message.get("caption") or ""
    for entity in message.get("entities") or message.get("caption_entities") or ():
        part = cut(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and part == f"@{username}":
            return True
        if entity["type"] == "bot_command" and part.partition("@")[2] in ("", username):
            return True
    return False
