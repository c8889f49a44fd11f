"""Texts of the interface, dates, plural, direction and the rules of each language."""
