"""The signature of a copy: over the list of its files, and so over every byte of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from imlcourse.products.copies.sums import Sums
from imlcourse.products.signed.keys import PublicKey, SigningKey, verified
from imlcourse.products.signed.outcome import Outcome, known
from imlcourse.products.signed.writing import SIGNATURE, canonical, decoded, encoded

__all__ = ["OPENING", "check_signature", "signature_of"]

OPENING = "IMLSUMS1."
_SAYS = b"imlcourse copy 1\n"
"""What stands before what is signed, so that no signature is good for something else."""
_KEY = 32


def signature_of(sums: Sums, key: SigningKey) -> bytes:
    """Sign a list of files: the file that stands beside it."""
    said = canonical({"holder": key.public.holder, "list": _digest(sums)})
    signature = encoded(key.sign(_SAYS + said.encode("ascii")))
    return f"{OPENING}{key.public.text}.{signature}.{said}\n".encode("ascii")


def check_signature(signature: bytes, sums: Sums, keys: Sequence[PublicKey]) -> Outcome:
    """Check that a list is the one that was signed."""
    text = "".join(signature.decode("utf-8-sig", "replace").split("\n")).strip()
    parts = text.removeprefix(OPENING).split(".", 2)
    if not text.startswith(OPENING) or len(parts) != 3:
        return Outcome("unreadable")
    public, signed = decoded(parts[0], _KEY), decoded(parts[1], SIGNATURE)
    if public is None or signed is None:
        return Outcome("changed")
    one = known(public, keys)
    said = parts[2]
    if not said.isascii() or not verified(public, signed, _SAYS + said.encode("ascii")):
        return Outcome("changed", one or PublicKey(public))
    read = json.loads(said)
    key = one or PublicKey(public, str(read.get("holder", "")))
    if read.get("list") != _digest(sums):
        return Outcome("changed", key, changed=["its list of files is another than was signed"])
    return Outcome("whole" if one else "unknown", key)


def _digest(sums: Sums) -> str:
    return hashlib.sha256(sums.text().encode()).hexdigest()
