"""Policies of our own, over Rasa's rules."""
