"""Limits and faults: the double as an unkind network."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.errors import ApiError
from sandbox.limits import Limits
from tests.sandbox.conftest import LINA, ROOM, WANG, Caller, Refused, described


class Seconds:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def _wait(limits: Limits, chat: int, count: int = 1) -> int:
    """0 if the message passes, else the wait it is told."""
    try:
        limits.spend(chat, count)
    except ApiError as error:
        assert error.code == 429
        assert error.description == f"Too Many Requests: retry after {error.parameters['retry_after']}"
        return error.parameters["retry_after"]
    return 0


def test_a_private_chat_takes_three_at_once_and_then_one_a_second(seconds: Seconds) -> None:
    limits = Limits(now=seconds)
    assert [_wait(limits, LINA) for _ in range(4)] == [0, 0, 0, 1]
    assert _wait(limits, WANG) == 0, "another chat is not held up"
    for _ in range(5):
        seconds.now += 1
        assert [_wait(limits, LINA), _wait(limits, LINA)] == [0, 1]


def test_a_group_takes_twenty_a_minute(seconds: Seconds) -> None:
    limits = Limits(now=seconds)
    waits = []
    for _ in range(21):
        waits.append(_wait(limits, ROOM))
        seconds.now += 1
    assert waits == [0] * 20 + [40]
    seconds.now = 1060.0
    assert [_wait(limits, ROOM), _wait(limits, ROOM)] == [0, 1]


def test_all_chats_together_take_thirty_a_second(seconds: Seconds) -> None:
    limits = Limits(now=seconds)
    assert [_wait(limits, chat) for chat in range(1, 32)] == [0] * 30 + [1]
    seconds.now += 1
    assert [_wait(limits, chat) for chat in range(101, 132)] == [0] * 30 + [1]


def test_an_album_counts_its_pictures(seconds: Seconds) -> None:
    limits = Limits(now=seconds)
    assert [_wait(limits, ROOM, 10), _wait(limits, ROOM, 10), _wait(limits, ROOM, 2)] == [0, 0, 60]


async def test_limits_answer_with_retry_after_and_can_be_switched_off(
    sandbox: Sandbox, call: Caller, side: Caller
) -> None:
    await side("limits", on=True)
    for _ in range(3):
        await call("sendMessage", chat_id=LINA, text="快")
    with pytest.raises(Refused) as caught:
        await call("sendMessage", chat_id=LINA, text="快")
    assert caught.value.status == 429
    assert caught.value.body["parameters"] == {"retry_after": 1}
    await side("limits", on=False)
    assert await call("sendMessage", chat_id=LINA, text="快")
    assert len(sandbox.messages(LINA)) == 4


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            {"kind": "too_many", "retry_after": 7},
            (429, "Too Many Requests: retry after 7", {"retry_after": 7}),
        ),
        ({"kind": "bad_gateway"}, (502, "Bad Gateway", None)),
        ({"kind": "blocked"}, (403, "Forbidden: bot was blocked by the user", None)),
        (
            {"kind": "migrate", "migrate_to": -1009},
            (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009}),
        ),
    ],
)
async def test_a_fault_is_answered_so_often_and_then_no_more(
    call: Caller, side: Caller, fault: dict[str, Any], expected: tuple[int, str, Any]
) -> None:
    await side("faults", method="sendmessage", chat=LINA, times=2, **fault)
    assert await call("sendMessage", chat_id=WANG, text="不相干")
    for _ in range(2):
        with pytest.raises(Refused) as caught:
            await call("sendMessage", chat_id=LINA, text="x")
        assert (caught.value.status, str(caught.value), caught.value.body.get("parameters")) == expected
    assert await call("sendMessage", chat_id=LINA, text="x")


async def test_a_dropped_connection_carries_nothing_out(sandbox: Sandbox, call: Caller) -> None:
    sandbox.fault("drop", method="sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("sendMessage", chat_id=LINA, text="x")
    assert sandbox.messages(LINA) == []


async def test_a_slow_answer_comes_late(sandbox: Sandbox, call: Caller) -> None:
    sandbox.fault("slow", seconds=0.3)
    began = time.monotonic()
    await call("getMe")
    assert time.monotonic() - began >= 0.3


async def test_taken_but_unanswered_is_recorded_and_hangs(sandbox: Sandbox, call: Caller) -> None:
    sandbox.fault("unanswered", method="sendMessage")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call("sendMessage", chat_id=LINA, text="到了吗"), 0.3)
    assert [each["text"] for each in sandbox.messages(LINA)] == ["到了吗"]
    assert sandbox.calls[-1].status == 200
    assert await call("getMe")


async def test_faults_are_listed_and_cleared(
    sandbox: Sandbox, session: aiohttp.ClientSession, call: Caller, side: Caller
) -> None:
    assert (await side("faults", kind="earthquake"))["status"] == 400
    assert (await side("faults", kind="drop", where="x"))["status"] == 400
    await side("faults", kind="bad_gateway", times=3)
    async with session.get(f"{sandbox.url}/sandbox/faults") as answer:
        assert [each["times"] for each in (await answer.json())["faults"]] == [3]
    assert await described(call("getMe")) == "Bad Gateway"
    async with session.delete(f"{sandbox.url}/sandbox/faults") as answer:
        assert (await answer.json()) == {"faults": []}
    assert await call("getMe")
