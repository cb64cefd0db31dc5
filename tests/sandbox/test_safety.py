"""The double serves this machine alone, and shows nothing that could run."""

import asyncio
import re
import sys
from pathlib import Path

import aiohttp
import pytest

import sandbox as package
from sandbox import Sandbox, Upload
from sandbox.__main__ import arguments
from tests.sandbox.conftest import LINA


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.com", ""])  # noqa: S104 - to be refused
def test_it_refuses_to_listen_elsewhere(host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        Sandbox(host)


async def test_the_command_says_so_and_stops() -> None:
    command = (sys.executable, "-m", "sandbox", "--host", "0.0.0.0")  # noqa: S104 - to be refused
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stderr=pipe, cwd=Path(package.__file__).parents[1])
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"loopback only" in said
    assert arguments(["--no-limits"]).no_limits


async def test_it_listens_on_ipv6_loopback_too(session: aiohttp.ClientSession) -> None:
    async with Sandbox("::1") as running, session.get(f"{running.url}/sandbox/clock") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["/", "/sandbox/state", "/bot{token}/getMe", "/file/bot{token}/x"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"])
async def test_a_foreign_host_name_is_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession, path: str, host: str
) -> None:
    url = sandbox.url + path.format(token=sandbox.token)
    async with session.get(url, headers={"Host": host}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1", "127.1.2.3:80", "[::1]:80"])
async def test_loopback_host_names_are_welcome(sandbox: Sandbox, session: aiohttp.ClientSession, host: str) -> None:
    async with session.get(f"{sandbox.url}/sandbox/clock", headers={"Host": host}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("http://localhost:1", 403), ("own", 200)]
)
async def test_other_sites_pages_change_nothing(
    sandbox: Sandbox, session: aiohttp.ClientSession, origin: str, status: int
) -> None:
    headers = {"Origin": sandbox.url if origin == "own" else origin}
    given = {"person": LINA, "text": "x"}
    async with session.post(f"{sandbox.url}/sandbox/say", json=given, headers=headers) as answer:
        assert answer.status == status
    assert len(sandbox.messages(LINA)) == (status == 200)


async def test_the_page_loads_nothing_from_elsewhere(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(sandbox.url) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = Path(package.__file__).parent / "page"
    for file in page.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|\son\w+=\"", text), file.name
        # Names of a notation, and of links that stay on the page.
        addresses = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org", "https://t.me"}
        assert not addresses, file.name


async def test_only_the_pages_own_files_are_served(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    for path in ("/page/..%2fdouble.py", "/page/%2e%2e/double.py", "/page/none.js", "/page/"):
        async with session.get(sandbox.url + path) as answer:
            assert answer.status == 404


async def test_files_from_people_are_shown_only_if_they_are_pictures(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    for mime in ("text/html", "image/svg+xml"):
        sandbox.send_file(LINA, Upload("a.html", mime, b"<script>alert(1)</script>"))
        file_id = sandbox.messages(LINA)[-1]["document"]["file_id"]
        async with session.get(f"{sandbox.url}/sandbox/files/{file_id}") as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == "attachment"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_download_needs_the_token(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    stored = sandbox.world.files.keep("document", Upload("x", "text/plain", b"x"))
    async with session.get(f"{sandbox.url}/file/bot1:wrong/{stored.path}") as answer:
        assert answer.status == 401
    async with session.get(f"{sandbox.base_file_url}{sandbox.token}/documents/none") as answer:
        assert answer.status == 404
