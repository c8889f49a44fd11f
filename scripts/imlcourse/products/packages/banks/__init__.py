"""Questions of the course for other programs: what they ask once, and a file for each format."""
