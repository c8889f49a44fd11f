"""Made pages of the book."""
