"""The exit codes of commands."""

OK, PROBLEMS, USAGE, NOT_CHECKED = 0, 1, 2, 3
"""Done; the course, or what was looked at, has problems; the command was not understood; nothing
was there to compare with."""
STOPPED, CUT_OFF = 130, 141
"""What was stopped by Ctrl+C, and what nobody reads to its end, as shells have them."""
