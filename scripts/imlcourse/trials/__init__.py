"""Trials of items with readers: a sheet of questions without keys, and the answers to it."""
