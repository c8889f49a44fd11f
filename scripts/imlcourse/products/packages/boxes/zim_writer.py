"""Write a ZIM file: ``python zim_writer.py FOLDER FILE``, a program by itself.

It is the only place that imports libzim, which is under the GPL: the course runs it as another
program. ``FOLDER`` has ``plan.json`` (language, metadata, main page, entries), a file for each
entry, and the illustration.
"""

import json
import sys
from pathlib import Path

from libzim.writer import Creator, Hint, IndexData, Item, StringProvider


class _Index(IndexData):  # type: ignore[misc]
    """What a page is found by: words of its own, and what it is called."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._title, self._words = title, words

    def has_indexdata(self) -> bool:
        return bool(self._words)

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._words

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self._words.split())

    def get_geoposition(self) -> None:
        return None


class _Entry(Item):  # type: ignore[misc]
    def __init__(self, planned: dict[str, str], data: bytes) -> None:
        super().__init__()
        self._planned, self._data = planned, data

    def get_path(self) -> str:
        return self._planned["path"]

    def get_title(self) -> str:
        return self._planned["title"]

    def get_mimetype(self) -> str:
        return self._planned["kind"]

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._data)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: self._planned["kind"] == "text/html"}

    def get_indexdata(self) -> IndexData:
        return _Index(self._planned["called"], self._planned["words"])


def main(folder: Path, made: Path) -> None:
    """Write the file that is planned in a folder."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    # One worker: several would end in an order of their own.
    creator = Creator(made).config_indexing(True, plan["language"]).config_nbworkers(1)
    with creator:
        creator.set_mainpath(plan["main"])
        creator.add_illustration(48, (folder / "illustration").read_bytes())
        for name, value in plan["metadata"].items():
            creator.add_metadata(name, value)
        for entry in plan["entries"]:
            creator.add_item(_Entry(entry, (folder / entry["file"]).read_bytes()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
