"""``course sign``: the copies that are handed out, with a signature."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import folder_to_read
from imlcourse.commands.exits import OK
from imlcourse.commands.made import size_in_words
from imlcourse.commands.options import add_language, add_slice, other_language, slice_of
from imlcourse.commands.passphrase import passphrase


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    sign = commands.add_parser(
        "sign",
        help="sign the copies and packages that you hand out, with your key",
        description="Make _build/signed: the copies and packages that stand, with a signature "
        "beside the list of their files (SHA256SUMS), and your public key. Whoever has that key "
        "from you can check with course verify that nothing was changed since. Builds are not "
        "touched. Make your key once with course certificates --new-key --organizer “your office”.",
    )
    sign.add_argument(
        "--key",
        type=folder_to_read("the folder of your key"),
        metavar="FOLDER",
        help="the folder of your key (default: course-certificates-key in your own folder)",
    )
    add_language(sign, "sign the copies in this language")
    add_slice(sign, "sign")
    sign.set_defaults(run=run)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.signing import sign_copies

    language = other_language(root, parsed.language)
    part = slice_of(root, parsed)
    made, key = sign_copies(root, language, key=parsed.key, ask=passphrase, part=part)
    print(f"{made.what} ({size_in_words(made.size)}), signed with key {key.fingerprint}:")
    print(f"  {made.path}")
    print("Hand out your public key in another way too, such as on your site or on paper.")
    return OK
