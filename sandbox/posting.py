"""The ground that people act on: who and where is meant, and how what they say gets there and to the bot."""

from sandbox import entities, members, topics, units
from sandbox.people import Person
from sandbox.privacy import is_for_bot
from sandbox.world import Chat, Json, World

PersonRef = int | str
# A chat, or a chat and one of its topics.
ChatRef = PersonRef | tuple[PersonRef, PersonRef]


class Posting:
    """A person or chat is named by id, or by name, username or title; a topic by id or name."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, ref: PersonRef) -> Person:
        """The person meant."""
        for each in self.world.persons():
            if ref in (each.id, each.name) or (ref == each.username and ref):
                return each
        raise ValueError(f"nobody here is {ref!r}")

    def chat(self, ref: PersonRef) -> Chat:
        """The chat meant; a person stands for the private chat with the bot."""
        for chat in self.world.chats.values():
            if ref == chat.id or (chat.group and chat.group.title == ref):
                return chat if not chat.moved_to else self.world.chats[chat.moved_to]
        return self.world.chats[self.person(ref).id]

    def message(self, chat: Chat, message_id: int) -> Json:
        """A message by its id."""
        message = chat.messages.get(message_id)
        if not message:
            raise ValueError(f"chat {chat.id} has no message {message_id}")
        return message

    def block(self, person: PersonRef, is_blocked: bool = True) -> None:
        """Block the bot, or take it back."""
        speaker = self.person(person)
        chat = self.world.chats[speaker.id]
        members.change_bot(self.world, chat, "kicked" if is_blocked else "member", speaker.user())

    def _speaker(self, person: PersonRef, where: ChatRef | None) -> tuple[Person, Chat, int]:
        """Who speaks, in which chat and topic, 0 for none."""
        chat, topic = where if isinstance(where, tuple) else (where, 0)
        speaker = self.person(person)
        place = self.chat(speaker.id if chat is None else chat)
        if speaker not in self.world.members(place):
            raise ValueError(f"{speaker.name} is not in this chat")
        if topic and not place.group:
            raise ValueError("only a group has topics")
        return speaker, place, place.group.topic(topic) if topic and place.group else 0

    def _send(self, speaker: Person, place: Chat, topic: int, content: Json, reply_to: int | None = None) -> int:
        if not place.group and speaker.blocked:
            self.block(speaker.id, False)
        speaker.started = speaker.started or not place.group
        return self._post(place, speaker.user(), content | self._frame(place, topic, reply_to))

    def _post(self, place: Chat, sender: Json, content: Json) -> int:
        """Put a message into a chat, and let the bot hear it if it is meant to."""
        message = self.world.post(place, sender, content)
        self._tell("message", place, message)
        return int(message["message_id"])

    def _said(self, place: Chat, text: str) -> Json:
        """A text with what Telegram finds in it."""
        text = units.clean(text).strip()
        if not text:
            raise ValueError("an empty message cannot be sent")
        if units.length(text) > 4096:
            raise ValueError("a message holds 4096 characters at most")
        found = self._entities(place, text)
        return {"text": text} | ({"entities": found} if found else {})

    def _entities(self, place: Chat, text: str) -> list[Json]:
        everybody = [person.user() for person in self.world.members(place)] if place.group else []
        mentions = entities.named(text, everybody)
        found = [*mentions, *entities.found(text, mentions)]
        return sorted(found, key=lambda each: int(each["offset"]))

    def _frame(self, place: Chat, topic: int, reply_to: int | None) -> Json:
        answered = self.message(place, reply_to) if reply_to is not None else None
        topic = topic or topics.topic_of(answered)
        if answered and topics.topic_of(answered) not in (0, topic):
            raise ValueError("that message stands in another topic")
        if topic and place.group:
            return topics.in_topic(place, place.group, topic, answered)
        return topics.in_thread(place.group, answered) if answered else {}

    def _tell(self, kind: str, place: Chat, message: Json) -> None:
        if is_for_bot(self.world.bot, place, message):
            self.world.updates.put(kind, dict(message), place.id)
