"""``course verify``: whether what was signed is whole, and who has signed it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import listed
from imlcourse.commands.exits import OK, PROBLEMS
from imlcourse.commands.options import add_public_keys, see_all_there


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    verify = commands.add_parser(
        "verify",
        help="check what was signed: whether it is whole, and who has signed it",
        description="Check copies of the course (a zip, a folder), signed lists of certificates, "
        "and the text of the QR code on a certificate (as a file, or as it is, in quotation "
        "marks). It needs no internet and no course.",
        epilog="Exit code: 0 if all of them are whole and signed with a key that is known, 1 if "
        "one is not, 2 if a name is not there.",
    )
    verify.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, or the text of a QR code"
    )
    add_public_keys(verify, "gives certificates, or hands out the course")
    verify.set_defaults(run=run, anywhere=True)


SAID = {
    "whole": "whole: nothing was changed since it was signed",
    "unknown": "whole, but the key is not known",
    "unsigned": "as its own list says, but nobody has signed that list",
    "changed": "CHANGED: this is not what was signed",
    "unreadable": "this cannot be read; it is damaged, or from a newer version",
}
"""What `course verify` says, by the outcome; the page about it quotes it."""


def run(_: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.certificates import check_libraries, own_keys
    from imlcourse.products.signed.keys import read_public
    from imlcourse.products.signed.verify import KINDS, check

    check_libraries()
    see_all_there(given for given in parsed.files if not given.startswith("IMLCERT1."))
    keys = [*read_public(parsed.key), *own_keys()]
    good = True
    for given in parsed.files:
        path = Path(given)
        text = given.startswith("IMLCERT1.")
        outcome = check(given.encode() if text else path, keys)
        name = "the text" if text else given
        if outcome is None:
            kinds = listed([kind.name for kind in KINDS])
            print(f"{name}: nothing that is signed; what can be checked: {kinds}")
            if not text:
                print(
                    "  If it is from a folder of signed copies: put SHA256SUMS and SHA256SUMS.sig "
                    "of that folder beside it, under the name that the list gives it, and check "
                    "it again; or check the whole folder."
                )
            good = False
            continue
        good = good and outcome.state == "whole"
        print(f"{name}: {SAID[outcome.state]}")
        if outcome.key and outcome.state in ("whole", "unknown"):
            holder = outcome.key.holder or "somebody who is not named"
            known = "signed by" if outcome.state == "whole" else "says it was signed by"
            print(f"  {known} {holder}, key {outcome.key.fingerprint}")
        if outcome.state == "unknown":
            print(
                "  Get the public key from the organizer, in another way than this file, and give "
                "it with --key."
            )
        if outcome.state == "unsigned":
            print(
                "  This shows damage by chance, and not what somebody changed on purpose. There is "
                "no signature to check. To be sure of it, ask whoever gave it to you, or compare "
                "it with a copy from the publisher."
            )
        for line in [*outcome.changed, *outcome.facts]:
            print(f"  {line}")
    return OK if good else PROBLEMS
