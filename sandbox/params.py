"""A call's parameters, whichever way they came: query, form, multipart or JSON; read with Telegram's leniency."""

import json
import math
from collections.abc import Mapping
from typing import Any, cast

from aiohttp import web

from sandbox.errors import ApiError, bad_request
from sandbox.files import Upload

BODY_LIMIT = 52_500_000  # what a bot uploads at most, with the form around it


async def received(request: web.Request) -> dict[str, Any]:
    """All parameters of a request; files as Upload. ApiError if the body cannot be read."""
    given: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return given
    try:
        if request.content_type == "application/json":
            return given | _object(await request.read())
        return given | {key: _part(value) for key, value in (await request.post()).items()}
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    except ValueError as error:
        raise bad_request("can't parse the request's body") from error


def _object(body: bytes) -> dict[str, Any]:
    loaded = json.loads(body, parse_constant=_not_json) if body else {}
    if not isinstance(loaded, dict):
        raise bad_request("object expected")
    return loaded


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _part(value: Any) -> Any:
    if isinstance(value, web.FileField):
        with value.file as file:
            return Upload(value.filename, value.content_type, file.read())
    return value


def _shown(value: Any) -> Any:
    return f"<{value.name}, {len(value.data)} bytes>" if isinstance(value, Upload) else value


class Params:
    """Typed reading of parameters: numbers and JSON may come as text, as they do in forms."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def raw(self, name: str) -> Any:
        """The value as it came, None if absent."""
        return self._given.get(name)

    def text(self, name: str) -> str:
        """A text; empty if absent."""
        value = self._given.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; anything else counts as absent, as with Telegram."""
        try:
            return int(self._given.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def number(self, name: str) -> float | None:
        """A finite number, None if absent or none."""
        try:
            number = float(self._given[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            return None
        return number if math.isfinite(number) else None

    def flag(self, name: str) -> bool:
        """True, "true", 1 and the like."""
        return str(self._given.get(name, "")).lower() in {"true", "1", "yes", "y"}

    def json(self, name: str, kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
        """A list or object, as JSON text or as such; None if absent. ApiError if it is something else."""
        value = self._given.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value, parse_constant=_not_json)
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if not isinstance(value, kind):
            raise bad_request(f"object expected as {name}" if kind is dict else f"expected an Array as {name}")
        return value

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """A list of objects, None if absent."""
        value = self.json(name, list)
        if value is not None and not all(isinstance(each, dict) for each in value):
            raise bad_request(f"expected an Array of Objects as {name}")
        return cast("list[dict[str, Any]] | None", value)

    def upload(self, name: str) -> Upload | str | None:
        """A file sent along (directly or as attach://part), else the text given: a file_id or address."""
        return self.resolve(self._given.get(name))

    def resolve(self, value: Any) -> Upload | str | None:
        """The same for a value found inside another parameter."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = self._given.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload | str) else None

    def shown(self) -> dict[str, Any]:
        """For the list of calls: files by name and size only, no secrets."""
        return {key: "***" if key == "secret_token" else _shown(value) for key, value in self._given.items()}
