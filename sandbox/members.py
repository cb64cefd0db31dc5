"""Membership as Telegram tells it: what a member is, and the bot's coming and going."""

from sandbox.people import Group, Person
from sandbox.world import Chat, Json, World

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
        was_in, is_in = before in {"member", "administrator"}, status in {"member", "administrator"}
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


def change_person(world: World, chat: Chat, group: Group, person: Person, by: Json) -> None:
    """Somebody joins a group, or leaves it if they are in it: a service message, and chat_member for those who ask."""
    was_in = person.id in group.members
    before, after = ("member", "left") if was_in else ("left", "member")
    if was_in:
        group.members.remove(person.id)
    else:
        group.members.append(person.id)
    content = {"left_chat_member": person.user()} if was_in else {"new_chat_members": [person.user()]}
    world.updates.put("message", dict(world.post(chat, by, content)), chat.id)
    change = {
        "chat": chat.face(),
        "from": by,
        "date": world.clock.stamp(),
        "old_chat_member": {"user": person.user(), "status": before},
        "new_chat_member": {"user": person.user(), "status": after},
    }
    world.updates.put("chat_member", change, chat.id)
    world.changes.tell("people")


def _status(chat: Chat) -> str:
    if isinstance(chat.partner, Person):
        return "kicked" if chat.partner.blocked else "member"
    return chat.partner.bot


def _set_status(chat: Chat, status: str) -> None:
    if isinstance(chat.partner, Person):
        chat.partner.blocked = status == "kicked"
    else:
        chat.partner.bot = status
