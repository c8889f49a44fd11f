"""The passphrase of a key, which is asked for and never a word of a command."""

from __future__ import annotations


def passphrase(question: str) -> str:
    """Ask for a passphrase, which is not shown while it is typed."""
    from getpass import getpass

    return getpass(question)
