"""Telling the team outside the desk's pages, when an alarm goes up."""
