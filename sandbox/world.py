"""What exists in the double's messenger: the bot, chats, messages, files, pressed buttons.

No HTTP, and none of the methods' rules.
"""

import json
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sandbox import people
from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.files import Files
from sandbox.inline import InlineAnswers, Question
from sandbox.limits import Limits
from sandbox.people import Cast, Group, Person, Spec
from sandbox.updates import Updates
from sandbox.webhook import Webhook

Json = dict[str, Any]
KEPT_MESSAGES = 5_000
KEPT_QUERIES = 5_000
EPOCH_2026 = 1_767_225_600


@dataclass
class Chat:
    """A private chat or a group, with what was said in it."""

    id: int
    partner: Person | Group
    next_message_id: int
    messages: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    keyboard: Json | None = None
    moved_to: int | None = None

    @property
    def group(self) -> Group | None:
        """The group, or None for a private chat."""
        return self.partner if isinstance(self.partner, Group) else None

    def face(self) -> Json:
        """Telegram's Chat as messages carry it."""
        if isinstance(self.partner, Group):
            forum: Json = {"is_forum": True} if self.partner.forum else {}
            return {"id": self.id, "type": self.partner.type, "title": self.partner.title} | forum
        user = self.partner.user()
        names: Json = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        return {"id": self.id, "type": "private", **names}


@dataclass
class Query:
    """A pressed button or an inline query (`asks`), and what the bot answered."""

    id: str
    person: int
    chat: int
    asked_at: float
    message_id: int = 0
    answer: Json | None = None
    asks: Question = ("", "")


class World:
    """The whole state. Ids start from real time, so that a new double never repeats an old one's."""

    def __init__(self, token: str, clock: Clock) -> None:
        since = time.time() - EPOCH_2026
        self.clock = clock
        self.changes = Changes()
        self.limits = Limits()
        self.updates = Updates(int(since * 10_000))
        self.webhook = Webhook(self.updates, clock)
        self.files = Files(int(since * 1_000))
        self.chats: dict[int, Chat] = {}
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.is_inline = True  # as set at BotFather
        self.inline_answers = InlineAnswers()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_buttons: dict[int, Json] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.cast = Cast([], [], {}, "Asia/Shanghai", "zh", [])
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Sandbox"}
        self.albums = count(int(since * 1_000))
        self._query_ids = count(int(since * 10_000))
        self._first_message_id = int(since * 10)

    def settle(self, spec: Spec) -> None:
        """Take in a spec: new people and groups arrive, known ones get their new details, nobody leaves."""
        self.cast = cast = people.read(spec)
        self.bot |= {"first_name": cast.bot.get("name", "Sandbox"), "username": cast.bot.get("username", "sandbox_bot")}
        partners: list[Person | Group] = [*cast.people, *cast.groups]
        for partner in partners:
            known = self.chats.get(partner.id)
            if known:
                known.partner = partner
            else:
                self.chats[partner.id] = Chat(partner.id, partner, self._first_message_id)
        if "now" in spec:
            self.clock.set(datetime.fromisoformat(spec["now"]))
        self.changes.tell("people")

    def arrive(self, partner: Person | Group) -> None:
        """Somebody new opens a chat with the bot, or a new group begins."""
        self.chats[partner.id] = Chat(partner.id, partner, self._first_message_id)
        self.changes.tell("people")

    def persons(self) -> list[Person]:
        """Everybody but the bot."""
        return [chat.partner for chat in self.chats.values() if isinstance(chat.partner, Person)]

    def members(self, chat: Chat) -> list[Person]:
        """The people in a chat."""
        if isinstance(chat.partner, Person):
            return [chat.partner]
        return [person for person in self.persons() if person.id in chat.partner.members]

    def commands_for(self, chat: Chat) -> list[Json]:
        """The commands shown in a chat: the narrowest scope wins, and the person's language before none."""
        language = chat.partner.language_code.partition("-")[0] if isinstance(chat.partner, Person) else ""
        general = "all_group_chats" if chat.group else "all_private_chats"
        for scope in ({"type": "chat", "chat_id": chat.id}, {"type": general}, {"type": "default"}):
            key = json.dumps(scope, sort_keys=True)
            for code in (language, ""):
                if found := self.commands.get((key, code)):
                    return found
        return []

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Add a message to a chat and return it."""
        message_id, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.face(),
            "date": self.clock.stamp(),
            **content,
        }
        chat.messages[message_id] = message
        if len(chat.messages) > KEPT_MESSAGES:
            chat.messages.popitem(last=False)
        self.changes.tell("message", message=message)
        return message

    def edit(self, message: Json, content: Json, drop: Iterable[str] = ()) -> None:
        """Change a message in place. Values are replaced, never altered: updates hold older copies."""
        for key in drop:
            message.pop(key, None)
        message.update(content, edit_date=self.clock.stamp())
        self.changes.tell("edited", message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message."""
        del chat.messages[message_id]
        self.changes.tell("deleted", chat=chat.id, message_id=message_id)

    def ask(self, person: int, chat: int, message_id: int = 0) -> Query:
        """Open a query that the bot must answer."""
        query = Query(str(next(self._query_ids)), person, chat, time.monotonic(), message_id)
        self.queries[query.id] = query
        if len(self.queries) > KEPT_QUERIES:
            self.queries.popitem(last=False)
        return query


@dataclass(frozen=True)
class Call:
    """One call of the Bot API as it is shown: never with the token."""

    number: int
    at: str
    method: str
    params: Json
    status: int
    answer: Any
    ms: float

    def shown(self) -> Json:
        """As JSON for the page."""
        return {**vars(self)}


class Calls:
    """The latest calls, up to a cap."""

    def __init__(self, cap: int = 1_000) -> None:
        self.kept: deque[Call] = deque(maxlen=cap)
        self.count = 0

    def note(self, call: Call) -> None:
        """Keep a call."""
        self.count += 1
        self.kept.append(call)
