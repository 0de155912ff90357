"""Alarms of the desk: what rang, how long it may ring, who heard it, and where it went up to."""
