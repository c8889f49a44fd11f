"""The one document that the course is drawn from: units, words, the index of quotations."""
