"""The command `genjin`. What keeps it from its work is told in one line on stderr, with an exit code that is not 0."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import typer

from bot.channels.door import CannotGoOn
from bot.commands import (
    audit,
    calendar,
    corrections,
    database,
    doctor,
    joining,
    ladders,
    load_customers,
    load_people,
    people,
    policies,
    talking,
    targets,
    whole,
)
from bot.commands.opening import Failed, read_settings
from bot.local import run_locally
from bot.serve import serve
from bot.settings import SettingsError

app = typer.Typer(
    name="genjin",
    help="Genjin 跟进: the CRM that a sales team talks to.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run() -> None:
    """Work: on Telegram with GENJIN_TELEGRAM_TOKEN, else in a local chat on demo data."""
    settings = read_settings()
    if settings.is_sandboxed:
        raise typer.Exit(asyncio.run(run_locally(settings, typer.echo)))
    raise typer.Exit(asyncio.run(serve(settings)))


app.command()(talking.chat)
app.command()(talking.explain)
app.command()(database.migrate)
app.command()(database.demo)
app.command()(database.backup)
app.command()(database.restore)
app.command()(whole.export)
app.command()(whole.load)
app.command()(doctor.doctor)
app.command()(corrections.corrections)
app.command()(ladders.ladders)
app.command()(calendar.calendar)
app.command()(targets.targets)
app.add_typer(audit.audit_app, name="audit")
app.command("import")(load_customers.load_customers)
app.command()(load_people.people)
app.add_typer(people.team_app, name="team")
app.add_typer(people.user_app, name="user")
app.add_typer(policies.policies_app, name="policies")
people.user_app.command("invite")(joining.invite)
people.user_app.command("list")(joining.list_users)
people.user_app.command("deactivate")(joining.deactivate)
people.user_app.command("reactivate")(joining.reactivate)


def main(arguments: list[str] | None = None) -> Any:
    """Run a command line; leaves with its exit code."""
    try:
        app(arguments, prog_name="genjin")
    except (Failed, CannotGoOn) as error:
        _leave(str(error).splitlines())
    except SettingsError as error:
        _leave(error.problems)
    except KeyboardInterrupt:
        sys.exit(130)


def _leave(lines: list[str]) -> None:
    for line in lines:
        sys.stderr.write(f"genjin: {line}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
