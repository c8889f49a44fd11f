"""The HTML of items."""
