"""What a copy is made of, and under which licence each part and each file is: SPDX 2.3, in JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.course.digests import digest_of
from imlcourse.version import __version__

if TYPE_CHECKING:
    from imlcourse.course.about import About

__all__ = ["MANIFEST", "manifest"]

MANIFEST = "licences.spdx.json"
_HERE = Path(__file__).parent
_VENDOR = _HERE.parents[1] / "player" / "vendor"
_CODE, _TEXT = "MIT", "CC-BY-4.0"
_NONE = "NOASSERTION"
_QUOTED, _HELD = "LicenseRef-quotation", "LicenseRef-IOM"
_OWN = {
    "LicenseRef-public-domain": (
        "Natural Earth is in the public domain: "
        "https://www.naturalearthdata.com/about/terms-of-use/"
    ),
    _QUOTED: (
        "Short quotations, of 25 words at most, from IOM, MC/INF/298 (2009). They stand with their "
        "source, and remain IOM's words."
    ),
    _HELD: (
        "The text of IOM, MC/INF/298 (2009), is IOM's. Whoever built this copy put it in for their "
        "own use; no licence covers it."
    ),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that is in a copy."""

    key: str
    name: str
    version: str
    licence: str
    holder: str = ""
    project: str = ""
    registry: str = ""
    files: tuple[str, ...] = ()


def manifest(about: About, files: Mapping[str, bytes], name: str, *, with_document: bool) -> bytes:
    """Write what a copy is made of.

    Parameters
    ----------
    about
        What the course is.
    files
        All files that the manifest is to name: content by path.
    name
        What the copy is called.
    with_document
        Whether its pages hold the text of the document.
    """
    text = _TEXT if about.licence == "CC BY 4.0" else "LicenseRef-course"
    parts = list(_parts(about, text, with_document=with_document))
    listed = [
        _file(number, path, data, text, parts)
        for number, (path, data) in enumerate(sorted(files.items()), start=1)
    ]
    whole = " AND ".join(sorted({part.licence for part in parts}))
    code = hashlib.sha1(
        "".join(sorted(file["checksums"][0]["checksumValue"] for file in listed)).encode(),
        usedforsecurity=False,
    ).hexdigest()
    copy = {
        "SPDXID": "SPDXRef-Copy",
        "name": about.title,
        "versionInfo": about.version,
        "packageFileName": name,
        "downloadLocation": _NONE,
        "filesAnalyzed": True,
        "packageVerificationCode": {
            "packageVerificationCodeValue": code,
            "packageVerificationCodeExcludedFiles": [f"./{MANIFEST}", "./SHA256SUMS"],
        },
        "licenseConcluded": whole,
        "licenseDeclared": whole,
        "copyrightText": _NONE,
        "hasFiles": [file["SPDXID"] for file in listed],
    }
    used = [*(one for one in _OWN if one in whole)]
    own = [{"licenseId": one, "extractedText": _OWN[one]} for one in used]
    if text not in (_TEXT,):
        own.append({"licenseId": text, "extractedText": about.licence})
    marks = "".join(file["checksums"][1]["checksumValue"] for file in listed)
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        "documentNamespace": f"{about.iri}spdx/{name}/{digest_of(marks.encode())[:32]}",
        "creationInfo": {
            "created": f"{about.date}T00:00:00Z",
            "creators": [f"Tool: imlcourse-{__version__}"],
        },
        "documentDescribes": ["SPDXRef-Copy"],
        "packages": [copy, *map(_package, parts)],
        "files": listed,
        "relationships": [
            {
                "spdxElementId": "SPDXRef-Copy",
                "relationshipType": "CONTAINS",
                "relatedSpdxElement": f"SPDXRef-{part.key}",
            }
            for part in parts
        ],
        "hasExtractedLicensingInfos": own,
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _parts(about: About, text: str, *, with_document: bool) -> Iterator[_Part]:
    """Give what a copy is made of, from the lists that the project keeps."""
    yield _Part("text", f"{about.title}: text, questions, figures", about.version, text)
    yield _Part("programs", "imlcourse: player and look of the book", __version__, _CODE)
    held = (_HELD, "IOM, MC/INF/298: its text") if with_document else None
    licence, name = held or (_QUOTED, "IOM, MC/INF/298: short quotations")
    yield _Part("document", name, "", licence, "International Organization for Migration")
    for key, one in json.loads((_HERE / "shipped.json").read_text("utf-8")).items():
        yield _Part(
            *(key, one["name"], one["version"], one["licence"], one["holder"], one["project"]),
            files=tuple(one["files"]),
        )
    for key, one in json.loads((_VENDOR / "vendored.json").read_text("utf-8")).items():
        said = (_VENDOR / one["licence"]).read_text("utf-8")
        holder = re.search(r"Copyright \(c\) (?:[\d-]+ )?(.+)", said)
        yield _Part(
            *(key, key, one["version"], one.get("spdx", _NONE), holder[1] if holder else ""),
            *(one["project"], f"pkg:npm/{key}@{one['version']}"),
        )


def _package(part: _Part) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if part.version:
        more["versionInfo"] = part.version
    if part.project:
        more["homepage"] = part.project
    if part.registry:
        more["externalRefs"] = [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": part.registry,
            }
        ]
    return {
        "SPDXID": f"SPDXRef-{part.key}",
        "name": part.name,
        "downloadLocation": part.project or _NONE,
        "filesAnalyzed": False,
        "licenseConcluded": part.licence,
        "licenseDeclared": part.licence,
        "copyrightText": f"Copyright {part.holder}" if part.holder else _NONE,
        **more,
    }


def _file(number: int, path: str, data: bytes, text: str, parts: list[_Part]) -> dict[str, Any]:
    licences = _licences(path, data, text, parts)
    return {
        "SPDXID": f"SPDXRef-File-{number}",
        "fileName": f"./{path}",
        "checksums": [
            {
                "algorithm": "SHA1",
                "checksumValue": hashlib.sha1(data, usedforsecurity=False).hexdigest(),
            },
            {"algorithm": "SHA256", "checksumValue": digest_of(data)},
        ],
        "licenseConcluded": " AND ".join(licences),
        "copyrightText": _NONE,
    }


def _licences(path: str, data: bytes, text: str, parts: list[_Part]) -> list[str]:
    """Say under which licences a file is, from where it stands and what it brings."""
    for part in parts:
        if any(fnmatchcase(path, pattern) for pattern in part.files):
            return [part.licence]
    if path.startswith("_static/"):
        if data.startswith(b"imlPlayer.addSealed("):
            return [text]
        brought = [
            part.licence
            for part in parts
            if part.registry and f"/*! {part.key} {part.version}\n".encode() in data
        ]
        return sorted({_CODE, *brought})
    return sorted({_CODE, text}) if path.endswith(".html") else [text]
