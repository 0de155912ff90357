"""The one gate for everything that leaves towards a person."""
