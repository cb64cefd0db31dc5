"""Topics of a forum: how Telegram marks what is written into one, and threads of replies, which look alike."""

from sandbox.people import Group
from sandbox.world import Chat, Json

ICON_COLOUR = 7322096


def quoted(message: Json) -> Json:
    """A message as it stands in the answer to it."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def in_topic(chat: Chat, group: Group, topic: int, answered: Json | None = None) -> Json:
    """The fields of a message in a topic. One that answers nothing is shown as an answer to the topic's beginning."""
    return {
        "message_thread_id": topic,
        "is_topic_message": True,
        "reply_to_message": quoted(answered or chat.messages.get(topic) or _beginning(chat, group, topic)),
    }


def begun(name: str) -> Json:
    """What the message that begins a topic holds."""
    return {"forum_topic_created": {"name": name, "icon_color": ICON_COLOUR}}


def in_thread(group: Group | None, answered: Json) -> Json:
    """The fields of an answer where it was not written into a topic: a supergroup threads its replies."""
    thread: Json = {"reply_to_message": quoted(answered)}
    if group and group.type == "supergroup" and not group.forum:
        thread["message_thread_id"] = answered.get("message_thread_id", answered["message_id"])
    return thread


def topic_of(message: Json | None) -> int:
    """The topic that a message stands in, 0 where it stands in none."""
    return int(message["message_thread_id"]) if message and message.get("is_topic_message") else 0


def _beginning(chat: Chat, group: Group, topic: int) -> Json:
    name = next(name for name, key in group.topics.items() if key == topic)
    founder = {"id": chat.id, "is_bot": False, "first_name": group.title}
    return {"message_id": topic, "from": founder, "chat": chat.face(), "date": 1, "message_thread_id": topic} | begun(
        name
    )
