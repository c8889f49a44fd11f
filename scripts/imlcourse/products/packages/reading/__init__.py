"""The course as a book to read: its finished pages as chapters, for readers and for paper."""
