"""What is told of a group, who speaks in whose name, and what in a group is said to the bot."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import ChatAdministratorRights, ChatPermissions

from bot.channels.telegram.channel import Telegram
from talk.incoming import Incoming
from tests.bot.test_reading import GROUP, LINA, NOW, PRIVATE, Named, message, read

WANG = {"id": 8, "is_bot": False, "first_name": "王伟"}
ME = {"id": 99, "is_bot": True, "first_name": "Genjin", "username": "genjin_bot"}
OTHER_BOT = {"id": 98, "is_bot": True, "first_name": "B", "username": "other_bot"}
RIGHTS = dict.fromkeys(ChatAdministratorRights.no_rights().to_dict(), True) | {"can_be_edited": False}
SENDS = tuple(ChatPermissions.no_permissions().to_dict())
STATES: dict[str, dict[str, Any]] = {
    "member": {"status": "member"},
    "left": {"status": "left"},
    "kicked": {"status": "kicked", "until_date": 0},
    "administrator": {"status": "administrator", **RIGHTS},
    "creator": {"status": "creator", "is_anonymous": False},
    "muted": {"status": "restricted", "is_member": True, "until_date": 0, **dict.fromkeys(SENDS, False)},
    "muted and out": {"status": "restricted", "is_member": False, "until_date": 0, **dict.fromkeys(SENDS, False)},
}


@pytest.fixture(scope="module")
def telegram() -> Telegram:
    """The channel, which reads without a network."""
    return Telegram(Named("1:token"), lambda: NOW)


def changed(kind: str, was: str, now: str, user: dict[str, Any] = ME, chat: dict[str, Any] = GROUP) -> dict[str, Any]:
    """An update that tells of a change of membership."""
    before, after = {"user": user, **STATES[was]}, {"user": user, **STATES[now]}
    change = {"chat": chat, "from": LINA, "date": 1_763_000_000, "old_chat_member": before, "new_chat_member": after}
    return {"update_id": 1, kind: change}


@pytest.mark.parametrize(
    ("was", "now", "kind", "is_administrator"),
    [
        ("left", "member", "added", False),
        ("kicked", "member", "added", False),
        ("left", "administrator", "added", True),
        ("member", "administrator", "added", True),
        ("administrator", "member", "added", False),
        ("member", "muted", "added", False),
        ("member", "left", "removed", False),
        ("administrator", "kicked", "removed", False),
        ("muted", "muted and out", "removed", False),
    ],
)
def test_that_the_bot_comes_goes_or_is_promoted(
    telegram: Telegram, was: str, now: str, kind: str, is_administrator: bool
) -> None:
    found = read(telegram, changed("my_chat_member", was, now))
    assert (found.kind, found.is_administrator, found.chat, found.speaker) == (kind, is_administrator, "-100", "7")
    assert (found.is_group, found.title, found.text) == (True, "项目 群", "")


def test_that_a_person_blocks_the_bot_and_lets_it_in_again(telegram: Telegram) -> None:
    blocked = read(telegram, changed("my_chat_member", "member", "kicked", chat=PRIVATE))
    again = read(telegram, changed("my_chat_member", "kicked", "member", chat=PRIVATE))
    assert [(each.kind, each.is_group, each.chat) for each in (blocked, again)] == [
        ("removed", False, "7"),
        ("added", False, "7"),
    ]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("left", "member", "joined"),
        ("kicked", "muted", "joined"),
        ("muted and out", "creator", "joined"),
        ("member", "left", "left"),
        ("administrator", "kicked", "left"),
        ("member", "muted and out", "left"),
    ],
)
def test_that_a_member_joins_or_leaves(telegram: Telegram, was: str, now: str, kind: str) -> None:
    found = read(telegram, changed("chat_member", was, now, WANG))
    assert (found.kind, found.members, found.speaker) == (kind, ("8",), "7")


def test_who_joins_or_leaves_is_told_by_the_groups_messages_too(telegram: Telegram) -> None:
    joined = read(telegram, message(GROUP, new_chat_members=[WANG, ME, LINA, OTHER_BOT]))
    left = read(telegram, message(GROUP, left_chat_member=WANG))
    assert (joined.kind, joined.members) == ("joined", ("8", "7"))
    assert (left.kind, left.members) == ("left", ("8",))


def test_both_halves_of_a_migration_tell_the_same(telegram: Telegram) -> None:
    small = {"id": -5, "type": "group", "title": "项目群"}
    halves = [message(small, migrate_to_chat_id=-100), message(GROUP, migrate_from_chat_id=-5)]
    assert [(each.kind, each.chat, each.moved_to) for each in (read(telegram, half) for half in halves)] == [
        ("moved", "-5", "-100")
    ] * 2


CHANNEL = {"id": -1009, "type": "channel", "title": "公司频道"}
FROM_CHANNEL = {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 3}
SERVICE_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@pytest.mark.parametrize(
    ("sender", "given", "speaker"),
    [
        (SERVICE_BOT, {"sender_chat": GROUP}, "-100"),
        (CHANNEL_BOT, {"sender_chat": CHANNEL}, "-1009"),
        (TELEGRAM, {"sender_chat": CHANNEL, "is_automatic_forward": True, "forward_origin": FROM_CHANNEL}, "-1009"),
        (LINA, {"sender_chat": CHANNEL}, "-1009"),
        (SERVICE_BOT, {}, "1087968824"),
    ],
)
def test_what_is_said_in_the_name_of_a_chat_is_said_by_no_person(
    telegram: Telegram, sender: dict[str, Any], given: dict[str, Any], speaker: str
) -> None:
    found = read(telegram, message(GROUP, **{"text": "@genjin_bot 漏斗", "from": sender, **given}))
    assert (found.is_anonymous, found.speaker, found.text) == (True, speaker, "漏斗")


def test_a_forwarded_message_says_so(telegram: Telegram) -> None:
    origin = {"type": "user", "date": 1, "sender_user": WANG}
    assert read(telegram, message(text="去了华信", forward_origin=origin)).is_forwarded
    contact = {"phone_number": "+8613800000000", "first_name": "张"}
    assert read(telegram, message(contact=contact, forward_origin=origin)).is_forwarded
    assert not read(telegram, message(contact=contact)).is_forwarded


def in_topic(**given: Any) -> dict[str, Any]:
    """A message in a topic, which Telegram shows as a reply to the message that began it: here the bot's own."""
    root = {"message_id": 4, "date": 1, "chat": GROUP, "from": ME, "message_thread_id": 4, "is_topic_message": True}
    begun = {**root, "forum_topic_created": {"name": "华信", "icon_color": 1}}
    return message(GROUP, message_thread_id=4, is_topic_message=True, **{"reply_to_message": begun, **given})


