"""What the team does together with a conversation that somebody holds."""
