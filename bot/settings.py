"""What the environment says: the only reader of it. Every problem is told by name, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from storage.files import files_beside

PREFIX = "GENJIN_"
TELEGRAM_API = "https://api.telegram.org"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,80}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsError(Exception):
    """Settings that cannot be used; `problems` are one line each and begin with the name."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Address:
    """Where a server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine can reach it."""
        return is_loopback(self.host)


@dataclass(frozen=True)
class Settings:
    """Everything that is set from outside. Each field is the variable GENJIN_ plus its name in capitals."""

    database_url: str = field(default="sqlite:///data/genjin.db", repr=False)
    data_dir: Path = Path("data")
    files_dir: Path | None = None
    telegram_token: str = field(default="", repr=False)
    telegram_api: str = TELEGRAM_API
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    http: Address = Address("127.0.0.1", 8080)
    log: str = "INFO"
    sandbox: Address = Address("127.0.0.1", 8081)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in an environment; SettingsError names every problem."""
        return _Reading(environ).settings()

    @property
    def log_level(self) -> str:
        """The level's name."""
        return self.log.split(",")[0]

    @property
    def logs_json(self) -> bool:
        """Whether a log line is JSON instead of key=value."""
        return self.log.endswith(",json")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written anywhere."""
        password = urlsplit(self.database_url).password or ""
        return tuple(secret for secret in (self.telegram_token, self.webhook_secret, password) if secret)

    @property
    def files_folder(self) -> Path:
        """Where the files stand that people sent: unless told otherwise, beside the database they belong to."""
        if self.files_dir is not None:
            return self.files_dir
        path = self.database_url.partition(":///")[2] if self.database_url.startswith("sqlite") else ""
        return files_beside(Path(path.partition("?")[0]) if path else self.data_dir / "genjin.db")

    @property
    def is_sandboxed(self) -> bool:
        """Whether there is no Telegram token, so that the sandbox stands in for Telegram."""
        return not self.telegram_token

    def beside_sandbox(self, token: str) -> Settings:
        """The same settings, with the sandbox as Telegram and the token that it gave."""
        return replace(self, telegram_token=token, telegram_api=f"http://{self.sandbox}")


def is_loopback(host: str) -> bool:
    """Whether a host's name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _Reading:
    """One pass over the environment, noting what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def settings(self) -> Settings:
        data_dir = Path(self.get("data_dir", "data")).expanduser()
        database, token, api = self.database(data_dir), self.token(), self.api()
        settings = Settings(
            database_url=database,
            data_dir=data_dir,
            files_dir=self.files(),
            telegram_token=token,
            telegram_api=api,
            webhook_url=self.webhook(api),
            webhook_secret=self.secret(),
            http=self.address("http", "127.0.0.1:8080"),
            log=self.log(),
            sandbox=self.sandbox(token, api),
        )
        if self.problems:
            raise SettingsError(self.problems)
        return settings

    def get(self, name: str, default: str = "") -> str:
        return self.environ.get(PREFIX + name.upper(), "").strip() or default

    def wrong(self, name: str, what: str) -> None:
        self.problems.append(f"{PREFIX}{name.upper()}: {what}")

    def database(self, data_dir: Path) -> str:
        url = self.get("database_url", f"sqlite:///{data_dir / 'genjin.db'}")
        if re.split(r"[:+]", url, maxsplit=1)[0] not in ("sqlite", "postgresql"):
            self.wrong("database_url", "begins with sqlite:/// or postgresql://")
        return url

    def files(self) -> Path | None:
        told = self.get("files_dir")
        return Path(told).expanduser() if told else None

    def token(self) -> str:
        token = self.get("telegram_token")
        if token and not _TOKEN.fullmatch(token):
            self.wrong("telegram_token", "is not a bot token as BotFather gives it (digits, a colon, 35 characters)")
        return token

    def api(self) -> str:
        api = self.get("telegram_api", TELEGRAM_API).rstrip("/")
        if not _is_web(api):
            self.wrong("telegram_api", "is an origin such as https://api.telegram.org")
        return api

    def webhook(self, api: str) -> str:
        url = self.get("webhook_url")
        if not url:
            return ""
        is_local = is_loopback(urlsplit(api).hostname or "")
        if not _is_web(url) or (not url.startswith("https://") and not is_local):
            self.wrong("webhook_url", "is an https:// address that Telegram can reach")
        if len(urlsplit(url).path) < 2:
            self.wrong("webhook_url", "needs a path, such as https://crm.example.com/telegram")
        return url

    def secret(self) -> str:
        secret = self.get("webhook_secret")
        if self.get("webhook_url") and not secret:
            self.wrong("webhook_secret", "is needed beside GENJIN_WEBHOOK_URL")
        if secret and not _SECRET.fullmatch(secret):
            self.wrong("webhook_secret", "is 1 to 256 of A-Z a-z 0-9 _ -")
        return secret

    def address(self, name: str, default: str) -> Address:
        host, _, port = self.get(name, default).rpartition(":")
        if host and port.isdecimal() and int(port) < 65536:
            return Address(host.strip("[]"), int(port))
        self.wrong(name, f"is host:port, such as {default}")
        return Address("127.0.0.1", 0)

    def log(self) -> str:
        level, _, form = self.get("log", "INFO").partition(",")
        if level.upper() not in LEVELS or form not in ("", "json"):
            self.wrong("log", f"is one of {', '.join(LEVELS)}, with ,json after it for JSON lines")
        return f"{level.upper()},{form}" if form else level.upper()

    def sandbox(self, token: str, api: str) -> Address:
        address = self.address("sandbox", "127.0.0.1:8081")
        if not address.is_loopback:
            self.wrong("sandbox", "is bound to this machine only: 127.0.0.1, ::1 or localhost")
        elif self.get("sandbox") and token and not is_loopback(urlsplit(api).hostname or ""):
            self.wrong("sandbox", "does not run beside a real GENJIN_TELEGRAM_TOKEN: unset one of the two")
        return address


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
