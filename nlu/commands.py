"""What is told to Genjin itself, and stands alone; what is said as a messenger's command: /find 华信, /today@bot."""

from __future__ import annotations

import re

from nlu.scene import Scene

COMMAND = re.compile(r"\s{0,8}/(?P<name>[a-z]{2,16})(?:@\w{1,64})?(?:\s{1,8}(?P<rest>\S[^\n]{0,200}))?\s{0,8}")

_OF_PEOPLE = frozenset(
    {
        "change_name",
        "deactivate_user",
        "invite_user",
        "list_teams",
        "list_users",
        "reactivate_user",
        "set_language",
        "set_team",
        "set_user",
        "set_zone",
    }
)
_OF_NAMES = frozenset({"forget_short_name", "keep_contact", "learn_short_name", "list_short_names", "reject_customer"})
_OF_SHARING = frozenset(
    {
        "ask_for_resource",
        "hand_over_customers",
        "list_sharers",
        "put_back_hand_over",
        "share_customer",
        "show_handed_over",
    }
)
_OF_PUSHES = frozenset({"set_digest", "set_ladder", "set_quiet_hours", "set_working_day", "show_ladders"})
COMMANDS = (
    _OF_PEOPLE
    | _OF_NAMES
    | _OF_PUSHES
    | _OF_SHARING
    | frozenset(
        {
            "erase_person",
            "export_list",
            "list_person",
            "set_calendar_link",
            "redo_changes",
            "search_visits",
            "set_target",
            "set_write_policy",
            "show_changes",
            "show_definitions",
            "show_help",
            "show_report",
            "show_write_policies",
            "start_chat",
            "turn_page",
            "undo_changes",
        }
    )
)


def command(scene: Scene) -> tuple[str, int, int] | None:
    """The name of the command that the whole message is, and where what stands behind it begins and ends."""
    said = COMMAND.fullmatch(scene.folded) if scene.folded.lstrip()[:1] == "/" else None
    if said is None:
        return None
    start = said.start("rest") if said["rest"] else said.end()
    return said["name"], start, start + len((said["rest"] or "").rstrip())
