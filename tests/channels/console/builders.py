"""Every route of the desk and the right it needs, for tables."""

from typing import Any

from tests.channels.builders import Person

API = [
    ("GET", "/api/console/queue", "see_queue"),
    ("GET", "/api/console/events", "see_queue"),
    ("GET", "/api/console/conversations/{}", "read_conversation"),
    ("GET", "/api/console/conversations/{}/events", "read_conversation"),
    ("POST", "/api/console/conversations/{}/take", "take_conversation"),
    ("POST", "/api/console/conversations/{}/messages", "take_conversation"),
    ("POST", "/api/console/conversations/{}/give-back", "take_conversation"),
    ("POST", "/api/console/conversations/{}/close", "take_conversation"),
    ("POST", "/api/console/conversations/{}/notes", "write_note"),
    ("GET", "/api/console/mine", "see_queue"),
    ("GET", "/api/console/colleagues", "see_queue"),
    ("GET", "/api/console/outcomes", "see_queue"),
    ("GET", "/api/console/conversations/{}/sentences", "read_conversation"),
    ("GET", "/api/console/conversations/{}/services", "read_conversation"),
    ("POST", "/api/console/conversations/{}/read", "read_conversation"),
    ("POST", "/api/console/conversations/{}/typing", "take_conversation"),
    ("POST", "/api/console/conversations/{}/transfer", "take_conversation"),
    ("POST", "/api/console/conversations/{}/ask-learning", "take_conversation"),
    ("POST", "/api/console/conversations/{}/join", "join_conversation"),
    ("POST", "/api/console/conversations/{}/leave", "join_conversation"),
    ("POST", "/api/console/conversations/{}/take-over", "join_conversation"),
    ("POST", "/api/console/conversations/{}/facts", "correct_facts"),
    ("POST", "/api/console/conversations/{}/marks", "mark_alarm"),
]
ALARM_API = [
    ("POST", "/api/console/conversations/{}/acknowledge", "acknowledge"),
    ("POST", "/api/console/conversations/{}/contact", "take_conversation"),
    ("POST", "/api/console/conversations/{}/callbacks/any", "take_conversation"),
    ("POST", "/api/console/conversations/{}/callbacks", "take_conversation"),
    ("GET", "/api/console/letters", "read_conversation"),
    ("POST", "/api/console/conversations/{}/emails", "take_conversation"),
    ("POST", "/api/console/conversations/{}/letters", "take_conversation"),
    ("POST", "/api/console/conversations/{}/ask-writing", "take_conversation"),
    ("GET", "/api/console/alarms", "see_queue"),
    ("GET", "/api/console/callbacks", "see_queue"),
    ("GET", "/api/console/figures", "see_figures"),
    ("POST", "/api/console/devices", "acknowledge"),
]
HOLDS = [
    ("POST", "/api/console/conversations/{}/hold", "hold_conversation"),
    ("POST", "/api/console/conversations/{}/release", "hold_conversation"),
]
DESK_PAGES = [
    ("GET", "/console/conversations/{}", "read_conversation"),
    ("POST", "/console/conversations/{}/take", "take_conversation"),
    ("POST", "/console/conversations/{}/messages", "take_conversation"),
    ("POST", "/console/conversations/{}/give-back", "take_conversation"),
    ("POST", "/console/conversations/{}/close", "take_conversation"),
    ("POST", "/console/conversations/{}/notes", "write_note"),
    ("POST", "/console/conversations/{}/transfer", "take_conversation"),
    ("POST", "/console/conversations/{}/ask-learning", "take_conversation"),
    ("POST", "/console/conversations/{}/join", "join_conversation"),
    ("POST", "/console/conversations/{}/leave", "join_conversation"),
    ("POST", "/console/conversations/{}/take-over", "join_conversation"),
    ("POST", "/console/conversations/{}/facts", "correct_facts"),
    ("POST", "/console/conversations/{}/marks", "mark_alarm"),
]
# What a deed needs beside its address; the rest is given some words or nothing.
BODIES: dict[str, dict[str, Any]] = {
    "read": {"upto": 1},
    "transfer": {"note": "she knows you"},
    "facts": {"field": "reported", "value": "no"},
    "marks": {
        "verdict": "missed",
        "message": 2,
        "disposition": "urgent",
        "categories": ["stalking_harassment"],
    },
    "hold": {"reason": "she may be at risk"},
    "close": {"outcome": "helped"},
    "messages": {"text": "hello"},
    "notes": {"text": "hello"},
}
PAGES = [
    *DESK_PAGES,
    ("POST", "/console/conversations/{}/hold", "hold_conversation"),
    ("POST", "/console/conversations/{}/release", "hold_conversation"),
    ("POST", "/console/conversations/{}/acknowledge", "acknowledge"),
    ("POST", "/console/conversations/{}/callbacks/any", "take_conversation"),
    ("POST", "/console/conversations/{}/callbacks", "take_conversation"),
    ("POST", "/console/conversations/{}/emails", "take_conversation"),
    ("POST", "/console/conversations/{}/letters", "take_conversation"),
    ("POST", "/console/conversations/{}/ask-writing", "take_conversation"),
    ("GET", "/console/directory", "edit_directory"),
    ("GET", "/console/directory/new", "edit_directory"),
    ("GET", "/console/directory/services.csv", "edit_directory"),
    ("POST", "/console/directory/new", "edit_directory"),
    ("GET", "/console/directory/nat-shout", "edit_directory"),
    ("POST", "/console/directory/nat-shout", "edit_directory"),
    ("POST", "/console/directory/nat-shout/assure", "edit_directory"),
    ("POST", "/console/directory/nat-shout/retire", "edit_directory"),
    ("POST", "/console/directory/nat-shout/restore", "edit_directory"),
    ("POST", "/console/directory/nat-shout/letter", "edit_directory"),
    ("POST", "/console/directory/answers/any/accept", "edit_directory"),
    ("GET", "/console/people", "manage_people"),
    ("POST", "/console/people/invitations", "manage_people"),
    ("POST", "/console/people/invitations/any/withdraw", "manage_people"),
    ("POST", "/console/people/any/deactivate", "manage_people"),
    ("POST", "/console/people/any/reactivate", "manage_people"),
    ("POST", "/console/people/any/reset-second-factor", "manage_people"),
    ("GET", "/console/trace", "read_trace"),
    ("GET", "/console/figures", "see_figures"),
    ("GET", "/console/figures.csv", "see_figures"),
    ("GET", "/console/alerts", "acknowledge"),
    ("POST", "/console/alerts/devices/any/remove", "acknowledge"),
]
# For everybody who is signed in: `/console` leads each to their own work.
OWN = {
    "/console",
    "/console/account",
    "/console/account/password",
    "/console/account/devices/any/sign-out",
    "/console/account/sign-out-everywhere",
    "/console/account/second-factor",
    "/console/account/second-factor/codes",
    "/console/account/second-factor/remove",
}
# The doors through which one comes in, and goes.
WITHOUT_RIGHT = {
    "/api/console/sessions",
    "/console/sign-in",
    "/console/sign-out",
    "/console/unlock",
    "/console/lock",
    "/console/invitation/any",
    "/console/oidc/start",
    "/console/oidc/callback",
    "/console/worker.js",
}


def path_of(route: str, person: Person) -> str:
    """The route for one conversation."""
    return route.format(person.conversation)
