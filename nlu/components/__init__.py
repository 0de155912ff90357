"""Thin Rasa components over the plain Python of this room."""
