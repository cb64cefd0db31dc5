"""The gates: what the house promises about its own code, words and settings."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import handlers
import nlu.rules
from bot.__main__ import app
from bot.settings import PREFIX, Settings
from crm import arrival_errors, errors, setting_errors, sheet_errors
from crm.write_policies import WRITES
from storage.tables import THINGS
from talk.catalogue import LANGUAGES, WORDS, words

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "crm", "handlers", "jobs", "nlu", "sandbox", "storage", "talk")
CODE = (*ROOMS, "tests", "benchmarks")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# As long as what they list: every table, and every step of a schema.
LISTS = ("storage/migrations/versions/",)
NO_VERBS = {"start_chat", "show_help"}  # skills that the table of verbs need not name
REFUSALS = [
    value
    for value in (vars(errors) | vars(setting_errors) | vars(sheet_errors) | vars(arrival_errors)).values()
    if inspect.isclass(value) and issubclass(value, errors.CrmError)
]


@cache
def _modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _holes(sentence: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


def test_rooms_import_each_other_only_as_the_contracts_allow() -> None:
    # In a process of its own: within a worker that has run thousands of tests it once never came to its end.
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    told = subprocess.run([*lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert told.returncode == 0, told.stdout


def test_no_file_is_too_long() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules(*ROOMS)}
    assert {n: length for n, length in lengths.items() if length >= LONGEST_FILE and not n.startswith(LISTS)} == {}


def test_no_function_is_too_long() -> None:
    found = {
        f"{_name(path)}:{node.name}": length
        for path in _modules(*ROOMS)
        if not _name(path).startswith(LISTS)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert found == {}


def test_every_module_opens_by_saying_what_lives_here() -> None:
    silent = [_name(path) for path in _modules(*CODE) if path.stat().st_size and not ast.get_docstring(_tree(path))]
    assert [name for name in silent if not name.startswith("tests/") or not name.endswith("__init__.py")] == []


def test_no_class_is_named_for_what_could_be_anything() -> None:
    vague = re.compile(r"(Manager|Service|Helper|Utils?|Base|DTO)$")
    classes = [
        node.name for path in _modules(*ROOMS) for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef)
    ]
    assert [name for name in classes if vague.search(name)] == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [_name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("intent", sorted(handlers.SKILLS))
def test_every_skill_has_a_file_a_rule_words_and_a_story(intent: str) -> None:
    skill = handlers.SKILLS[intent]
    assert (skill.__module__, skill.__name__) == (f"handlers.{intent}", intent)
    assert any(rule.intent == intent for rule in nlu.rules.rules())
    for path in (f"nlu/rules/{intent}.py", f"talk/words/{intent}.toml", f"tests/stories/{intent}.yaml"):
        assert (ROOT / path).is_file(), path


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_has_words_that_its_facts_can_fill(refusal: type[errors.CrmError]) -> None:
    _, _, told = (refusal.__doc__ or "").partition("Facts:")
    facts = set(re.findall(r"`(\w+)`", told))
    for sentence in words()[refusal.key].values():
        assert _holes(sentence) <= facts, refusal.key


@pytest.mark.parametrize("thing", THINGS)
def test_every_kind_of_record_stands_under_the_write_policies_or_is_said_not_to(thing: str) -> None:
    assert thing in WRITES


def _sentences() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted(WORDS.glob("*.toml")):
        for key, sentences in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield f"{path.name} {key}", sentences


@pytest.mark.parametrize(
    ("key", "sentences"), list(_sentences()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_both_languages_say_the_same_with_the_same_holes(key: str, sentences: dict[str, str]) -> None:
    assert set(sentences) == set(LANGUAGES), key
    holes = [_holes(sentence) for sentence in sentences.values()]
    assert holes[0] == holes[1]
    assert all(sentence.strip() for sentence in sentences.values())


@pytest.mark.parametrize("place", ["README.md", ".env.example"])
def test_every_setting_is_documented_and_nothing_else_is(place: str) -> None:
    documented = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", (ROOT / place).read_text(encoding="utf-8")))
    assert documented == {PREFIX + field.name.upper() for field in fields(Settings)}


def test_every_command_is_documented() -> None:
    guides = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    told = "".join(guide.read_text(encoding="utf-8") for guide in guides)
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    groups = [
        f"{group.name} {command.name}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    ]
    assert [name for name in (*commands, *groups) if f"genjin {name}" not in told] == []


def test_the_table_of_verbs_names_stories_that_exist_and_every_one_of_them() -> None:
    told = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8"))) - {"test_rewrite"}
    there = {path.stem for path in (ROOT / "tests" / "stories").glob("*.yaml")}
    assert told <= there
    assert {name for name in handlers.SKILLS if name not in told} <= NO_VERBS


def test_only_the_command_reads_the_environment() -> None:
    allowed = {"bot/commands/opening.py", "bot/local.py", "bot/__main__.py"}
    readers = {
        _name(path) for path in _modules(*ROOMS) if re.search(r"\bos\.(environ|getenv)", path.read_text("utf-8"))
    }
    assert readers - allowed == set()


def test_data_files_are_part_of_the_package() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {path for room, globs in told.items() for glob in globs for path in (ROOT / room).glob(glob)}
    kept = {
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert [_name(path) for path in sorted(kept - packed) if path.suffix not in (".py", ".pyc")] == []


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_the_locks_hold_names_versions_and_hashes_only(lock: Path) -> None:
    line = re.compile(
        r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.]+( ; [\w.' <>=!()]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert [each for each in lines if not line.fullmatch(each)] == []


def test_the_locks_hold_everything_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, asked in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-cards.lock", [*project["dependencies"], *extras["cards"]]),
        ("requirements-dev.lock", [*project["dependencies"], *(one for each in extras.values() for one in each)]),
    ):
        locked = set(re.findall(r"^([a-z0-9-]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        names = {re.split(r"[\[<>=~! ]", wanted)[0].lower().replace("_", "-") for wanted in asked}
        assert names - locked - {project["name"]} == set()


def test_nothing_names_a_package_host_or_a_place_on_one_machine() -> None:
    # Written in parts, or this file would name them itself.
    hosts = ("pypi" + ".org", "python" + "hosted.org", "--extra-" + "index-url", "--find-" + "links")
    places = re.compile(r"(?<![\w.])/(?:work|root|opt|home|Users|mnt)/\w")
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".txt", ".js", ".html", ".css", ".json", ".example", ""}
    files = [path for name in (*CODE, "docs", ".ci") for path in (ROOT / name).rglob("*")]
    files += [path for path in ROOT.iterdir() if path.name not in (".env", ".git")]
    found = []
    for path in files:
        if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{_name(path)}: {host}" for host in hosts if host in text]
            found += [f"{_name(path)}: {place[0]}" for place in places.finditer(text)]
    assert found == []
