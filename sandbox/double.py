"""The double as a whole: the Bot API over HTTP, and a Python face for tests and for `genjin run`."""

import asyncio
import inspect
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from sandbox import guard, people, user_side
from sandbox.clock import Clock
from sandbox.errors import NAMES, ApiError
from sandbox.faults import DOWNLOAD, Fault, Faults
from sandbox.methods import BY_LOWER_NAME, METHODS
from sandbox.params import BODY_LIMIT, Params, received
from sandbox.people import Spec
from sandbox.person_side import PersonSide
from sandbox.posting import PersonRef
from sandbox.world import Call, Calls, Json, World

T = TypeVar("T")
TOKEN = "700000001:sandbox-token-not-a-secret"  # noqa: S105 - it opens nothing
LONGEST_HANG = 3600
PATIENCE = 20.0  # seconds that whoever waits for something waits, unless told otherwise


class Sandbox(PersonSide):
    """A Bot API on loopback with people in it; what people can do is inherited from PersonSide.

    `people` is a spec, a JSON file or None for three sample people. Port 0 takes a free one. `port` and `url` are
    known after start().
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = TOKEN,
        people: Spec | str | Path | None = None,
        limits: bool = True,
    ) -> None:
        guard.require_loopback(host)
        if not token.partition(":")[0].isdigit():
            raise ValueError("a token looks like 123456:letters")
        self.host, self.port, self.token = host, port, token
        self.clock = Clock()
        self.faults = Faults()
        self.call_log = Calls()
        super().__init__(World(token, self.clock))
        self.world.limits.on = limits
        self.load(people)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    @property
    def calls(self) -> list[Call]:
        """The latest calls of the Bot API, oldest first; getUpdates without a result is left out."""
        return list(self.call_log.kept)

    def load(self, spec: Spec | str | Path | None) -> None:
        """Let people and groups in. ValueError if the spec is wrong."""
        self.world.settle(people.load(spec))

    def fault(self, kind: str, **details: Any) -> Fault:
        """Order trouble for the next calls; see faults.Fault."""
        return self.faults.add(kind, **details)

    def messages(self, chat: PersonRef) -> list[Json]:
        """What stands in a chat now, oldest first; edits in place, deleted ones gone."""
        return [dict(each) for each in self.chat(chat).messages.values()]

    def answer_to(self, query_id: str) -> Json | None:
        """The bot's answer to a pressed button or inline query, None as long as there is none."""
        return self.world.queries[query_id].answer

    async def until(self, look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
        """What `look` finds, tried after every change. TimeoutError."""
        return await self.world.changes.until(look, seconds)

    async def answered(self, query_id: str, seconds: float = PATIENCE) -> Json:
        """Wait for the answer to a query. TimeoutError."""
        return await self.until(lambda: self.answer_to(query_id), seconds)

    async def reply(self, chat: PersonRef, after: int, seconds: float = PATIENCE) -> Json:
        """Wait for the bot's first message in a chat after a message id. TimeoutError."""

        def look() -> Json | None:
            sent = (each for each in self.messages(chat) if each["message_id"] > after)
            return next((each for each in sent if each["from"]["is_bot"]), None)

        return await self.until(look, seconds)

    async def start(self) -> Self:
        """Listen."""
        app = web.Application(client_max_size=BODY_LIMIT, middlewares=[guard.only_here])
        app.on_response_prepare.append(guard.add_headers)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._bot_api)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        user_side.add_routes(app, self)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Stop listening; held polls end."""
        self.world.updates.close()
        await self.world.webhook.remove()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _bot_api(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _response(ApiError(401, "Unauthorized"))
        method = BY_LOWER_NAME.get(request.match_info["method"].lower())
        if not method:
            return _response(ApiError(404, "Not Found"))
        began = time.perf_counter()
        try:
            params = Params(await received(request))
        except ApiError as error:
            return _response(error)
        fault = self.faults.take(method, params.integer("chat_id") or None)
        outcome = await self._outcome(method, params, fault)
        self._note(method, params, outcome, began)
        if fault and fault.kind == "drop" and request.transport:
            request.transport.abort()
        if fault and fault.kind == "unanswered":
            await asyncio.sleep(LONGEST_HANG)
        return _response(outcome)

    async def _outcome(self, method: str, params: Params, fault: Fault | None) -> Any:
        """The method's result, or the ApiError it is refused with."""
        if refusal := await self._struck(fault):
            return refusal
        try:
            result = METHODS[method](self.world, params)
            return await result if inspect.isawaitable(result) else result
        except ApiError as error:
            return error

    async def _struck(self, fault: Fault | None) -> ApiError | None:
        """What a fault makes of a call before it is carried out; None where it is carried out all the same."""
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop":
            return ApiError(0, "connection dropped")
        return fault.refusal() if fault else None

    def _note(self, method: str, params: Params, outcome: Any, began: float) -> None:
        if method == "getUpdates" and outcome == []:
            return
        refused = isinstance(outcome, ApiError)
        call = Call(
            self.call_log.count + 1,
            self.clock.now().isoformat(timespec="milliseconds"),
            method,
            params.shown(),
            outcome.code if refused else 200,
            outcome.body() if refused else dict(outcome) if isinstance(outcome, dict) else outcome,
            round((time.perf_counter() - began) * 1000, 1),
        )
        self.call_log.note(call)
        self.world.changes.tell("call", call=call)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _response(ApiError(401, "Unauthorized"))
        stored = self.world.files.at(request.match_info["path"])
        if not stored:
            return _response(ApiError(404, "Not Found"))
        fault = self.faults.take(DOWNLOAD, None)
        outcome = await self._struck(fault)
        if fault and fault.kind == "drop" and request.transport:
            request.transport.abort()
        if outcome:
            return _response(outcome)
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=stored.upload.data, content_type="application/octet-stream", headers=headers)


def _response(outcome: Any) -> web.Response:
    if isinstance(outcome, ApiError):
        body, status = outcome.body(), outcome.code if outcome.code in NAMES or outcome.code > 400 else 500
    else:
        body, status = {"ok": True, "result": outcome}, 200
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
