"""Our own HTTP server: what the doors bring, /healthz and /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy import text

from bot.channels.door import CannotGoOn
from bot.health import Health
from bot.metrics import Metrics
from bot.settings import Address
from storage import inbox, outbox
from storage.engine import Store

DATABASE_SECONDS = 3.0
LONGEST_BODY = 4 * 1024 * 1024


class Pages:
    """What the house tells of itself."""

    def __init__(self, store: Store, health: Health, metrics: Metrics, now: Callable[[], datetime]) -> None:
        self._store, self._health, self._metrics, self._now = store, health, metrics, now

    async def healthz(self, _request: web.Request) -> web.Response:
        """200 and green, or 503 and what is wrong."""
        trouble = self._health.troubles()
        backlog: dict[str, int] = {}
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._ask()
                backlog = await self._backlog()
        except Exception as error:
            trouble["database"] = type(error).__name__
        age = self._health.poll_age
        body: dict[str, Any] = {
            "status": "red" if trouble else "green",
            "trouble": trouble,
            "poll_age_seconds": None if age is None else round(age, 1),
            "database": "database" not in trouble,
            **backlog,
        }
        return web.json_response(body, status=503 if trouble else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Prometheus' format."""
        backlog = await self._backlog()
        self._metrics.inbox.set(backlog["inbox"])
        self._metrics.outbox.set(backlog["outbox"])
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")

    async def _ask(self) -> None:
        # The writer's connection: it is the one that must work, and the one that may be stuck.
        async with self._store.write.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def _backlog(self) -> dict[str, int]:
        out = await outbox.backlog(self._store, self._now())
        return {"inbox": await inbox.backlog(self._store), "outbox": out["due"], "sending": out["sending"]}


class Server:
    """Listens on one address. CannotGoOn where that is not free."""

    def __init__(self, address: Address, pages: Pages, routes: Iterable[web.RouteDef]) -> None:
        self._address = address
        app = web.Application(client_max_size=LONGEST_BODY)
        app.add_routes([web.get("/healthz", pages.healthz), web.get("/metrics", pages.metrics), *routes])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        self.port = address.port

    async def start(self) -> None:
        """Begin to listen; with port 0 the system chooses, and `port` tells."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._address.host, self._address.port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotGoOn(f"GENJIN_HTTP: cannot listen on {self._address}: {error.strerror}") from error
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Answer what has begun, and listen no more."""
        await self._runner.cleanup()
