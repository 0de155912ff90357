"""Times and values as the desk writes them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.letters import letters
from knowledge.clock import LONDON


def filters() -> dict[str, Callable[..., Any]]:
    """The filters of the desk's templates."""
    return {
        "clock": clock,
        "day": day,
        "since": since,
        "plain": plain,
        "fact": fact,
        "left": left,
        "then": then,
        "letter": lambda key: letters()[key].title if key in letters() else plain(key),
        "why": lambda why: refusals().get(why, plain(why)),
    }


@cache
def refusals() -> Mapping[str, str]:
    """Why the gate stays closed, in words."""
    kept: Mapping[str, str] = yaml.safe_load(
        Path(__file__).with_name("refusals.yml").read_text("utf-8")
    )
    return kept


def clock(at: str) -> str:
    """A moment as London's wall shows it: `Tue 24 Nov, 10:40`."""
    moment = datetime.fromisoformat(at).astimezone(LONDON)
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}"


def day(of: date) -> str:
    """A day: `24 November 2026`."""
    return f"{of.day} {of:%B %Y}"


def then(at: str, before: str) -> str:
    """A later moment: only its time where it is the same day, `12:00`."""
    day = clock(before).partition(", ")[0]
    return clock(at).removeprefix(f"{day}, ")


def since(at: str, now: datetime) -> str:
    """How long ago: `2 min`, `1 h 5 min`."""
    minutes = max(0, int((now - datetime.fromisoformat(at)).total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def left(until: str, now: datetime) -> int:
    """How many seconds are left until a moment; below nothing when it is over."""
    return int((datetime.fromisoformat(until) - now).total_seconds())


def plain(name: str) -> str:
    """A name of the code in words: `domestic_abuse` -> `domestic abuse`."""
    return name.replace("_", " ")


def as_given(value: Any) -> str:
    """A value as somebody gave it for a fact, whatever its form, in words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{plain(str(name))}: {as_given(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(as_given(one) for one in value) or "none"
    return fact(value)


def fact(value: Any) -> str:
    """A fact's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping) and "as_said" in value:
        where = [value.get("district"), value.get("county")]
        days = list(dict.fromkeys(filter(None, [value.get("from"), value.get("to")])))
        more = ", ".join(str(part) for part in where if part) or " to ".join(days)
        return f"{value['as_said']} ({more})" if more else str(value["as_said"])
    if isinstance(value, Mapping) and "safe_to_leave_message" in value:
        return _contact(value)
    if isinstance(value, Mapping):
        return ", ".join(plain(name) for name, level in value.items() if level) or "none told"
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value) or "none told"
    return plain(str(value))


def _contact(wishes: Mapping[str, Any]) -> str:
    said = ["wants no contact"] if wishes["wanted"] is False else []
    said += [plain(wishes["how"])] if wishes["how"] else []
    said += [f"never by {plain(one)}" for one in wishes["avoid"]]
    said += [f"needs {plain(one)}" for one in wishes.get("adjustments", ())]
    said += [f"mind: “{one}”" for one in wishes.get("care") or ()]
    said += [f"language: {wishes['language']}"] if wishes.get("language") else []
    return ", ".join(said) or "nothing told"
