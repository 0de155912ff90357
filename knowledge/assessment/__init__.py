"""The initial victims' needs assessment: what a person told us, and what follows from it."""
