"""Which processes run on this database, and what only one of them may do at a time."""
