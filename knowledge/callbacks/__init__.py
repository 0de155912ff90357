"""Call-backs: what was agreed with a person about being reached later, as data."""
