"""The service worker: which files a version has, with their hashes, and what keeps them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from imlcourse.course.digests import digest_of
from imlcourse.player.minify import small_script

__all__ = ["REMOVAL", "WORKER", "worker_files"]

WORKER = "sw.js"
"""In the folder of the course: a worker has to do with what is beside and below it."""
REMOVAL = "remove-from-devices/sw.js"
"""What takes the place of the worker when a course comes to its end."""
_HERE = Path(__file__).parent


def worker_scripts() -> dict[str, str]:
    """Give the code of the worker, and that of what takes its place, made small."""
    return {WORKER: _script("service_worker.js"), REMOVAL: _script("removal.js")}


def worker_files(files: Mapping[str, bytes], scripts: Mapping[str, str]) -> dict[str, bytes]:
    """Write the worker of a version.

    Parameters
    ----------
    files
        All files that a device keeps: content by path.
    scripts
        What `worker_scripts` gives.

    Returns
    -------
    dict
        Content by path: the worker, and that which takes its place.
    """
    sums = {path: _sum(data) for path, data in sorted(files.items())}
    listed = json.dumps(sums, separators=(",", ":"))
    return {
        WORKER: f"self.imlFiles={listed};\n{scripts[WORKER]}".encode(),
        REMOVAL: scripts[REMOVAL].encode(),
    }


def _script(name: str) -> str:
    return small_script((_HERE / name).read_text(encoding="utf-8")) + "\n"


def _sum(data: bytes) -> str:
    """Give the SHA-256 of a file as a browser compares it when it fetches one."""
    return base64.b64encode(bytes.fromhex(digest_of(data))).decode("ascii")
