"""How fast it is, how much memory it takes, against something that can be compared."""
