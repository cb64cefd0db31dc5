"""Methods by which the bot learns who it is and what happened, and fetches files."""

import re

from sandbox.errors import bad_request, conflict
from sandbox.params import Params
from sandbox.updates import WEBHOOK_SET
from sandbox.world import Json, World

LONGEST_POLL = 50
LARGEST_DOWNLOAD = 20 * 1024 * 1024


def get_me(world: World, p: Params) -> Json:
    """The bot itself."""
    del p
    privacy_off = any(chat.group and not chat.group.privacy for chat in world.chats.values())
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": privacy_off,
        "supports_inline_queries": world.is_inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, p: Params) -> list[Json]:
    """The next updates, confirming those before `offset`; held up to `timeout` seconds."""
    if world.webhook.url:
        raise conflict(WEBHOOK_SET)
    world.updates.allow(p.json("allowed_updates", list))
    limit = p.integer("limit", 100)
    seconds = min(max(p.integer("timeout"), 0), LONGEST_POLL)
    return await world.updates.poll(p.integer("offset"), min(limit, 100) if limit > 0 else 100, seconds)


async def set_webhook(world: World, p: Params) -> bool:
    """Push to `url`; an empty one removes the webhook."""
    url, secret = p.text("url"), p.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if not url:
        return await delete_webhook(world, p)
    connections = p.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    _drop_pending(world, p)
    world.updates.allow(p.json("allowed_updates", list))
    await world.webhook.set(url, secret, connections)
    return True


async def delete_webhook(world: World, p: Params) -> bool:
    """Back to polling."""
    _drop_pending(world, p)
    await world.webhook.remove()
    return True


def get_webhook_info(world: World, p: Params) -> Json:
    """What is set, how much waits, and what went wrong last."""
    del p
    return world.webhook.info()


def get_file(world: World, p: Params) -> Json:
    """Where to download a file."""
    stored = world.files.get(p.text("file_id"))
    if not stored:
        raise bad_request("invalid file_id")
    if len(stored.upload.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.identity() | {"file_path": stored.path}


def _drop_pending(world: World, p: Params) -> None:
    if p.flag("drop_pending_updates"):
        world.updates.waiting.clear()
