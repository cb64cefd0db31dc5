"""The user side over HTTP, for the page and for tests in other processes: routes, files and the stream of changes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.files import Upload
from sandbox.verbs import ACTIONS, LOOKS, Action, clear_faults, send
from sandbox.world import Call, Json

if TYPE_CHECKING:
    from sandbox.double import Sandbox

PAGE = Path(__file__).parent / "page"
PAGE_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
KEEP_ALIVE = 15.0


def add_routes(app: web.Application, sandbox: "Sandbox") -> None:
    """Hang the page and its API into the double's application."""
    for path, look in LOOKS.items():
        app.router.add_get(f"/sandbox/{path}", _looking(sandbox, look))
    for path, act in ACTIONS.items():
        app.router.add_post(f"/sandbox/{path}", _acting(sandbox, act))
    app.router.add_delete("/sandbox/faults", _acting(sandbox, clear_faults))
    app.router.add_post("/sandbox/send", _acting(sandbox, send, multipart=True))
    app.router.add_get("/sandbox/events", _streaming(sandbox))
    app.router.add_get("/sandbox/files/{file_id}", _serving(sandbox))
    app.router.add_get("/", _page_file)
    app.router.add_get("/page/{name}", _page_file)


def _json(body: Json, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


def _looking(sandbox: "Sandbox", look: Callable[["Sandbox", Json], Json]) -> Any:
    async def answer(request: web.Request) -> web.Response:
        try:
            return _json(look(sandbox, dict(request.query)))
        except (ValueError, LookupError) as error:
            return _json({"error": _reason(error)}, 400)

    return answer


def _acting(sandbox: "Sandbox", act: Action, multipart: bool = False) -> Any:
    async def answer(request: web.Request) -> web.Response:
        try:
            result = act(sandbox, await _given(request, multipart))
            return _json(await result if isinstance(result, Awaitable) else result)
        except (ValueError, TypeError, LookupError) as error:
            return _json({"error": _reason(error)}, 400)

    return answer


async def _given(request: web.Request, multipart: bool) -> Json:
    if multipart:
        form = await request.post()
        parts = {key: [await _part(value) for value in form.getall(key)] for key in form}
        return {key: values[0] if len(values) == 1 else values for key, values in parts.items()}
    given = await request.json() if request.can_read_body else {}
    if not isinstance(given, dict):
        raise ValueError("an object is expected")
    return given


async def _part(value: Any) -> Any:
    if isinstance(value, web.FileField):
        with value.file as file:
            return Upload(value.filename, value.content_type, file.read())
    return value


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _streaming(sandbox: "Sandbox") -> Any:
    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b'data: {"kind": "hello"}\n\n')
        with sandbox.world.changes.watch() as queue:
            while True:
                await response.write(await _next_event(queue))

    return stream


async def _next_event(queue: asyncio.Queue[Json]) -> bytes:
    try:
        async with asyncio.timeout(KEEP_ALIVE):
            change = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(change, default=_shown)}\n\n".encode()


def _shown(value: Any) -> Any:
    return value.shown() if isinstance(value, Call) else str(value)


def _serving(sandbox: "Sandbox") -> Any:
    async def serve(request: web.Request) -> web.Response:
        stored = sandbox.world.files.get(request.match_info["file_id"])
        if not stored:
            return web.Response(status=404)
        is_picture = stored.upload.mime in PICTURES
        disposition = "inline" if is_picture and "download" not in request.query else "attachment"
        mime = stored.upload.mime if is_picture else "application/octet-stream"
        headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
        return web.Response(body=stored.upload.data, content_type=mime, headers=headers)

    return serve


async def _page_file(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in PAGE_TYPES or not path.is_file():
        return web.Response(status=404)
    return web.Response(body=path.read_bytes(), content_type=PAGE_TYPES[path.suffix], charset="utf-8")
