"""From files to pictures of pages, upright as the camera held them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.marking.thresholds import MOST_PIXELS
from imlcourse.markup.problems import Problems

if TYPE_CHECKING:
    import numpy as np

    Gray = np.ndarray[Any, Any]

__all__ = ["PHOTOS", "Photo", "photo_files", "photos"]

_PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp")
PHOTOS = (*_PICTURES, ".pdf")
_PDF_DPI = 220
_MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a page.

    Attributes
    ----------
    path
        The file that it comes from.
    page
        Its page there, from 1; 0 where the file has but one.
    mark
        What names it whatever the file is called: of its bytes.
    gray
        The picture.
    """

    path: Path
    page: int
    mark: str
    gray: Gray

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.path.name}, {self.page}" if self.page else self.path.name


def photo_files(paths: Iterable[Path], problems: Problems) -> Iterator[Path]:
    """Give the files of pictures, those of folders too, each once."""
    seen: set[Path] = set()
    for given in paths:
        found = [given]
        if given.is_dir():
            found = sorted(
                one
                for one in given.iterdir()
                if one.suffix.lower() in PHOTOS and not one.name.startswith(".")
            )
            if not found:
                problems.add(given, 0, f"the folder holds no file that ends in {' '.join(PHOTOS)}")
        for path in found:
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            if not path.is_file():
                problems.add(path, 0, "there is no such file; mend its name")
            elif path.suffix.lower() not in PHOTOS:
                what = f"only files that end in {' '.join(PHOTOS)} are read; save it as one of them"
                problems.add(path, 0, what)
            else:
                yield path


def photos(path: Path, problems: Problems) -> Iterator[Photo]:
    """Read the pictures of a file; of one that cannot be read, a problem is told."""
    data = path.read_bytes()
    mark = hashlib.sha256(data).hexdigest()[:12]
    try:
        pages = list(_pages(path)) if path.suffix.lower() == ".pdf" else [_picture(path)]
    except ModuleNotFoundError as error:
        what = f"HEIC needs {error.name}, which is not installed; save the photo as JPEG"
        problems.add(path, 0, what)
        return
    except Exception:  # each library raises its own kinds
        what = (
            "this is no picture or PDF that can be read; photograph or scan the sheet again, "
            "or save it as JPEG"
        )
        problems.add(path, 0, what)
        return
    for number, gray in enumerate(pages, start=1):
        many = len(pages) > 1
        yield Photo(path, number if many else 0, f"{mark}-{number}" if many else mark, gray)


def _picture(path: Path) -> Gray:
    import numpy as np
    from PIL import Image, ImageOps

    if path.suffix.lower() in (".heic", ".heif"):
        import pi_heif

        pi_heif.register_heif_opener()
    with Image.open(path) as opened:
        opened.draft("L", (MOST_PIXELS, MOST_PIXELS))
        turned = ImageOps.exif_transpose(opened)
        if turned.mode in ("RGBA", "LA", "P"):
            turned = turned.convert("RGBA")
            white = Image.new("RGBA", turned.size, "white")
            turned = Image.alpha_composite(white, turned)
        gray = turned.convert("L")
        gray.thumbnail((MOST_PIXELS, MOST_PIXELS))
        return np.array(gray, dtype=np.uint8)


def _pages(path: Path) -> Iterator[Gray]:
    import numpy as np
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            scale = min(_PDF_DPI / 72, MOST_PIXELS / max(page.get_size()))
            drawn = page.render(scale=scale, grayscale=True).to_numpy()
            yield np.ascontiguousarray(drawn.reshape(drawn.shape[0], drawn.shape[1]), np.uint8)
