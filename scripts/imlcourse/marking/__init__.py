"""Reading photos and scans of filled sheets: what is marked, and what a person has to look at."""
