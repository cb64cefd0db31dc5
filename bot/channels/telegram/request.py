"""HTTP for python-telegram-bot on aiohttp: several times cheaper than its default client, with failures told apart."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
DEFAULT_WAIT = 5.0
CHUNK = 64 * 1024
_NOT_SENT_STATUS = (500, 502, 503)
_UNKNOWN_STATUS = (504,)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):
    """The call is known not to have been carried out: it can be made again."""


class TooMany(TelegramError):
    """Told to wait so many seconds. The client's own exception for this warns whoever reads the number."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"told to wait {seconds:g} s")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One session for all calls. `trust_env` lets the proxy of the environment in, which loopback must not use."""

    def __init__(self, *, trust_env: bool = True, read_seconds: float = READ_SECONDS) -> None:
        self._trust_env = trust_env
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session, once."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=self._trust_env)

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the signature is the client's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the call. NotSent, TimedOut (may have been carried out) or NetworkError (the same)."""
        body, headers = _body(request_data)
        seconds = self._read_seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        async with self._asked(method, url, seconds, data=body, headers=headers) as answer:
            status, payload = answer.status, await answer.read()
        _check(status, payload)
        return status, payload

    async def download(self, url: str, most: int, seconds: float) -> bytes | None:
        """The content at an address, None where it has more than `most` bytes. Raises as `do_request` does."""
        async with self._asked("GET", url, seconds) as answer:
            if answer.status != HTTPStatus.OK:
                raise NotSent(f"the server answered {answer.status}")
            if (answer.content_length or 0) > most:
                return None
            content = bytearray()
            async for part in answer.content.iter_chunked(CHUNK):
                content += part
                if len(content) > most:
                    return None
            return bytes(content)

    @asynccontextmanager
    async def _asked(self, method: str, url: str, seconds: float | None, **body: Any) -> AsyncIterator[Any]:
        """The answer to a call. What fails while it is made or read is told apart, without the address."""
        if self._session is None:
            raise NotSent("the client is closed")
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, connect=CONNECT_SECONDS, total=seconds)
        try:
            async with self._session.request(method, url, timeout=timeout, **body) as answer:
                yield answer
        # The address holds the token, so no text of the client's own exceptions goes on.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection broke ({type(error).__name__})") from None


def _check(status: int, payload: bytes) -> None:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TooMany(_retry_after(payload))
    if status in _NOT_SENT_STATUS:
        raise NotSent(f"the server answered {status}")
    if status in _UNKNOWN_STATUS:
        raise TimedOut(f"the server answered {status}")


def _retry_after(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return DEFAULT_WAIT


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), _FORM
    form = aiohttp.FormData(quote_fields=False)  # quoted, file names arrive percent-encoded
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form, {}
