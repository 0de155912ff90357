"""Every route of the desk and the right it needs, for tables."""

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
]
ALARM_API = [
    ("POST", "/api/console/conversations/{}/acknowledge", "acknowledge"),
    ("POST", "/api/console/conversations/{}/contact", "take_conversation"),
    ("POST", "/api/console/conversations/{}/callbacks/any", "take_conversation"),
    ("GET", "/api/console/alarms", "see_queue"),
    ("GET", "/api/console/callbacks", "see_queue"),
    ("GET", "/api/console/figures", "see_figures"),
    ("POST", "/api/console/devices", "acknowledge"),
]
DESK_PAGES = [
    ("GET", "/console/conversations/{}", "read_conversation"),
    ("POST", "/console/conversations/{}/take", "take_conversation"),
    ("POST", "/console/conversations/{}/messages", "take_conversation"),
    ("POST", "/console/conversations/{}/give-back", "take_conversation"),
    ("POST", "/console/conversations/{}/close", "take_conversation"),
    ("POST", "/console/conversations/{}/notes", "write_note"),
]
PAGES = [
    *DESK_PAGES,
    ("POST", "/console/conversations/{}/acknowledge", "acknowledge"),
    ("POST", "/console/conversations/{}/callbacks/any", "take_conversation"),
    ("GET", "/console/directory", "edit_directory"),
    ("GET", "/console/directory/new", "edit_directory"),
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
    "/console/worker.js",
}


def path_of(route: str, person: Person) -> str:
    """The route for one conversation."""
    return route.format(person.conversation)
