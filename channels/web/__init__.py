"""The web: the chat page, its API, and what holds the pages together."""
