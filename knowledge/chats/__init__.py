"""People who write from a messenger: what came in, where it belongs, what went out."""
