"""The people of the desk, on the operator's command line. Passwords are never arguments.

python -m channels users list
python -m channels users add EMAIL --name NAME [--role ROLE] [--area AREA] [--stdin]
python -m channels users deactivate | reactivate | reset-second-factor EMAIL
python -m channels users reset-password EMAIL [--stdin]
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Sequence

from channels.settings import Settings
from knowledge.audit.model import Actor, acting
from knowledge.clock import clock_from
from knowledge.coordinators.model import Area, Coordinator, Role
from knowledge.coordinators.passwords import PasswordRefused, check_password
from knowledge.errors import Conflict, NotFound
from knowledge.opening import Knowledge, open_knowledge

OPERATOR = Actor("operator", "command line")


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Do one command and print what came of it; the exit status."""
    given = _parser().parse_args(arguments)
    password = sys.stdin.readline().rstrip("\n") if getattr(given, "stdin", False) else ""
    try:
        lines, status = asyncio.run(_do(given, password, settings)), 0
    except NotFound:
        lines, status = [f"users: nobody has the address {given.email}"], 1
    except (Conflict, PasswordRefused) as error:
        lines, status = [f"users: {error}"], 1
    sys.stdout.write("\n".join(lines) + "\n")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m channels users")
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("list", help="who is on the team")
    add = deeds.add_parser("add", help="let somebody in")
    reset = deeds.add_parser("reset-password", help="give somebody another password")
    for deed in (add, reset):
        deed.add_argument("--stdin", action="store_true", help="read the password's line")
    add.add_argument("--name", required=True, help="the name that people see")
    add.add_argument("--role", choices=list(Role), default=Role.COORDINATOR, type=Role)
    add.add_argument("--area", choices=list(Area), default=Area.BOTH, type=Area)
    out = deeds.add_parser("deactivate", help="let somebody in no more")
    back = deeds.add_parser("reactivate", help="let somebody in again")
    phone = deeds.add_parser("reset-second-factor", help="somebody lost their phone")
    for deed in (add, reset, out, back, phone):
        deed.add_argument("email")
    return parser


async def _do(given: argparse.Namespace, password: str, settings: Settings) -> list[str]:
    acting(OPERATOR)
    knowledge = open_knowledge(settings.database_url, clock_from(settings.clock))
    try:
        if given.deed == "list":
            return [_line(one) for one in await knowledge.coordinators.everyone()]
        if given.deed == "add":
            return await _add(knowledge, given, password)
        who = await knowledge.coordinators.by_email(given.email)
        return await _change(knowledge, given.deed, who, password)
    finally:
        await knowledge.database.close()


async def _add(knowledge: Knowledge, given: argparse.Namespace, password: str) -> list[str]:
    everyone = await knowledge.coordinators.everyone()
    if given.email.strip().lower() in {one.email for one in everyone}:
        raise Conflict("somebody has this address already")
    chosen = password or _made_up()
    check_password(chosen, given.email, given.name)
    made = await knowledge.coordinators.add(
        given.email, chosen, given.name, given.role, given.area
    )
    return [_line(made), *_told(chosen, password)]


async def _change(knowledge: Knowledge, deed: str, who: Coordinator, password: str) -> list[str]:
    if deed == "deactivate":
        await knowledge.team.deactivate(who.id)
    elif deed == "reactivate":
        await knowledge.team.reactivate(who.id)
    elif deed == "reset-second-factor":
        await knowledge.team.reset_second_factor(who.id)
    else:
        chosen = password or _made_up()
        await knowledge.team.reset_password(who.id, chosen)
        return [f"{who.email}: done", *_told(chosen, password)]
    return [f"{who.email}: done"]


def _made_up() -> str:
    return secrets.token_urlsafe(15)


def _told(chosen: str, given: str) -> list[str]:
    return [] if given else [f"password (shown only this once): {chosen}"]


def _line(who: Coordinator) -> str:
    state = "active" if who.is_active else "deactivated"
    second = "second factor" if who.has_second_factor else "no second factor"
    return "\t".join([who.email, who.name, who.role, who.area, state, second])
