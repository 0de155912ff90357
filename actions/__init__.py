"""The translator: slots and what was said -> one verb of knowledge -> a named response."""
