"""Log lines on stderr, key=value or JSON, ours and the libraries'. Secrets are struck out of every line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog

STRUCK = "***"
# These tell the address of each call, which holds the token, or far too much.
_TOO_LOUD = (
    *("httpx", "httpcore", "aiohttp.access", "apscheduler", "telegram"),
    *("aiosqlite", "asyncio", "sqlalchemy", "alembic"),
)


class SecretFree(logging.Formatter):
    """Renders with another formatter and strikes secrets out of the finished line, tracebacks and all."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, STRUCK)
        return line


def configure(level: str, is_json: bool, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's logs, warnings and uncaught errors to one stream."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SecretFree(_formatter(is_json, before), secrets))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _TOO_LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)
    sys.excepthook = _uncaught


def _formatter(is_json: bool, before: list[Any]) -> logging.Formatter:
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if is_json
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    )
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info, renderer]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=last)


def _uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("genjin").critical("the process ends", exc_info=(kind, error, trace))