def test_what_is_written_into_a_topic_is_no_reply_to_who_began_it(telegram: Telegram) -> None:
    assert telegram.read(in_topic(text="我们自己说"), 1) is None
    found = read(telegram, in_topic(text="@genjin_bot 漏斗"))
    assert (found.topic, found.reply_to) == ("4", "")


def test_a_thread_of_replies_outside_forums_is_no_topic(telegram: Telegram) -> None:
    assert read(telegram, message(GROUP, text="@genjin_bot 漏斗", message_thread_id=4)).topic == ""


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("@genjin_bot 今天拜访了华信", "今天拜访了华信"),
        ("@Genjin_Bot, 今天拜访了华信", "今天拜访了华信"),
        ("今天拜访了华信 @genjin_bot", "今天拜访了华信"),
        ("今天拜访了华信@genjin_bot", "今天拜访了华信"),
        ("今天拜访了华信 @genjin_bot。", "今天拜访了华信。"),
        ("请 @genjin_bot 记一下", "请 @genjin_bot 记一下"),
        ("@genjin_bot @wangwei 周五前把方案发我", "@wangwei 周五前把方案发我"),
        ("@王伟 周五前把方案发我 @genjin_bot", "@王伟 周五前把方案发我"),
        ("/find@genjin_bot 华信\n第二行", "/find 华信\n第二行"),
        ("@genjin_bot", ""),
    ],
)
def test_the_bots_name_is_taken_out_at_both_ends_and_no_other(telegram: Telegram, text: str, inside: str) -> None:
    assert read(telegram, message(GROUP, text=text)).text == inside


@pytest.mark.parametrize(
    "update",
    [
        message(GROUP, text="写给 sales@genjin_bot.cn"),
        message(GROUP, text="@genjin_bot_test 漏斗"),
        message(GROUP, new_chat_members=[ME]),
        message(GROUP, left_chat_member=ME),
        message(GROUP, text="@genjin_bot 漏斗", **{"from": OTHER_BOT}),
        {"update_id": 1, "channel_post": message(CHANNEL, text="@genjin_bot 漏斗")["message"]},
        changed("my_chat_member", "left", "kicked"),
        changed("my_chat_member", "left", "administrator", chat=CHANNEL),
        changed("chat_member", "member", "administrator", WANG),
        changed("chat_member", "left", "member", OTHER_BOT),
    ],
)
def test_what_is_no_news_and_not_for_us_reads_as_none(telegram: Telegram, update: dict[str, Any]) -> None:
    found: Incoming | None = telegram.read(update, 1)
    assert found is None
