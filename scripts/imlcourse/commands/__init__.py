"""The commands: one file each, and what they share; how words are read, and refused."""

COMMANDS = (
    *("build", "package", "check", "kit", "report", "sheets", "certificates", "verify", "doctor"),
    *("sign", "mark", "translations", "serve", "bench", "index", "trial", "schema"),
)
"""The commands, in the order in which help lists them; each is the file of this name, in which
`add` says what it takes."""
