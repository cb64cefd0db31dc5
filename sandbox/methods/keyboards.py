"""Buttons under a message: checked as Telegram checks them."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import Chat, Json, World

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def inline_keyboard(p: Params) -> Json | None:
    """The inline keyboard of a call, None if it has none. ApiError as Telegram words it."""
    markup = p.json("reply_markup", dict)
    rows = markup.get("inline_keyboard") if markup else None
    if not rows:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object")
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > 100:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def set_reply_keyboard(world: World, p: Params, chat: Chat) -> None:
    """A keyboard in place of the input, or its removal, belongs to the chat, not to the message."""
    markup = p.json("reply_markup", dict) or {}
    if "keyboard" in markup:
        rows = [[each if isinstance(each, dict) else {"text": each} for each in row] for row in markup["keyboard"]]
        if chat.group and any("request_contact" in each or "request_location" in each for row in rows for each in row):
            raise bad_request("phone number and location can be requested in private chats only")
        chat.keyboard = markup | {"keyboard": rows}
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    else:
        return
    world.changes.tell("keyboard", chat=chat.id, keyboard=chat.keyboard)


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    actions = [each for each in ACTIONS if button.get(each) is not None]
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and "://" not in button["url"]:
        raise bad_request("BUTTON_URL_INVALID")
    return {key: value for key, value in button.items() if value is not None}
