"""Waymark in Telegram: updates are kept, then worked off; replies come from the thread."""
