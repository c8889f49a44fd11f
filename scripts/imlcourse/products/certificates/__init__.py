"""Certificates of attendance: a list that a trainer fills in, certificates, and a signed list."""
