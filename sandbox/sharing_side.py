"""What people share besides words and files: where they are, somebody's number, a card, what a bot found inline."""

from sandbox.group_side import GroupSide
from sandbox.inline import question
from sandbox.posting import ChatRef, PersonRef
from sandbox.world import Json


class SharingSide(GroupSide):
    """Places, contacts and inline results. ValueError if impossible."""

    def send_location(
        self,
        person: PersonRef,
        latitude: float,
        longitude: float,
        accuracy: float = 20,
        chat: ChatRef | None = None,
        *,
        reply_to: int | None = None,
        live: int = 0,
    ) -> int:
        """Where the person is; `live`: for so many seconds they go on telling it."""
        point = (
            _point(latitude, longitude) | {"horizontal_accuracy": accuracy} | ({"live_period": live} if live else {})
        )
        return self._send(*self._speaker(person, chat), {"location": point}, reply_to)

    def move(self, person: PersonRef, message_id: int, latitude: float, longitude: float) -> None:
        """Who tells where they are has moved on: the message is edited."""
        speaker, place, _ = self._speaker(person, None)
        message = self.message(place, message_id)
        if message["from"]["id"] != speaker.id or "live_period" not in message.get("location", {}):
            raise ValueError("that is no live location of one's own")
        self.world.edit(message, {"location": message["location"] | _point(latitude, longitude)})
        self._tell("edited_message", place, message)

    def send_venue(
        self, person: PersonRef, place: tuple[float, float], title: str, address: str, chat: ChatRef | None = None
    ) -> int:
        """A place with a name, picked from a map; `place` is its latitude and longitude."""
        point = _point(*place)
        venue = {"location": point, "title": title, "address": address}
        return self._send(*self._speaker(person, chat), {"venue": venue, "location": point})

    def send_contact(
        self,
        person: PersonRef,
        contact: Json | None = None,
        chat: ChatRef | None = None,
        *,
        reply_to: int | None = None,
    ) -> int:
        """A contact; without one, the person's own number, as a request_contact button sends it."""
        speaker, place, topic = self._speaker(person, chat)
        own = {"phone_number": speaker.phone or f"+86138{speaker.id:08d}", "first_name": speaker.name}
        shared = {"contact": contact or own | {"user_id": speaker.id}}
        return self._send(speaker, place, topic, shared, reply_to)

    def ask_inline(self, person: PersonRef, text: str, chat: ChatRef | None = None, offset: str = "") -> str:
        """Type @bot and some text in a chat. Gives the query's id; its answer holds the results.

        What the bot let be kept is answered again without asking it, to others too where it was not personal.
        """
        if not self.world.is_inline:
            raise ValueError("the bot's inline mode is off")
        speaker, place, _ = self._speaker(person, chat)
        query = self.world.ask(speaker.id, place.id)
        query.asks = question(text, offset)
        kept = self.world.inline_answers.get(speaker.id, query.asks)
        if kept is not None:
            query.answer = kept
            self.world.changes.tell("answer", query=query.id, chat=place.id, person=speaker.id, answer=kept)
            return query.id
        kind = place.group.type if place.group else "sender"
        payload = {"id": query.id, "from": speaker.user(), "query": text, "offset": offset, "chat_type": kind}
        self.world.updates.put("inline_query", payload, speaker.id)
        return query.id

    def choose_inline(self, query_id: str, result_id: str) -> int:
        """Send one of an inline query's results, by way of the bot. Gives the message id."""
        query = self.world.queries[query_id]
        results = (query.answer or {}).get("results", [])
        result = next((each for each in results if str(each["id"]) == result_id), None)
        if result is None:
            raise ValueError(f"there is no result {result_id!r}")
        speaker, place, topic = self._speaker(query.person, query.chat)
        said = dict(result["said"]) | {"via_bot": self.world.bot}
        if result.get("reply_markup"):
            said["reply_markup"] = result["reply_markup"]
        message_id = self._send(speaker, place, topic, said)
        self.world.inline_messages[f"inline-{query.id}"] = (place.id, message_id)
        return message_id


def _point(latitude: float, longitude: float) -> Json:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("there is no such place on earth")
    return {"latitude": latitude, "longitude": longitude}
