"""What people can do in their chats: say, edit, press, send. The page and the tests both act through this."""

from typing import Any

from sandbox import entities, members, units
from sandbox.files import Upload, picture_size
from sandbox.methods.sending import document_face, photo_sizes
from sandbox.people import COLOURS, Group, Person
from sandbox.privacy import is_for_bot
from sandbox.world import Chat, Json, Query, World

PersonRef = int | str


class PersonSide:
    """Acts for people. A person or chat is named by id, or by name, username or title. ValueError if impossible."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, ref: PersonRef) -> Person:
        """The person meant."""
        for each in self.world.persons():
            if ref in (each.id, each.name) or (ref == each.username and ref):
                return each
        raise ValueError(f"nobody here is {ref!r}")

    def add_person(self, name: str, language_code: str = "zh-hans") -> int:
        """Somebody nobody knows yet; gives their id."""
        if not name.strip():
            raise ValueError("a person needs a name")
        known = [person.id for person in self.world.persons()]
        colour = COLOURS[len(known) % len(COLOURS)]
        newcomer = Person(max([1000, *known]) + 1, name.strip()[:64], language_code=language_code, colour=colour)
        self.world.arrive(newcomer)
        return newcomer.id

    def chat(self, ref: PersonRef) -> Chat:
        """The chat meant; a person stands for the private chat with the bot."""
        for chat in self.world.chats.values():
            if ref == chat.id or (chat.group and chat.group.title == ref):
                return chat if not chat.moved_to else self.world.chats[chat.moved_to]
        return self.world.chats[self.person(ref).id]

    def say(self, person: PersonRef, text: str, chat: PersonRef | None = None, reply_to: int | None = None) -> int:
        """A text from a person, privately unless `chat` says where. Gives the message id."""
        text = units.clean(text).strip()
        if not text:
            raise ValueError("an empty message cannot be sent")
        if units.length(text) > 4096:
            raise ValueError("a message holds 4096 characters at most")
        speaker, place = self._speaker(person, chat)
        found = self._entities(place, text)
        return self._send(speaker, place, {"text": text} | ({"entities": found} if found else {}), reply_to)

    def edit(self, person: PersonRef, message_id: int, text: str, chat: PersonRef | None = None) -> None:
        """Change one's own message in place; the bot gets edited_message."""
        speaker, place = self._speaker(person, chat)
        message = self.message(place, message_id)
        if message["from"]["id"] != speaker.id:
            raise ValueError("one can only edit one's own messages")
        key = "text" if "text" in message else "caption"
        text = units.clean(text).strip()
        if not text or text == message.get(key):
            raise ValueError("the text has not changed" if text else "an empty message cannot be sent")
        found = self._entities(place, text)
        names = "entities" if key == "text" else "caption_entities"
        self.world.edit(message, {key: text} | ({names: found} if found else {}), drop=[names])
        self._tell("edited_message", place, message)

    def press(self, person: PersonRef, chat: PersonRef, message_id: int, button: str) -> str:
        """Press a button, named by its text or data. Gives the query's id, to look for the bot's answer with."""
        speaker, place = self._speaker(person, chat)
        message = self.message(place, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [each for row in rows for each in row if "callback_data" in each]
        pressed = next((each for each in buttons if button in (each["callback_data"], each["text"])), None)
        if not pressed:
            raise ValueError(f"message {message_id} has no button {button!r}")
        query = self.world.ask(speaker.id, place.id, message_id)
        payload = {
            "id": query.id,
            "from": speaker.user(),
            "chat_instance": f"{place.id}",
            "data": pressed["callback_data"],
        }
        inline_id = next((k for k, v in self.world.inline_messages.items() if v == (place.id, message_id)), None)
        where = {"inline_message_id": inline_id} if inline_id else {"message": dict(message)}
        self.world.updates.put("callback_query", payload | where, place.id)
        return query.id

    def post(self, person: PersonRef, content: Json, chat: PersonRef | None = None) -> int:
        """Any message Telegram knows, for what has no verb here: forwards, topics, stickers, anonymous admins."""
        return self._send(*self._speaker(person, chat), dict(content))

    def send_photo(
        self,
        person: PersonRef,
        upload: Upload,
        chat: PersonRef | None = None,
        caption: str = "",
        reply_to: int | None = None,
    ) -> int:
        """A picture; what is no picture goes as a file."""
        content = self._picture(upload) or self._file(upload)
        return self._send_media(person, chat, content, caption, reply_to)

    def send_file(
        self,
        person: PersonRef,
        upload: Upload,
        chat: PersonRef | None = None,
        caption: str = "",
        reply_to: int | None = None,
    ) -> int:
        """Any file."""
        return self._send_media(person, chat, self._file(upload), caption, reply_to)

    def send_album(
        self, person: PersonRef, uploads: list[Upload], chat: PersonRef | None = None, caption: str = ""
    ) -> list[int]:
        """2 to 10 pictures, or as many files, one message each; the caption stands under the first."""
        if not 2 <= len(uploads) <= 10:
            raise ValueError("an album has 2 to 10 items")
        pictures = [self._picture(upload) for upload in uploads]
        contents = pictures if all(pictures) else [self._file(upload) for upload in uploads]
        album = {"media_group_id": str(next(self.world.albums))}
        captions = [caption, *[""] * (len(uploads) - 1)]
        pairs = zip(contents, captions, strict=True)
        return [self._send_media(person, chat, (content or {}) | album, words) for content, words in pairs]

    def send_voice(self, person: PersonRef, upload: Upload, seconds: int, chat: PersonRef | None = None) -> int:
        """A voice note."""
        stored = self.world.files.keep("voice", upload)
        voice = stored.identity() | {"duration": seconds, "mime_type": upload.mime}
        return self._send_media(person, chat, {"voice": voice}, "")

    def _picture(self, upload: Upload) -> Json | None:
        return {"photo": photo_sizes(self.world.files.keep("photo", upload))} if picture_size(upload.data) else None

    def _file(self, upload: Upload) -> Json:
        return {"document": document_face(self.world.files.keep("document", upload))}

    def send_location(
        self, person: PersonRef, latitude: float, longitude: float, accuracy: float = 20, chat: PersonRef | None = None
    ) -> int:
        """Where the person is."""
        point = {"latitude": latitude, "longitude": longitude, "horizontal_accuracy": accuracy}
        return self._send(*self._speaker(person, chat), {"location": point})

    def send_contact(self, person: PersonRef, contact: Json | None = None, chat: PersonRef | None = None) -> int:
        """A contact; without one, the person's own number, as a request_contact button sends it."""
        speaker, place = self._speaker(person, chat)
        own = {"phone_number": speaker.phone or f"+86138{speaker.id:08d}", "first_name": speaker.name}
        return self._send(speaker, place, {"contact": contact or own | {"user_id": speaker.id}})

    def ask_inline(self, person: PersonRef, text: str, chat: PersonRef | None = None) -> str:
        """Type @bot and some text in a chat. Gives the query's id; its answer holds the results."""
        speaker, place = self._speaker(person, chat)
        query = self.world.ask(speaker.id, place.id)
        kind = place.group.type if place.group else "sender"
        payload = {"id": query.id, "from": speaker.user(), "query": text, "offset": "", "chat_type": kind}
        self.world.updates.put("inline_query", payload, speaker.id)
        return query.id

    def choose_inline(self, query_id: str, result_id: str) -> int:
        """Send one of an inline query's results. Only results with a text message are understood."""
        query = self.world.queries[query_id]
        results = (query.answer or {}).get("results", [])
        result = next((each for each in results if str(each["id"]) == result_id), None)
        content = (result or {}).get("input_message_content", {})
        if not result or "message_text" not in content:
            raise ValueError(f"there is no text result {result_id!r}")
        return self._post_inline(query, result, content)

    def block(self, person: PersonRef, is_blocked: bool = True) -> None:
        """Block the bot, or take it back."""
        speaker = self.person(person)
        chat = self.world.chats[speaker.id]
        members.change_bot(self.world, chat, "kicked" if is_blocked else "member", speaker.user())

    def set_bot(self, group: PersonRef, status: str, by: PersonRef) -> None:
        """Add the bot to a group, promote it or put it out: member, administrator, left, kicked."""
        if status not in {"member", "administrator", "left", "kicked"}:
            raise ValueError(f"the bot cannot be {status!r}")
        chat = self.chat(group)
        if not chat.group:
            raise ValueError("the bot is added to groups only")
        members.change_bot(self.world, chat, status, self.person(by).user())

    def set_member(self, group: PersonRef, person: PersonRef, is_in: bool, by: PersonRef | None = None) -> None:
        """Let a person into a group or out of it."""
        chat, moved = self.chat(group), self.person(person)
        if not chat.group or (moved.id in chat.group.members) == is_in:
            raise ValueError(f"{moved.name} cannot be moved so")
        members.change_person(self.world, chat, chat.group, moved, self.person(moved.id if by is None else by).user())

    def upgrade(self, group: PersonRef, new_id: int) -> None:
        """Make a group a supergroup under another id, as Telegram does."""
        old = self.chat(group)
        if not old.group or new_id in self.world.chats or new_id >= 0:
            raise ValueError("a group moves to a new negative id")
        partner = Group(**(vars(old.group) | {"id": new_id, "type": "supergroup"}))
        new = self.world.chats[new_id] = Chat(new_id, partner, 1)
        speaker = self.world.members(old)[0].user()
        self._tell("message", old, self.world.post(old, speaker, {"migrate_to_chat_id": new_id}))
        self._tell("message", new, self.world.post(new, speaker, {"migrate_from_chat_id": old.id}))
        old.moved_to = new_id
        self.world.changes.tell("people")

    def message(self, chat: Chat, message_id: int) -> Json:
        """A message by its id."""
        message = chat.messages.get(message_id)
        if not message:
            raise ValueError(f"chat {chat.id} has no message {message_id}")
        return message

    def _speaker(self, person: PersonRef, chat: PersonRef | None) -> tuple[Person, Chat]:
        speaker = self.person(person)
        place = self.chat(speaker.id if chat is None else chat)
        if speaker not in self.world.members(place):
            raise ValueError(f"{speaker.name} is not in this chat")
        return speaker, place

    def _entities(self, place: Chat, text: str) -> list[Json]:
        everybody = [person.user() for person in self.world.members(place)] if place.group else []
        mentions = entities.named(text, everybody)
        found = [*mentions, *entities.found(text, mentions)]
        return sorted(found, key=lambda each: int(each["offset"]))

    def _send_media(
        self, person: PersonRef, chat: PersonRef | None, content: Json, caption: str, reply_to: int | None = None
    ) -> int:
        speaker, place = self._speaker(person, chat)
        caption = units.clean(caption).strip()
        found = self._entities(place, caption)
        content |= {"caption": caption} if caption else {}
        return self._send(speaker, place, content | ({"caption_entities": found} if found else {}), reply_to)

    def _send(self, speaker: Person, place: Chat, content: Json, reply_to: int | None = None) -> int:
        if reply_to is not None:
            quoted = self.message(place, reply_to)
            content["reply_to_message"] = {k: v for k, v in quoted.items() if k != "reply_to_message"}
        if not place.group and speaker.blocked:
            self.block(speaker.id, False)
        speaker.started = speaker.started or not place.group
        message = self.world.post(place, speaker.user(), content)
        self._tell("message", place, message)
        return int(message["message_id"])

    def _tell(self, kind: str, place: Chat, message: Json) -> None:
        if is_for_bot(self.world.bot, place, message):
            self.world.updates.put(kind, dict(message), place.id)

    def _post_inline(self, query: Query, result: Json, content: Json) -> int:
        speaker, place = self._speaker(query.person, query.chat)
        said: dict[str, Any] = {"text": content["message_text"], "via_bot": self.world.bot}
        if result.get("reply_markup"):
            said["reply_markup"] = result["reply_markup"]
        message_id = self._send(speaker, place, said)
        self.world.inline_messages[f"inline-{query.id}"] = (place.id, message_id)
        return message_id
