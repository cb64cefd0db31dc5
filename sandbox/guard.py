"""Keeps the double to this machine: it binds to loopback only and believes only loopback Hosts and its own Origin."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from yarl import URL

from sandbox.webhook import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def require_loopback(host: str) -> None:
    """ValueError unless this address can only be reached from this machine."""
    if not is_loopback(host):
        raise ValueError(f"the sandbox has no access control and listens on loopback only, not on {host!r}")


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign Hosts (DNS rebinding) and changes ordered by other sites' pages."""
    if not _is_local_host(request.headers.get("Host", "")):
        return web.Response(status=403, text="This is not a public host.")
    if request.path.startswith("/bot"):
        return await handler(request)
    origin = request.headers.get("Origin")
    if request.method in CHANGING and origin is not None and origin != f"http://{request.headers['Host']}":
        return web.Response(status=403, text="Requests from other sites are refused.")
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A strict policy on everything that a browser may show."""
    if not request.path.startswith("/bot"):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)


def _is_local_host(host: str) -> bool:
    # The commonest by far is answered without parsing: this runs on every request.
    if host.startswith("127.0.0.1:"):
        return host[10:].isdigit()
    try:
        return is_loopback(URL(f"http://{host}").host)
    except ValueError:
        return False
