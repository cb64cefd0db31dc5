"""Membership as Telegram tells it: what a member is, and the bot's coming and going."""

from sandbox.people import Group, Person
from sandbox.world import Chat, Json, World

IN = {"member", "administrator"}
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def administrator(user: Json, can_be_edited: bool) -> Json:
    """ChatMemberAdministrator with every right that Telegram always names."""
    rights = {"can_be_edited": can_be_edited, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)}
    return {"user": user, "status": "administrator", **rights}


def bot_member(world: World, status: str) -> Json:
    """The bot as a member of a chat: member, administrator, left or kicked."""
    if status == "administrator":
        return administrator(world.bot, can_be_edited=False)
    return {"user": world.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def change_bot(world: World, chat: Chat, status: str, by: Json) -> None:
    """The bot joins, leaves or is put out: service message in a group, and my_chat_member."""
    before = _status(chat)
    if before == status:
        return
    _set_status(chat, status)
    if chat.group:
        was_in, is_in = before in IN, status in IN
        if is_in and not was_in:
            message = world.post(chat, by, {"new_chat_members": [world.bot]})
            world.updates.put("message", dict(message), chat.id)
        elif was_in and not is_in:
            world.post(chat, by, {"left_chat_member": world.bot})
    change = {
        "chat": chat.face(),
        "from": by,
        "date": world.clock.stamp(),
        "old_chat_member": bot_member(world, before),
        "new_chat_member": bot_member(world, status),
    }
    world.updates.put("my_chat_member", change, chat.id)
    world.changes.tell("membership", chat=chat.id, bot=status)


def change_person(world: World, chat: Chat, person: Person, status: str, by: Json) -> None:
    """Somebody joins a group, leaves it or administers it: a service message where they come or go, and chat_member
    for a bot that administers the group. ValueError for a private chat.
    """
    group = chat.group
    if not group:
        raise ValueError("only a group has members")
    before = person_member(person, group)
    _move(group, person, status)
    after = person_member(person, group)
    is_gone = status == "left"
    if is_gone or before["status"] == "left":
        content = {"left_chat_member": person.user()} if is_gone else {"new_chat_members": [person.user()]}
        message = world.post(chat, by, content)
        if group.bot in IN:
            world.updates.put("message", dict(message), chat.id)
    if group.bot == "administrator":
        change = {"chat": chat.face(), "from": by, "date": world.clock.stamp()}
        world.updates.put("chat_member", change | {"old_chat_member": before, "new_chat_member": after}, chat.id)
    world.changes.tell("people")


def person_member(person: Person, group: Group | None) -> Json:
    """A person as a member of a chat; somebody who is not in it is `left`."""
    if group and person.id in group.admins:
        return administrator(person.user(), can_be_edited=False)
    is_in = not group or person.id in group.members
    return {"user": person.user(), "status": "member" if is_in else "left"}


def _move(group: Group, person: Person, status: str) -> None:
    for where, is_there in ((group.members, status != "left"), (group.admins, status == "administrator")):
        if person.id in where and not is_there:
            where.remove(person.id)
        elif person.id not in where and is_there:
            where.append(person.id)


def _status(chat: Chat) -> str:
    if isinstance(chat.partner, Person):
        return "kicked" if chat.partner.blocked else "member"
    return chat.partner.bot


def _set_status(chat: Chat, status: str) -> None:
    if isinstance(chat.partner, Person):
        chat.partner.blocked = status == "kicked"
    else:
        chat.partner.bot = status
