"""Copies that travel: the list of their files, their licences, and what became of them."""
