"""Refusals of settings that cannot be: ladders, days of the calendar, who brings figures into a group."""

from __future__ import annotations

from crm.errors import CrmError


class NotYoursToBind(CrmError):
    """Somebody may see a record, but not bind a group to it or free it. Facts: `owner`."""

    key = "not_yours_to_bind"


class GroupChanged(CrmError):
    """The group is not bound as it was when it was asked about, or by somebody else's word."""

    key = "group_changed"


class InvalidLadder(CrmError):
    """A ladder that cannot be: its own kinds say why."""

    key = "invalid_ladder"


class EmptyLadder(InvalidLadder):
    """A ladder without a rung, or a rung at which nobody is told."""

    key = "empty_ladder"


class LadderTooLong(InvalidLadder):
    """More rungs than a ladder may have. Facts: `most`."""

    key = "ladder_too_long"


class LadderDay(InvalidLadder):
    """A number of working days after which nobody is told. Facts: `value`, `most`."""

    key = "ladder_day"


class LadderOutOfOrder(InvalidLadder):
    """A rung that does not come later than the one before it. Facts: `first`, `second`."""

    key = "ladder_out_of_order"


class UnknownRecipient(InvalidLadder):
    """Somebody is to be told whom a ladder does not know. Facts: `name`."""

    key = "unknown_recipient"


class InvalidDay(CrmError):
    """A day that is none, or more days than are settled at once. Facts: `value`, `most`."""

    key = "invalid_day"


class NotYourGroup(CrmError):
    """A group's figures are for the team's manager or an admin to show."""

    key = "not_your_group"


class NotYourTeam(CrmError):
    """What comes to a team is for its manager or an admin to settle."""

    key = "not_your_team"


class NoTeamOfYours(CrmError):
    """Among the teams that somebody leads there is none of that name. Facts: `name`."""

    key = "no_team_of_yours"


class UnknownTeam(CrmError):
    """No team goes by that name. Facts: `name`, `known`."""

    key = "unknown_team"


class UnknownColleague(CrmError):
    """No colleague goes by that name. Facts: `name`, `known`."""

    key = "unknown_colleague"


class UnknownRole(CrmError):
    """Nobody can be that here. Facts: `name`, `known`."""

    key = "unknown_role"


class TeamTaken(CrmError):
    """Another team is called so already. Facts: `name`."""

    key = "team_taken"


class TeamInUse(CrmError):
    """A team that is not empty is not dissolved. Facts: `team`, `inside`."""

    key = "team_in_use"


class TeamLoop(CrmError):
    """A team would stand below itself. Facts: `team`, `parent`."""

    key = "team_loop"


class LastAdminRole(CrmError):
    """The only admin would be one no more. Facts: `name`."""

    key = "last_admin_role"
