"""Coming back without an account: a phrase of a few ordinary words opens a conversation again."""
