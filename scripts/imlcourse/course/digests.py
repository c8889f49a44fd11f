"""What tells the content of a file: its SHA-256.

Most machines count it in hardware, and so faster than any other that nobody can forge.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

__all__ = ["digest_of"]


@lru_cache(maxsize=1024)
def digest_of(data: bytes) -> str:
    """Give the SHA-256 of some content.

    A build needs it several times for each file: for the list of a copy and that of its licences,
    for its zip, and to know at the next build what stands.

    Parameters
    ----------
    data
        The content.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return sha256(data).hexdigest()
