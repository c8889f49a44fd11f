"""From the course to pieces of HTML."""
