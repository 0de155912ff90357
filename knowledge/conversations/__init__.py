"""Conversations as threads that only grow, and who holds each of them."""
