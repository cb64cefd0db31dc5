"""Buttons under a message: checked as Telegram checks them."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import Chat, Json, World

# What a button may do, and the type of its value.
ACTIONS: dict[str, type] = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "login_url": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
    "callback_game": dict,
    "pay": bool,
}
UNPARSED = "can't parse reply keyboard markup JSON object"
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


def inline_keyboard(p: Params) -> Json | None:
    """The inline keyboard of a call, None if it has none. ApiError as Telegram words it."""
    markup = p.json("reply_markup", dict)
    rows = markup.get("inline_keyboard") if markup else None
    if not rows:
        return None
    kept = [[_button(button) for button in row] for row in _rows(rows) if row]
    if sum(map(len, kept)) > 100:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def set_reply_keyboard(world: World, p: Params, chat: Chat) -> None:
    """A keyboard in place of the input, or its removal, belongs to the chat, not to the message."""
    markup = p.json("reply_markup", dict) or {}
    if "keyboard" in markup:
        rows = [[_reply_button(each) for each in row] for row in _rows(markup["keyboard"])]
        if chat.group and any("request_contact" in each or "request_location" in each for row in rows for each in row):
            raise bad_request("phone number and location can be requested in private chats only")
        chat.keyboard = markup | {"keyboard": rows}
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    else:
        return
    world.changes.tell("keyboard", chat=chat.id, keyboard=chat.keyboard)


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(UNPARSED)
    return rows


def _reply_button(button: Any) -> Json:
    face: Json = button if isinstance(button, dict) else {"text": button}
    if not isinstance(face.get("text"), str):
        raise bad_request(UNPARSED)
    return face


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    actions = [each for each in ACTIONS if button.get(each) is not None]
    text = button.get("text")
    if len(actions) != 1 or not isinstance(text, str) or not text.strip():
        raise bad_request(NO_ACTION)
    if not isinstance(button[actions[0]], ACTIONS[actions[0]]):
        raise bad_request(f"can't parse inline keyboard button: {actions[0]} has the wrong type")
    if actions == ["callback_data"] and not 1 <= len(str(button["callback_data"]).encode("utf-8", "replace")) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if actions == ["url"] and "://" not in button["url"]:
        raise bad_request("BUTTON_URL_INVALID")
    return {key: value for key, value in button.items() if value is not None}
