"""The key of whoever gives certificates: made once, kept by them, and its public half handed out.

The keys are those of Ed25519 (RFC 8032), by the library cryptography.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.products.signed.writing import decoded, encoded, spaced

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = [
    "FOLDER",
    "PRIVATE",
    "PUBLIC",
    "PublicKey",
    "SigningKey",
    "SigningKeyError",
    "make_key",
    "public_keys",
    "read_key",
    "read_public",
    "verified",
]

FOLDER = "course-certificates-key"
"""The folder in a trainer's own folder."""
PRIVATE, PUBLIC = "private-key.pem", "public-key.txt"
_OPENING = "IMLKEY1."
_LINE = re.compile(r"IMLKEY1\.([A-Za-z0-9_-]{43})(?:[ \t]+(\S.*))?")
_LENGTH = 32
_FINGERPRINT = 20


class SigningKeyError(Exception):
    """A key cannot be made or read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key that everybody may have.

    Attributes
    ----------
    data
        Its 32 bytes.
    holder
        Who says that it is theirs.
    """

    data: bytes
    holder: str = ""

    @property
    def text(self) -> str:
        """Its bytes, as they are written down."""
        return encoded(self.data)

    @property
    def fingerprint(self) -> str:
        """What people compare: 20 hexadecimal digits of its SHA-256, in groups of four."""
        return spaced(hashlib.sha256(self.data).hexdigest()[:_FINGERPRINT])

    def line(self) -> str:
        """Write it as it is handed out."""
        return f"{_OPENING}{self.text} {self.holder}".rstrip()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs."""

    private: Ed25519PrivateKey
    public: PublicKey

    def sign(self, message: bytes) -> bytes:
        """Sign bytes."""
        return self.private.sign(message)


def make_key(folder: Path, holder: str, passphrase: str = "") -> PublicKey:
    """Make a key, in a folder that is made for it.

    Parameters
    ----------
    folder
        Where it is kept; for its owner alone.
    holder
        Whose it is, as the public half says.
    passphrase
        What the private half is locked with; empty for nothing.

    Raises
    ------
    SigningKeyError
        If there is a key already.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if (folder / PRIVATE).exists():
        msg = (
            f"there is a key in {folder} already, and certificates may be signed with it; use it: "
            "course certificates LIST; or name another folder with --key"
        )
        raise SigningKeyError(msg)
    private = Ed25519PrivateKey.generate()
    public = PublicKey(private.public_key().public_bytes_raw(), " ".join(holder.split()))
    lock = form.BestAvailableEncryption(passphrase.encode()) if passphrase else form.NoEncryption()
    pem = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Nobody else may read it at any moment.
    with os.fdopen(
        os.open(folder / PRIVATE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
    ) as file:
        file.write(pem)
    (folder / PUBLIC).write_text(f"{public.line()}\n", encoding="utf-8", newline="\n")
    return public


def read_key(folder: Path, ask: Callable[[str], str]) -> SigningKey:
    """Read the key in a folder.

    Parameters
    ----------
    folder
        Where it is kept.
    ask
        Asks for the passphrase, where the key is locked.

    Raises
    ------
    SigningKeyError
        If there is none, or it cannot be read.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / PRIVATE
    if not path.is_file():
        msg = (
            f"there is no key in {folder}; make one, once: course certificates --new-key "
            "--organizer “your office or organization”; or name the folder of yours with --key"
        )
        raise SigningKeyError(msg)
    pem = path.read_bytes()
    locked = b"ENCRYPTED" in pem.partition(b"\n")[0]
    word = ask(f"Passphrase of the key in {folder}: ").encode() if locked else None
    try:
        private = form.load_pem_private_key(pem, word)
    except (ValueError, TypeError):
        what = "the passphrase is wrong" if locked else "it is damaged; take your copy of it"
        msg = f"{path} cannot be read: {what}"
        raise SigningKeyError(msg) from None
    if not isinstance(private, Ed25519PrivateKey):
        msg = f"{path} is no key of this program; name the folder of yours with --key"
        raise SigningKeyError(msg)
    data = private.public_key().public_bytes_raw()
    public = PublicKey(data)
    beside = folder / PUBLIC
    if beside.is_file():
        for one in public_keys(beside.read_text(encoding="utf-8", errors="replace")):
            public = one if one.data == data else public
    return SigningKey(private, public)


def public_keys(text: str) -> list[PublicKey]:
    """Give the public keys that a text holds, one a line."""
    found = []
    for line in text.lstrip("\ufeff").splitlines():
        if read := _LINE.fullmatch(line.strip()):
            data = decoded(read[1], _LENGTH)
            if data is not None:
                found.append(PublicKey(data, read[2] or ""))
    return found


def read_public(paths: Iterable[Path]) -> list[PublicKey]:
    """Read files with public keys.

    Raises
    ------
    SigningKeyError
        If a file holds none.
    """
    keys = []
    for path in paths:
        found = public_keys(path.read_text(encoding="utf-8", errors="replace"))
        if not found:
            msg = (
                f"{path} holds no public key (a line that begins with {_OPENING}); ask for it anew"
            )
            raise SigningKeyError(msg)
        keys += found
    return keys


def verified(key: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether a signature is that of a key over a message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
