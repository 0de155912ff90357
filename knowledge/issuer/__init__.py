"""Signing in at a directory of the force's own (OpenID Connect)."""
