"""The files of a copy beside its list: which are missing, renamed, changed, and how."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sized
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from imlcourse.products.copies.contents import Contents, DamagedFileError
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.kinds import faults_of
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, sum_of

__all__ = ["ESSENTIAL", "compared", "edition_of", "is_left_by_a_system"]

ESSENTIAL = {
    "index.html": "without it nobody finds the beginning",
    "_static": "without it pages are bare, and questions, search and progress are missing",
    "_static/store.html": "without it, Firefox keeps the answers of each page apart",
}
"""What would not work without some of the files."""
_AGAIN = "copy this anew from a whole copy, best as the zip, and unzip it there"
_OF_A_PACKAGE = "copy it again from a whole copy, or download it again"
_END = 24  # bytes
_SYSTEM = re.compile(
    r"(?:^|/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini|\.directory|__MACOSX/.*|\.Trash[^/]*/.*"
    r"|\.Spotlight-V100/.*|\.fseventsd/.*|\.TemporaryItems/.*|System Volume Information/.*"
    r"|\$RECYCLE\.BIN/.*|FOUND\.\d{3}/.*|LOST\.DIR/.*|\.apdisk|\.nomedia)$",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\.(?:exe|com|bat|cmd|scr|pif|lnk|vbs|vbe|wsf|hta|ps1|msi|dll|jar|apk)$|(?:^|/)autorun\.inf$",
    re.IGNORECASE,
)
_COPIED = re.compile(
    r"(?:copy of |kopie van |copie de )?(?P<stem>.+?)"
    r"(?:[ _]?\(\d+\)| - copy(?: \(\d+\))?| copy(?: \d+)?|[ _]copie)?",
    re.IGNORECASE,
)
_EDITIONS = (
    re.compile(rb"imlcourse player (\d+\.\d+\.\d+)"),
    re.compile(rb'"version":"(\d+\.\d+\.\d+)"'),
    re.compile(rb'"packageFileName":"[^"]*","[^}]*?"versionInfo":"(\d+\.\d+\.\d+)"'),
)


def is_left_by_a_system(path: str) -> bool:
    """Say whether a file is one that macOS, Windows or Android leave everywhere."""
    return bool(_SYSTEM.search(path))


def edition_of(data: bytes) -> str:
    """Give the version of the course that a file tells; empty if it tells none."""
    for pattern in _EDITIONS:
        if found := pattern.search(data):
            return found[1].decode()
    return ""


def compared(contents: Contents, sums: Sums, edition: str) -> Iterator[Finding]:
    """Say what differs from the list.

    Parameters
    ----------
    contents
        The files, by their paths in the copy.
    sums
        The list.
    edition
        The version of the copy.
    """
    yield from _Comparison(contents, sums, edition).findings()


class _Comparison:
    def __init__(self, contents: Contents, sums: Sums, edition: str) -> None:
        self.contents, self.listed, self.edition = contents, sums.digests, edition
        self.damaged: dict[str, list[str]] = defaultdict(list)
        self.digests = {path: self._digest(path) for path in contents.files}
        own = {LIST, SIGNATURE}
        self.missing = [path for path in self.listed if path not in self.digests]
        self.again = _AGAIN if "index.html" in self.listed else _OF_A_PACKAGE
        self.beside = [path for path in self.digests if path not in self.listed and path not in own]
        self.by_digest = {digest: path for path, digest in self.listed.items()}

    def _digest(self, path: str) -> str:
        try:
            return sum_of(self.contents.read(path))
        except DamagedFileError as error:
            self.damaged[str(error)].append(path)
            return ""

    def findings(self) -> Iterator[Finding]:
        for why, files in self.damaged.items():
            yield Finding(f"{why}, in {_files(files)}", tuple(files), self.again)
        renamed = self._renamed()
        yield from self._told_renamed(renamed)
        gone = [path for path in self.missing if path not in renamed]
        yield from self._told_missing(gone)
        yield from self._told_changed()
        beside = set(self.beside) - set(renamed.values())
        yield from self._told_beside(sorted(beside))

    # --- other names

    def _renamed(self) -> dict[str, str]:
        """Give what each missing file is called now."""
        found: dict[str, str] = {}
        free = dict.fromkeys(self.beside)
        by_key = {_key(path): path for path in free}
        by_digest = defaultdict(list)
        for path in free:
            by_digest[self.digests[path]].append(path)
        for wanted in self.missing:
            same = [path for path in by_digest[self.listed[wanted]] if path in free]
            near = by_key.get(_key(wanted), "")
            now = (
                near if near in free else min(same, key=lambda path: _far(path, wanted), default="")
            )
            if not now:
                now = next((path for path in free if _is_copy_of(path, wanted)), "")
            if now:
                found[wanted] = now
                del free[now]
        return found

    def _told_renamed(self, renamed: Mapping[str, str]) -> Iterator[Finding]:
        folders: dict[tuple[str, str], list[str]] = defaultdict(list)
        cases, others, moved = [], [], []
        for wanted, now in renamed.items():
            if pair := _folder_renamed(wanted, now):
                folders[pair].append(wanted)
            elif _key(wanted) == _key(now):
                cases.append(f"{now} (was {wanted})")
            elif PurePosixPath(wanted).name == PurePosixPath(now).name:
                moved.append(f"{now} (belongs at {wanted})")
            else:
                others.append(f"{now} (was {wanted})")
        for (wanted, now), files in folders.items():
            how = " in letter case" if _key(wanted) == _key(now) else ""
            yield Finding(
                f"the folder “{wanted}” with {_files(files)} is called “{now}” now: its name was "
                f"changed{how}",
                remedy=f"call it “{wanted}” again{_CASE if how else ''}",
            )
        if cases:
            what = f"the name of {_files(cases)} was changed in letter case"
            yield Finding(what, tuple(cases), f"unzip the course anew{_CASE}")
        if moved:
            what = f"{_files(moved)} {_is(moved)} in another folder"
            yield Finding(what, tuple(moved), "unzip the course anew, with its folders")
        if others:
            what = f"{_files(others)} {_is(others)} called by another name"
            anew = ", or unzip the course anew" if self.again == _AGAIN else ""
            yield Finding(what, tuple(others), f"give the old name back{anew}")
        yield from self._told_contents(
            {now: wanted for wanted, now in renamed.items()},
            "called by another name, and",
        )

    def _told_missing(self, gone: list[str]) -> Iterator[Finding]:
        left = set(gone)
        folders = {path.split("/")[0] for path in gone if "/" in path}
        if "index.html" not in self.listed:
            packages = {
                folder
                for folder in folders
                if f"{folder}/README.txt" in self.listed
                and not any(
                    path.startswith(f"{folder}/") for path in self.listed if path not in left
                )
            }
            if packages and len(left) < len(self.listed):
                what = "packages of the list that are not here"
                yield Finding(what, tuple(sorted(packages)), harmless=True)
                left = {path for path in left if path.split("/")[0] not in packages}
                folders -= packages
            readmes = {path for path in left if PurePosixPath(path).name == "README.txt"}
            if readmes and len(left) < len(self.listed):
                what = "what explains a package is not here, and the package is whole without it"
                yield Finding(what, tuple(sorted(readmes)), harmless=True)
                left -= readmes
        for folder in sorted(folders):
            inside = [path for path in self.listed if path.startswith(f"{folder}/")]
            if left.issuperset(inside):
                left.difference_update(inside)
                effect = ESSENTIAL.get(folder, "")
                what = f"the folder “{folder}” with {_files(inside)} is missing"
                yield Finding(f"{what}{f'; {effect}' if effect else ''}", remedy=self.again)
        for path in sorted(left & set(ESSENTIAL)):
            left.remove(path)
            yield Finding(f"{path} is missing; {ESSENTIAL[path]}", remedy=self.again)
        if left:
            yield Finding(f"{_files(left)} {_is(left)} missing", tuple(sorted(left)), self.again)

    # --- other contents ---------------------------------------------------------------------

    def _told_changed(self) -> Iterator[Finding]:
        changed = [path for path in self.listed if path in self.digests]
        yield from self._told_contents({path: path for path in changed}, "")

    def _told_contents(self, named: Mapping[str, str], besides: str) -> Iterator[Finding]:
        """Say of files that are not what the list says how they differ from it."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for now, wanted in named.items():
            digest = self.digests[now]
            if digest and digest != self.listed[wanted]:
                found[self._how(now, wanted)].append(now)
        for (how, remedy), files in found.items():
            what = f"{_files(files)} {_is(files)} {besides}{' ' if besides else ''}{how}"
            yield Finding(what, tuple(sorted(files)), remedy)

    def _how(self, now: str, wanted: str) -> tuple[str, str]:
        data, digest = self.contents.read(now), self.listed[wanted]
        if not data:
            return "empty: it was not written to the end", self.again
        if not data.strip(b"\0"):
            return "filled with zeros: the stick failed, or was taken out too early", self.again
        if how := _conversion(data, digest):
            remedy = "copy it without any conversion (no text mode, no editor), best as the zip"
            return f"the same text in other bytes: {how}", remedy
        if other := self.by_digest.get(self.digests[now]):
            return f"not its own content, but that of {other}", self.again
        told = edition_of(data)
        if told and self.edition and told != self.edition:
            remedy = "delete the whole folder, and unzip one version into an empty one"
            return f"of version {told}, among files of version {self.edition}", remedy
        right = next((path for path in self.beside if self.digests[path] == digest), "")
        if right:
            return f"not as the list says; “{right}” is", f"put “{right}” in its place"
        if now.endswith(".html") and self.end and not data.endswith(self.end):
            return "cut off, or changed at the end", self.again
        if fault := next(iter(faults_of(now, data)), None):
            said = fault.line().removeprefix("it is ").removeprefix("the zip is ")
            return said if said.startswith("cut off") else f"damaged: {said}", self.again
        return "not as it was: bytes were damaged, or somebody changed it", self.again

    @cached_property
    def end(self) -> bytes:
        """With what pages that are whole end, if most of them end alike."""
        ends = Counter(
            self.contents.read(path)[-_END:]
            for path, digest in self.listed.items()
            if path.endswith(".html") and self.digests.get(path) == digest
        )
        return next((end for end, count in ends.most_common(1) if count > 1), b"")

    # --- what does not belong ---------------------------------------------------------------

    def _told_beside(self, beside: list[str]) -> Iterator[Finding]:
        programs = [path for path in beside if _PROGRAM.search(path)]
        again = [path for path in beside if self.digests[path] in self.by_digest]
        names = {_key(path): path for path in self.listed}
        alike = [path for path in beside if path not in again and _key(path) in names]
        older = {
            path: told
            for path in beside
            if path.endswith((".html", ".js"))
            and self.digests[path]
            and (told := edition_of(self.contents.read(path)))
            and told != self.edition
        }
        rest = sorted(set(beside) - set(programs) - set(again) - set(older) - set(alike))
        older = {path: told for path, told in older.items() if path not in alike}
        if programs:
            yield Finding(
                "programs that are not of the course, as viruses leave them on sticks",
                tuple(programs),
                "open none of them; have the stick checked, and take a copy from elsewhere",
            )
        if alike:
            yield Finding(
                "files whose names differ from others in letter case alone; on Windows, one takes "
                "the place of the other",
                tuple(alike),
                "delete the whole folder, and unzip the course into an empty one",
            )
        if older:
            yield Finding(
                f"pages of another version ({', '.join(sorted(set(older.values())))}) lie among "
                f"those of {self.edition or 'this one'}",
                tuple(sorted(older)),
                "delete the whole folder, and unzip one version into an empty one",
            )
        if again:
            yield Finding("files that are there twice", tuple(again), harmless=True)
        if rest:
            yield Finding("files that its list does not name", tuple(rest), harmless=True)


