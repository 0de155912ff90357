"""Where the people of the team are signed in."""
