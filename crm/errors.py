"""Refusals that a user should hear: each carries a key into the words and the facts for its holes."""

from __future__ import annotations

from typing import Any


class CrmError(Exception):
    """The user can put this right. `key` names the words of the refusal."""

    key = "refused"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.key, facts)
        self.facts = facts


class NotFound(CrmError):
    """Nothing of that name, or nothing that this person may see: both answer alike. Facts: `name`."""

    key = "not_found"


class CustomerGone(CrmError):
    """The customer was there, and its creation has been undone since, or it never was: both answer alike."""

    key = "customer_gone"


class NotAllowed(CrmError):
    """The customer is looked after by somebody else. Facts: `customer`, `owner`."""

    key = "not_allowed"


class NotYours(CrmError):
    """What is to be put back was written by somebody else. Facts: `owner`."""

    key = "not_yours"


class NotYourPeople(CrmError):
    """Whose records are asked for is not the asker nor below them, or there is nobody of that name. Facts: `name`."""

    key = "not_your_people"


class DealClosed(CrmError):
    """The deal was won or lost before. Facts: `deal`, `stage`."""

    key = "deal_closed"


class SameStage(CrmError):
    """The deal stands there already. Facts: `deal`, `stage`."""

    key = "same_stage"


class NoSuchStage(CrmError):
    """The deal's pipeline has no such stage. Facts: `deal`, `stage`."""

    key = "no_such_stage"


class NotYourDeal(CrmError):
    """A deal is given away by its owner, the customer's, or who stands above them. Facts: `deal`, `owner`."""

    key = "not_your_deal"


class NoDeal(CrmError):
    """The customer has no open deal that could be meant. Facts: `customer`."""

    key = "no_deal"


class NothingToRedo(CrmError):
    """Nothing was taken back that could stand again."""

    key = "nothing_to_redo"


class ContactKept(CrmError):
    """The person is a contact already, or is told of no more. Facts: `name`."""

    key = "contact_kept"


class NothingLearnt(CrmError):
    """Nobody has taught what these words mean. Facts: `name`."""

    key = "nothing_learnt"


class NothingToReject(CrmError):
    """No customer was guessed on a card of late."""

    key = "nothing_to_reject"


class NothingToUndo(CrmError):
    """There is nothing that could be put back."""

    key = "nothing_to_undo"


class CardUndone(CrmError):
    """The card was taken back: there is nothing on it to correct."""

    key = "card_undone"


class CardTooOld(CrmError):
    """The card is too old to be corrected. Facts: `day`."""

    key = "card_too_old"


class NothingToCorrect(CrmError):
    """No card is meant, or it holds no such field. Facts: `said`."""

    key = "nothing_to_correct"


class InvalidValue(CrmError):
    """A value that cannot be. Facts: `value`."""

    key = "invalid_value"


class InvalidLimit(CrmError):
    """A limit that a policy cannot have. Facts: `value`, `least`, `most`."""

    key = "invalid_limit"


class SuperiorDecides(CrmError):
    """What a button would write is for the superior: told in words, they are asked. Facts: `kinds`."""

    key = "superior_decides"


class AdminsOnly(CrmError):
    """What only an admin may do."""

    key = "admins_only"


class NoSuchTask(CrmError):
    """No such task, or none that this person may see: both answer alike. Facts: `task`."""

    key = "no_such_task"


class NotYourTask(CrmError):
    """The task is somebody else's, and this person may not change it. Facts: `task`, `owner`."""

    key = "not_your_task"


class NoSuchColleague(CrmError):
    """Nobody here is called so. Facts: `name`."""

    key = "no_such_colleague"


class TaskClosed(CrmError):
    """The task was done before. Facts: `task`, `at`."""

    key = "task_closed"


class FileEmpty(CrmError):
    """A file of 0 bytes. Facts: `name`."""

    key = "file_empty"


class FileTooLarge(CrmError):
    """A file of more megabytes than are taken. Facts: `name`, `most`."""

    key = "file_too_large"


class FileNotTaken(CrmError):
    """A file of a kind that is not taken: a program, a script, an archive, a page. Facts: `name`."""

    key = "file_not_taken"


class FileUnreachable(CrmError):
    """A file that the messenger does not hand out. Facts: `name`."""

    key = "file_unreachable"


class AlreadyIn(CrmError):
    """A colleague of that name is in already. Facts: `name`."""

    key = "already_in"


class NotIn(CrmError):
    """The colleague was switched off before. Facts: `name`."""

    key = "not_in"


class LastAdmin(CrmError):
    """Without this admin there would be none. Facts: `name`."""

    key = "last_admin"


class NotOneself(CrmError):
    """Nobody switches themselves off."""

    key = "not_oneself"


class NoSuchTeam(CrmError):
    """A team was named where there are none. Facts: `name`."""

    key = "no_such_team"


class NameTaken(CrmError):
    """Another colleague is called so. Facts: `name`."""

    key = "name_taken"


class UnknownPlace(CrmError):
    """No city, country or zone of that name is known, or it has several zones. Facts: `name`."""

    key = "unknown_place"


class InvalidHours(CrmError):
    """No clock time, or no stretch from one to another, such as 25:00. Facts: `value`."""

    key = "invalid_hours"


class InvalidPeriod(CrmError):
    """No month and no quarter, which targets are told for. Facts: `value`."""

    key = "invalid_period"


class InvalidTarget(CrmError):
    """A target that cannot be: nothing, too much, a sum of what is counted, a count of money. Facts: `value`."""

    key = "invalid_target"


class NotYoursToSet(CrmError):
    """A target is set by whoever stands above the person or leads the team. Facts: `name`."""

    key = "not_yours_to_set"


class NoFilesSent(CrmError):
    """There are no files that could be meant."""

    key = "no_files_sent"


class BeyondYourTeam(CrmError):
    """One's own customers go to a colleague of the same superior; to others the superior gives them. Facts: `name`."""

    key = "beyond_your_team"


class HandOverTooOld(CrmError):
    """A hand-over can be put back for a day. Facts: `at`."""

    key = "hand_over_too_old"


class NothingToComment(CrmError):
    """There is no visit of somebody below at the customer, or by the colleague. Facts: `name`."""

    key = "nothing_to_comment"
