"""Methods about chats and their members, the command list and the menu button."""

import json
import re

from sandbox import members
from sandbox.errors import bad_request
from sandbox.methods import places
from sandbox.params import Params
from sandbox.world import Json, World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, p: Params) -> Json:
    """Telegram's ChatFullInfo."""
    chat = places.known_chat(world, p)
    return chat.face() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def get_chat_member(world: World, p: Params) -> Json:
    """One member; somebody who is not in the chat is `left`. A bot that is no administrator may be told of nobody."""
    chat = places.open_chat(world, p)
    user_id = p.integer("user_id")
    if user_id == world.bot["id"]:
        return members.bot_member(world, chat.group.bot if chat.group else "member")
    person = next((each for each in world.persons() if each.id == user_id), None)
    if not person:
        raise bad_request("user not found")
    if chat.group and chat.group.hides_members and chat.group.bot != "administrator":
        raise bad_request("member list is inaccessible")
    return members.person_member(person, chat.group)


def get_chat_member_count(world: World, p: Params) -> int:
    """How many, the bot included."""
    return len(world.members(places.open_chat(world, p))) + 1


def get_chat_administrators(world: World, p: Params) -> list[Json]:
    """The people who administer a group."""
    chat = places.open_chat(world, p)
    if not chat.group:
        raise bad_request("there are no administrators in the private chat")
    everybody = [members.person_member(person, chat.group) for person in world.members(chat)]
    return [each for each in everybody if each["status"] == "administrator"]


def leave_chat(world: World, p: Params) -> bool:
    """The bot leaves a group by itself."""
    chat = places.open_chat(world, p)
    if not chat.group:
        raise bad_request("bot can't leave a private chat")
    members.change_bot(world, chat, "left", world.bot)
    return True


def set_my_commands(world: World, p: Params) -> bool:
    """The list of commands for a scope and language."""
    commands = p.objects("commands")
    if commands is None or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "can't parse commands JSON object")
    for each in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(each.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(p)] = commands
    world.changes.tell("commands")
    return True


def get_my_commands(world: World, p: Params) -> list[Json]:
    """What was set for exactly this scope and language."""
    return world.commands.get(_scope(p), [])


def delete_my_commands(world: World, p: Params) -> bool:
    """Forget them."""
    world.commands.pop(_scope(p), None)
    world.changes.tell("commands")
    return True


def set_chat_menu_button(world: World, p: Params) -> bool:
    """For one private chat, or for all that have none of their own."""
    button = p.json("menu_button", dict) or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unsupported type")
    world.menu_buttons[p.integer("chat_id")] = button
    return True


def get_chat_menu_button(world: World, p: Params) -> Json:
    """The chat's own, or the general one."""
    general = world.menu_buttons.get(0, {"type": "commands"})
    return world.menu_buttons.get(p.integer("chat_id"), general)


def _scope(p: Params) -> tuple[str, str]:
    scope = p.json("scope", dict) or {"type": "default"}
    if str(scope.get("chat_id", "")).lstrip("-").isdigit():
        scope["chat_id"] = int(scope["chat_id"])
    return json.dumps(scope, sort_keys=True), p.text("language_code")
