"""The co-ordinators' desk."""