_CASE = "; on Windows and Macs it may work as it is, and on phones and servers it does not"


def _files(files: Sized) -> str:
    return f"{len(files)} file{'s' if len(files) != 1 else ''}"


def _is(files: Sized) -> str:
    return "are" if len(files) != 1 else "is"


@lru_cache(maxsize=4096)
def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _far(path: str, wanted: str) -> tuple[bool, int]:
    one, other = PurePosixPath(path), PurePosixPath(wanted)
    return one.parent != other.parent and one.name != other.name, len(path)


def _folder_renamed(wanted: str, now: str) -> tuple[str, str] | None:
    """Give the folder that has another name, if that is all that differs."""
    here, there = wanted.split("/"), now.split("/")
    if len(here) != len(there):
        return None
    differ = [place for place, (one, two) in enumerate(zip(here, there, strict=True)) if one != two]
    if len(differ) != 1 or differ[0] == len(here) - 1:
        return None
    end = differ[0] + 1
    return "/".join(here[:end]), "/".join(there[:end])


def _is_copy_of(path: str, wanted: str) -> bool:
    """Say whether a name is what systems call a second copy, or a download, of another."""
    one, other = PurePosixPath(path), PurePosixPath(wanted)
    if one.parent != other.parent:
        return False
    name = one.name.removesuffix(".txt").removesuffix(".download")
    if _key(name) == _key(other.name):
        return True
    stem, dot, end = name.rpartition(".")
    read = _COPIED.fullmatch(stem)
    same_end = _key(end) in (_key(other.suffix.lstrip(".")), _key(other.suffix[1:4]))
    if not (dot and read and same_end):
        return False
    short = re.fullmatch(r"([^~]{1,6})~\d", stem)  # of old systems: CASE-A~1.HTM
    if short and _key(other.stem).replace("-", "").startswith(_key(short[1]).replace("-", "")):
        return True
    return _key(read["stem"]) == _key(other.stem)


def _conversion(data: bytes, digest: str) -> str:
    """Say which conversion has made these bytes of those that were listed."""
    plain = data.removeprefix(b"\xef\xbb\xbf")
    lines = plain.replace(b"\r\n", b"\n")
    tries = [
        ("a mark (BOM) was put before it", plain),
        ("its line ends were changed", lines),
        ("its line ends were changed", plain.replace(b"\n", b"\r\n")),
        ("its line ends were changed", lines.replace(b"\r", b"\n")),
        ("zeros stand behind it", data.rstrip(b"\0")),
        ("an end of line stands behind it", data.rstrip(b"\r\n")),
        ("an end of line was taken from it", data + b"\n"),
    ]
    for why, encoding in (
        ("it was saved as UTF-16", "utf-16"),
        ("it was saved in an old character set of Windows", "cp1252"),
        ("it was saved in an old character set", "latin-1"),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        tries += [(why, text.encode()), (why, text.replace("\r\n", "\n").encode())]
    for encoding in ("cp1252", "latin-1"):
        try:
            twice = plain.decode("utf-8").encode(encoding)
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
        tries.append(("its letters were encoded twice", twice))
    return next((why for why, bytes_ in tries if sum_of(bytes_) == digest), "")
