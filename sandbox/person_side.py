"""What people can do in their chats: say, edit, press, send, forward. The page and the tests both act through this."""

from sandbox import units
from sandbox.files import Upload, picture_size
from sandbox.methods.sending import document_face, photo_sizes
from sandbox.people import COLOURS, Person
from sandbox.posting import ChatRef, PersonRef
from sandbox.sharing_side import SharingSide
from sandbox.world import Json

CONTENTS = {
    *("text", "entities", "caption", "caption_entities"),
    *("photo", "document", "voice", "location", "venue", "contact"),
}


class PersonSide(SharingSide):
    """Acts for people, as Posting says they are named. ValueError if impossible."""

    def add_person(self, name: str, language_code: str = "zh-hans") -> int:
        """Somebody nobody knows yet; gives their id."""
        if not name.strip():
            raise ValueError("a person needs a name")
        known = [person.id for person in self.world.persons()]
        colour = COLOURS[len(known) % len(COLOURS)]
        newcomer = Person(max([1000, *known]) + 1, name.strip()[:64], language_code=language_code, colour=colour)
        self.world.arrive(newcomer)
        return newcomer.id

    def say(self, person: PersonRef, text: str, chat: ChatRef | None = None, reply_to: int | None = None) -> int:
        """A text from a person, privately unless `chat` says where. Gives the message id."""
        speaker, place, topic = self._speaker(person, chat)
        return self._send(speaker, place, topic, self._said(place, text), reply_to)

    def edit(self, person: PersonRef, message_id: int, text: str, chat: ChatRef | None = None) -> None:
        """Change one's own message in place; the bot gets edited_message."""
        speaker, place, _ = self._speaker(person, chat)
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
        speaker, place, _ = self._speaker(person, chat)
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

    def post(self, person: PersonRef, content: Json, chat: ChatRef | None = None) -> int:
        """Any message Telegram knows, for what has no verb here."""
        return self._send(*self._speaker(person, chat), dict(content))

    def forward(self, person: PersonRef, message_id: int, source: PersonRef, chat: ChatRef | None = None) -> int:
        """Pass on a message that one sees in a chat."""
        _, there, _ = self._speaker(person, source)
        message = self.message(there, message_id)
        content = {key: value for key, value in message.items() if key in CONTENTS}
        if not content:
            raise ValueError("this cannot be passed on")
        origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        return self._send(*self._speaker(person, chat), {"forward_origin": origin} | content)

    def send_photo(
        self,
        person: PersonRef,
        upload: Upload,
        chat: ChatRef | None = None,
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
        chat: ChatRef | None = None,
        caption: str = "",
        reply_to: int | None = None,
    ) -> int:
        """Any file."""
        return self._send_media(person, chat, self._file(upload), caption, reply_to)

    def send_album(
        self, person: PersonRef, uploads: list[Upload], chat: ChatRef | None = None, caption: str = ""
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

    def send_voice(self, person: PersonRef, upload: Upload, seconds: int, chat: ChatRef | None = None) -> int:
        """A voice note."""
        stored = self.world.files.keep("voice", upload)
        voice = stored.identity() | {"duration": seconds, "mime_type": upload.mime}
        return self._send_media(person, chat, {"voice": voice}, "")

    def _picture(self, upload: Upload) -> Json | None:
        return {"photo": photo_sizes(self.world.files.keep("photo", upload))} if picture_size(upload.data) else None

    def _file(self, upload: Upload) -> Json:
        return {"document": document_face(self.world.files.keep("document", upload))}

    def _send_media(
        self, person: PersonRef, chat: ChatRef | None, content: Json, caption: str, reply_to: int | None = None
    ) -> int:
        speaker, place, topic = self._speaker(person, chat)
        caption = units.clean(caption).strip()
        found = self._entities(place, caption)
        content |= {"caption": caption} if caption else {}
        return self._send(speaker, place, topic, content | ({"caption_entities": found} if found else {}), reply_to)
