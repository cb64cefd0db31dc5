"""The environment as settings: defaults, every problem by name, and an example file that names them all."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import PREFIX, Address, Settings, SettingsError

TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def problems(**given: str) -> list[str]:
    """The names in what is told of an environment."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({PREFIX + name: value for name, value in given.items()})
    return [problem.split(":")[0].removeprefix(PREFIX) for problem in caught.value.problems]


def read(**given: str) -> Settings:
    """The settings of an environment."""
    return Settings.from_env({PREFIX + name: value for name, value in given.items()})


def test_an_empty_environment_is_a_sandbox_with_sqlite() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.is_sandboxed
    assert settings.database_url == "sqlite:///data/genjin.db"


def test_the_database_lies_in_the_data_folder() -> None:
    assert read(DATA_DIR="/srv/genjin").database_url == "sqlite:////srv/genjin/genjin.db"


def test_all_problems_are_told_at_once_by_name() -> None:
    assert problems(
        DATABASE_URL="mysql://x",
        TELEGRAM_TOKEN="nonsense",
        TELEGRAM_API="telegram.org",
        WEBHOOK_URL="http://example.com",
        WEBHOOK_SECRET="with space",
        HTTP="8080",
        LOG="LOUD",
        SANDBOX="0.0.0.0:8081",
    ) == [
        "DATABASE_URL",
        "TELEGRAM_TOKEN",
        "TELEGRAM_API",
        "WEBHOOK_URL",
        "WEBHOOK_URL",
        "WEBHOOK_SECRET",
        "HTTP",
        "LOG",
        "SANDBOX",
    ]


def test_a_webhook_needs_its_secret() -> None:
    assert problems(WEBHOOK_URL="https://crm.example.com/telegram") == ["WEBHOOK_SECRET"]


def test_the_sandbox_does_not_run_beside_a_real_token() -> None:
    assert problems(TELEGRAM_TOKEN=TOKEN, SANDBOX="127.0.0.1:8081") == ["SANDBOX"]
    assert read(TELEGRAM_TOKEN=TOKEN).telegram_token == TOKEN
    assert read(TELEGRAM_TOKEN=TOKEN, SANDBOX="[::1]:81", TELEGRAM_API="http://[::1]:81").sandbox == Address("::1", 81)


def test_a_problem_never_shows_a_secret() -> None:
    with pytest.raises(SettingsError) as caught:
        read(TELEGRAM_TOKEN="my secret", WEBHOOK_SECRET="my secret")
    assert "my secret" not in str(caught.value)


def test_secrets_are_not_in_the_settings_own_text() -> None:
    settings = read(TELEGRAM_TOKEN=TOKEN, WEBHOOK_SECRET="s3cret", DATABASE_URL="postgresql://me:hidden@host/db")
    assert not any(secret in repr(settings) for secret in settings.secrets)
    assert set(settings.secrets) == {TOKEN, "s3cret", "hidden"}


def test_the_log_setting_names_a_level_and_a_form() -> None:
    assert (read(LOG="debug,json").log_level, read(LOG="debug,json").logs_json) == ("DEBUG", True)
    assert (read(LOG="WARNING").log_level, read(LOG="WARNING").logs_json) == ("WARNING", False)


def test_the_example_file_names_every_setting_and_its_default() -> None:
    named = dict(re.findall(r"^(GENJIN_\w+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    assert set(named) == {PREFIX + field.name.upper() for field in fields(Settings)}
    assert Settings.from_env({name: value for name, value in named.items() if name != "GENJIN_SANDBOX"}) == Settings()
    assert Settings.from_env(named) == Settings()


def test_files_stand_beside_their_database_unless_told_otherwise() -> None:
    assert Settings().files_folder == Path("data/genjin.files")
    assert read(DATA_DIR="/srv/genjin").files_folder == Path("/srv/genjin/genjin.files")
    assert read(DATABASE_URL="sqlite:////srv/crm.db?timeout=3").files_folder == Path("/srv/crm.files")
    assert read(DATABASE_URL="postgresql://u:p@host/genjin").files_folder == Path("data/genjin.files")
    assert read(FILES_DIR="/srv/files", DATABASE_URL="postgresql://h/g").files_folder == Path("/srv/files")
