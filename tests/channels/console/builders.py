"""Every route of the desk, for tables."""

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
PAGES = [
    ("GET", "/console", "see_queue"),
    ("GET", "/console/conversations/{}", "read_conversation"),
    ("POST", "/console/conversations/{}/take", "take_conversation"),
    ("POST", "/console/conversations/{}/messages", "take_conversation"),
    ("POST", "/console/conversations/{}/give-back", "take_conversation"),
    ("POST", "/console/conversations/{}/close", "take_conversation"),
    ("POST", "/console/conversations/{}/notes", "write_note"),
]
WITHOUT_RIGHT = {"/api/console/sessions", "/console/sign-in", "/console/sign-out"}


def path_of(route: str, person: Person) -> str:
    """The route for one conversation."""
    return route.format(person.conversation)
