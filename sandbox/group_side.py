"""What people do with a group: open one, let somebody in, promote, put out, begin a topic, speak in a chat's name."""

from sandbox import members, topics, units
from sandbox.people import Group
from sandbox.posting import ChatRef, PersonRef, Posting
from sandbox.world import Chat, Json

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_POSTER = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL_ID = -1009000000001


class GroupSide(Posting):
    """Acts for the people of groups. ValueError if impossible."""

    def add_group(self, title: str, by: PersonRef, others: list[PersonRef], *, forum: bool = False) -> int:
        """A new group without the bot, administered by who opens it; gives its id."""
        if not title.strip():
            raise ValueError("a group needs a title")
        founder = self.person(by).id
        everybody = list(dict.fromkeys([founder, *(self.person(each).id for each in others)]))
        key = min([-3000, *self.world.chats]) - 1
        group = Group(key, title.strip()[:128], everybody, bot="left", admins=[founder], forum=forum)
        self.world.arrive(group)
        return key

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
        doer = self.person(moved.id if by is None else by).user()
        members.change_person(self.world, chat, moved, "member" if is_in else "left", doer)

    def set_admin(self, group: PersonRef, person: PersonRef, is_admin: bool, by: PersonRef | None = None) -> None:
        """Promote a member of a group, or take it back."""
        chat, moved = self.chat(group), self.person(person)
        if not chat.group or moved.id not in chat.group.members or (moved.id in chat.group.admins) == is_admin:
            raise ValueError(f"{moved.name} cannot be promoted so")
        doer = self.person(moved.id if by is None else by).user()
        status = "administrator" if is_admin else "member"
        members.change_person(self.world, chat, moved, status, doer)

    def hide_members(self, group: PersonRef, is_hidden: bool) -> None:
        """Tell the bot nothing of the members as long as it does not administer the group."""
        self._group(group)[1].hides_members = is_hidden

    def open_topic(self, group: PersonRef, name: str, by: PersonRef) -> int:
        """Begin a topic in a forum; gives its id."""
        chat, details = self._group(group)
        name = units.clean(name).strip()[:128]
        if not details.forum or not name or name in details.topics:
            raise ValueError(f"{details.title} can have no topic {name!r}")
        speaker, _, _ = self._speaker(by, chat.id)
        details.topics[name] = topic = chat.next_message_id
        frame = {"message_thread_id": topic, "is_topic_message": True}
        self._post(chat, speaker.user(), topics.begun(name) | frame)
        self.world.changes.tell("people")
        return topic

    def say_as_group(self, person: PersonRef, text: str, chat: ChatRef) -> int:
        """An anonymous administrator writes in the group's name."""
        speaker, place, topic = self._speaker(person, chat)
        if not place.group or speaker.id not in place.group.admins:
            raise ValueError(f"{speaker.name} administers no such group")
        content = self._said(place, text) | {"sender_chat": place.face()}
        return self._post(place, ANONYMOUS, content | self._frame(place, topic, None))

    def post_from_channel(self, group: PersonRef, channel: str, text: str) -> int:
        """A channel that is linked with a group posts something, which Telegram passes on into the group."""
        chat, _ = self._group(group)
        sender: Json = {"id": CHANNEL_ID, "type": "channel", "title": channel}
        number = {"date": self.world.clock.stamp(), "message_id": chat.next_message_id}
        origin = {"type": "channel", "chat": sender} | number
        marks = {"sender_chat": sender, "is_automatic_forward": True, "forward_origin": origin}
        return self._post(chat, CHANNEL_POSTER, self._said(chat, text) | marks)

    def upgrade(self, group: PersonRef, new_id: int) -> None:
        """Make a group a supergroup under another id, as Telegram does."""
        old, details = self._group(group)
        if new_id in self.world.chats or new_id >= 0:
            raise ValueError("a group moves to a new negative id")
        partner = Group(**(vars(details) | {"id": new_id, "type": "supergroup"}))
        new = self.world.chats[new_id] = Chat(new_id, partner, 1)
        speaker = self.world.members(old)[0].user()
        self._tell("message", old, self.world.post(old, speaker, {"migrate_to_chat_id": new_id}))
        self._tell("message", new, self.world.post(new, speaker, {"migrate_from_chat_id": old.id}))
        old.moved_to = new_id
        self.world.changes.tell("people")

    def _group(self, ref: PersonRef) -> tuple[Chat, Group]:
        chat = self.chat(ref)
        if not chat.group:
            raise ValueError(f"{ref!r} is no group")
        return chat, chat.group
