"""Figures of the desk's work. They count; they identify nobody."""
