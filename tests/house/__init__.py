"""House rules: what no single test of a room would notice."""
