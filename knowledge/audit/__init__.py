"""Who did what with what people told us: a log that only grows, chained by hashes."""
