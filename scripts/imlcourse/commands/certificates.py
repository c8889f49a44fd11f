"""``course certificates``: certificates of attendance, signed, and the key that signs them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import day, file_to_read, folder_to_write, say
from imlcourse.commands.exits import OK, PROBLEMS
from imlcourse.commands.made import size_in_words
from imlcourse.commands.options import add_language, add_paper
from imlcourse.commands.passphrase import passphrase
from imlcourse.markup.problems import UsageError


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    certificates = commands.add_parser(
        "certificates",
        help="make certificates of attendance from the list of who was there, and sign them",
        description="Make certificates of attendance from the attendance list of the kit, filled "
        "in: all of them as one PDF, and a list that is signed with your key. If anything in the "
        "list is wrong, all of it is named by line, and nothing is made.",
    )
    certificates.add_argument(
        "list",
        nargs="?",
        type=file_to_read("the filled attendance list"),
        metavar="LIST",
        help="the filled attendance list (.xlsx or .csv)",
    )
    certificates.add_argument(
        "--agenda", default="one-day", metavar="NAME|FILE", help="what was held, as for kit"
    )
    certificates.add_argument("--organizer", metavar="WORDS", help="who gives the certificates")
    certificates.add_argument("--trainer", metavar="WORDS", help="who held the workshop")
    certificates.add_argument("--place", metavar="WORDS", help="where it was held")
    certificates.add_argument(
        "--first-day", type=day, metavar="DAY", help="as in 2026-11-27; over what the list says"
    )
    certificates.add_argument(
        "--last-day", type=day, metavar="DAY", help="if it took more than one day"
    )
    add_paper(certificates)
    certificates.add_argument(
        "--each", action="store_true", help="write a PDF for each person besides"
    )
    certificates.add_argument(
        "--to",
        type=folder_to_write,
        metavar="FOLDER",
        help="where they are written (default: _build)",
    )
    certificates.add_argument(
        "--key",
        type=folder_to_write,
        metavar="FOLDER",
        help="the folder of your key (default: course-certificates-key in your own folder)",
    )
    certificates.add_argument(
        "--new-key", action="store_true", help="make your key, once, in place of certificates"
    )
    certificates.add_argument(
        "--passphrase",
        action="store_true",
        help="with --new-key: lock the key with a passphrase, which is asked for each time",
    )
    add_language(certificates, "write them in this language")
    certificates.set_defaults(run=run, makes=True, names_files=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.certificates import write_certificates
    from imlcourse.build.kit import Wanted

    if parsed.new_key:
        return _new_key(parsed)
    if parsed.passphrase:
        msg = "--passphrase goes with --new-key; the passphrase of a key that is there is asked for"
        raise UsageError(msg)
    if parsed.list is None:
        msg = (
            "no attendance list; give the filled one: course certificates LIST --agenda one-day; "
            "or make your key: course certificates --new-key --organizer “your office”"
        )
        raise UsageError(msg)
    if parsed.key and not parsed.key.is_dir():
        msg = (
            f"there is no folder {parsed.key}; name the folder of your key, or make one in it: "
            f"course certificates --new-key --organizer “your office” --key {parsed.key}"
        )
        raise UsageError(msg)
    given = {
        **{name: getattr(parsed, name) or "" for name in ("organizer", "trainer", "place")},
        "from": parsed.first_day or "",
        "to": parsed.last_day or "",
    }
    written = write_certificates(
        root,
        Wanted(parsed.agenda, None, parsed.paper, parsed.language),
        parsed.list,
        given,
        key=parsed.key,
        ask=passphrase,
        each=parsed.each,
        to=parsed.to,
    )
    many = len(written.people)
    print(
        f"{many} certificate{'s' if many != 1 else ''}, signed with key {written.key.fingerprint}:"
    )
    print(f"  {written.made.path} ({size_in_words(written.made.size)})")
    if written.absent:
        print(f"At no session, so without a certificate: {', '.join(written.absent)}")
    return OK


def _new_key(parsed: argparse.Namespace) -> int:
    from imlcourse.build.certificates import new_key

    if not parsed.organizer:
        msg = (
            "whose key is it? Say so: course certificates --new-key --organizer “your office or "
            "organization”"
        )
        raise UsageError(msg)
    if parsed.list is not None:
        msg = "--new-key makes a key and no certificates; leave out the list, or --new-key"
        raise UsageError(msg)
    word = ""
    if parsed.passphrase:
        word = passphrase("A passphrase for the new key: ")
        if not word or word != passphrase("The same again: "):
            print(
                "course: nothing was typed, or the two were not the same; no key was made; run "
                "this again",
                file=sys.stderr,
            )
            return PROBLEMS
    folder, key = new_key(parsed.key, parsed.organizer, word)
    named = f" --key {folder}" if parsed.key else ""
    say(
        f"Your key is made, in {folder.resolve()}\n\n"
        "private-key.pem signs your certificates. Whoever has it can sign in your name: give it\n"
        "to nobody, and send it to nobody. Keep a copy on a stick in a locked drawer. If it is\n"
        "lost, what you have signed can still be checked, and you make a new key for what comes.\n"
        + ("" if word else "It has no passphrase: whoever can open this folder can use it.\n")
        + "\npublic-key.txt is for everybody. Give it to those who check certificates, and tell\n"
        "them these signs in another way, such as by telephone or on your website:\n\n"
        f"    {key.fingerprint}\n\n"
        f"What is next: course certificates LIST{named} makes certificates of a filled attendance\n"
        f"list; course sign{named} signs the copies that you hand out.\n"
    )
    return OK
