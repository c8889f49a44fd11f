"""What is signed: each certificate by itself, in its QR code, and the list of all of them.

A certificate in a QR code is ``IMLCERT1.`` and three parts with points between them: the public
key, the signature, and what the certificate says, in the canonical form of `canonical`. A list is
a JSON file whose signature is over all of the rest, so that a line that was changed, added, taken
out or moved is seen; and each line has its own signature, so that it is seen which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imlcourse.products.signed.keys import PublicKey, SigningKey, verified
from imlcourse.products.signed.outcome import Outcome, known
from imlcourse.products.signed.writing import SIGNATURE, canonical, decoded, encoded

__all__ = [
    "certificate_text",
    "check_certificate",
    "check_list",
    "is_certificate",
    "is_list",
    "reference_of",
    "signed_list",
]

FORMAT = "imlcourse-certificates/1"
OPENING = "IMLCERT1."
_CERTIFICATE, _LIST = b"imlcourse certificate 1\n", b"imlcourse list 1\n"
"""What stands before what is signed, so that no signature is good for something else."""
_KEY = 32
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Those of Crockford's base 32: none is taken for another."""
_REFERENCE = 10
FIELDS = {
    **dict.fromkeys(("course", "edition", "from", "name", "office", "organizer"), str),
    **dict.fromkeys(("place", "ref", "to", "trainer"), str),
    "minutes": int,
    "modules": list,
    "of": int,
}
"""What a certificate says, and of which kind it is."""

Said = dict[str, Any]


def reference_of(said: Mapping[str, Any], code: str, key: PublicKey) -> str:
    """Give the reference of a certificate: ten signs that follow from what it says."""
    told = canonical({**said, "code": code, "key": key.text})
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") >> 14
    signs = [_LETTERS[(number >> (5 * place)) & 31] for place in range(_REFERENCE)]
    text = "".join(reversed(signs))
    return f"{text[:5]}-{text[5:]}"


def certificate_text(said: Said, key: SigningKey) -> str:
    """Sign a certificate, and write what its QR code says."""
    text = canonical(said)
    signature = key.sign(_CERTIFICATE + text.encode("ascii"))
    return f"{OPENING}{key.public.text}.{encoded(signature)}.{text}"


def signed_list(about: Said, certificates: Sequence[Said], key: SigningKey) -> bytes:
    """Sign a list of certificates.

    Parameters
    ----------
    about
        What is said of the course and the workshop.
    certificates
        What each certificate says.
    key
        The key.
    """
    public = key.public
    lines = []
    for said in certificates:
        signature = key.sign(_CERTIFICATE + canonical(said).encode("ascii"))
        lines.append({**said, "signature": encoded(signature)})
    whole = {
        "format": FORMAT,
        **about,
        "count": len(lines),
        "certificates": lines,
        "key": {
            "algorithm": "Ed25519",
            "public": public.text,
            "fingerprint": public.fingerprint,
            "holder": public.holder,
        },
    }
    whole["signature"] = encoded(key.sign(_LIST + canonical(whole).encode("ascii")))
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


# --- checking -------------------------------------------------------------------------------


def is_certificate(data: bytes) -> bool:
    """Say whether a file holds the text of a QR code."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(OPENING.encode())


def is_list(data: bytes) -> bool:
    """Say whether a file is a signed list of certificates."""
    return (
        data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"imlcourse-certificates" in data
    )


def check_certificate(data: bytes, keys: Sequence[PublicKey]) -> Outcome:
    """Check the text of a QR code."""
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return Outcome("changed")
    # Where it was copied from an e-mail, lines may have been broken; none of its own has breaks.
    parts = "".join(text.splitlines()).removeprefix(OPENING).split(".", 2)
    if len(parts) != 3:
        return Outcome("unreadable")
    public, signature = decoded(parts[0], _KEY), decoded(parts[1], SIGNATURE)
    if public is None or signature is None:
        return Outcome("changed")
    key = known(public, keys) or PublicKey(public)
    if not parts[2].isascii() or not verified(
        public, signature, _CERTIFICATE + parts[2].encode("ascii")
    ):
        return Outcome("changed", key)
    said = _read(parts[2])
    if said is None or not _says(said):
        return Outcome("unreadable", key)
    return Outcome("whole" if known(public, keys) else "unknown", key, list(_facts(said)))


def check_list(data: bytes, keys: Sequence[PublicKey]) -> Outcome:
    """Check a signed list; where it was changed, say which of its lines are whole still."""
    try:
        whole = _read(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        whole = None
    if whole is None or whole.get("format") != FORMAT:
        return Outcome("unreadable")
    told = whole.get("key")
    lines = whole.get("certificates")
    public = decoded(str(told.get("public")), _KEY) if isinstance(told, dict) else None
    signature = decoded(str(whole.pop("signature", "")), SIGNATURE)
    if public is None or not isinstance(lines, list):
        return Outcome("unreadable")
    key = known(public, keys) or PublicKey(public, str(told.get("holder", "")) if told else "")
    good = signature is not None and verified(
        public, signature, _LIST + canonical(whole).encode("ascii")
    )
    if not good:
        return Outcome("changed", key, changed=list(_changed(lines, public)))
    facts = [_line(said) for said in lines if isinstance(said, dict) and _says(said)]
    return Outcome("whole" if known(public, keys) else "unknown", key, facts)


def _changed(lines: list[Any], public: bytes) -> Iterator[str]:
    """Say which lines of a list that was changed are not whole by themselves."""
    broken = [
        f"line {number} of the list ({_named(said)}) was changed"
        for number, said in enumerate(lines, start=1)
        if not (isinstance(said, dict) and _whole(said, public))
    ]
    yield from broken
    if not broken:
        yield (
            "each line is whole by itself; lines were added, taken out or moved, or something "
            "beside them was changed"
        )


def _whole(said: Said, public: bytes) -> bool:
    rest = {name: value for name, value in said.items() if name != "signature"}
    signature = decoded(str(said.get("signature")), SIGNATURE)
    return signature is not None and verified(
        public, signature, _CERTIFICATE + canonical(rest).encode("ascii")
    )


def _read(text: str) -> Said | None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _says(said: Said) -> bool:
    return all(isinstance(said.get(name), kind) for name, kind in FIELDS.items())


def _named(said: Any) -> str:
    return str(said.get("name") or said.get("ref") or "?") if isinstance(said, dict) else "?"


def _line(said: Said) -> str:
    hours, minutes = divmod(said["minutes"], 60)
    modules = " ".join(map(str, said["modules"]))
    return f"{said['ref']}  {hours} h {minutes:02d} min  {said['name']}  {modules}".rstrip()


def _facts(said: Said) -> Iterator[str]:
    days = said["from"] if said["from"] == said["to"] else f"{said['from']} to {said['to']}"
    hours, minutes = divmod(said["minutes"], 60)
    of_hours, of_minutes = divmod(said["of"], 60)
    yield f"name: {said['name']}"
    if said["office"]:
        yield f"office: {said['office']}"
    yield f"attended: {hours} h {minutes:02d} min of {of_hours} h {of_minutes:02d} min"
    yield f"modules: {' '.join(map(str, said['modules'])) or '–'}"
    yield f"days: {days}"
    yield f"place: {said['place']}"
    yield f"given by: {said['organizer']}"
    yield f"trainer: {said['trainer']}"
    yield f"course: {said['course']}, version {said['edition']}"
    yield f"reference: {said['ref']}"
