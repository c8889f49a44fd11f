"""What Kolibri reads of a channel: a database of its content, in version 5 of its schema.

Kolibri’s own programs that write it send it to a server first, so it is written here, by what
``kolibri/core/content/contentschema/versions/content_schema_5.py`` says.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from imlcourse.course.about import About
from imlcourse.course.model import Course
from imlcourse.languages.locales import locale_of

if TYPE_CHECKING:
    from imlcourse.products.packages.boxes.channel import Node, Stored

__all__ = ["SCHEMA", "database"]

SCHEMA = Path(__file__).with_name("kolibri.sql")
_VERSION = "5"
_MOST_TITLE, _MOST_DESCRIPTION = 200, 400
# Names of its vocabularies, from le_utils: what is done with it, for whom it is, what it is about.
_EXPLORE, _PRACTISE, _READ = "#j8L0eq3", "VwRCom7G", "wA01urpi"
_FOR_WORK, _PROFESSIONAL_SKILLS, _LESSON = "ZrgBU73s", "l7DsPDlm.#N2VymZo", "xgFjFhrA"
_ALTERNATIVE_TEXTS = "Lb0tb9VC"
_LICENCES = ("CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND")
_OTHER_LICENCE = "Special Permissions"
# By the resource itself: it tells Kolibri how far a learner is (see hosts/kolibri.js).
_OPTIONS = {"completion_criteria": {"model": "determined_by_resource", "learner_managed": False}}


def database(course: Course, channel: UUID, root: Node) -> bytes:
    """Write the database of a channel.

    Parameters
    ----------
    course
        The course.
    channel
        The id of the channel.
    root
        What it holds.

    Returns
    -------
    bytes
        An SQLite database; the same bytes for the same channel.
    """
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(SCHEMA.read_text(encoding="utf-8"))
        with made:
            _Channel(made, course, channel).write(root)
        made.execute("VACUUM")
        data = made.serialize()
    # Which version of SQLite wrote it is nobody's business, and machines differ.
    return data[:96] + bytes(4) + data[100:]


class _Channel:
    def __init__(self, made: sqlite3.Connection, course: Course, channel: UUID) -> None:
        self._made, self._course, self._channel = made, course, channel
        self._about: About = course.about
        self._owner = course.strings.text("boxes.creator", title=course.about.title)
        self._edge = 0
        self._known: set[str] = set()

    def write(self, root: Node) -> None:
        about = self._about
        language = locale_of(about.language)
        main, _, region = about.language.partition("-")
        self._row(
            "language",
            id=about.language,
            lang_code=main,
            lang_subcode=region or None,
            lang_name=language.get_language_name() or about.language,
            lang_direction=self._course.strings.direction,
        )
        self._node(root, None, 0, 1)
        major, minor, patch = map(int, about.version.split("."))
        picture = base64.b64encode(root.picture.data).decode("ascii")
        self._row(
            "channelmetadata",
            id=self._channel.hex,
            name=root.title[:_MOST_TITLE],
            description=root.description[:_MOST_DESCRIPTION],
            tagline=None,
            author=self._owner,
            version=major * 10_000 + minor * 100 + patch,
            thumbnail=f"data:image/png;base64,{picture}",
            last_updated=f"{about.date} 00:00:00.000000",
            min_schema_version=_VERSION,
            root_id=self._channel.hex,
        )

    def _node(self, node: Node, parent: Node | None, level: int, place: int) -> None:
        """Write a node and all in it; the edges of a node enclose those of what it holds."""
        self._edge += 1
        left = self._edge
        for number, child in enumerate(node.children, start=1):
            self._node(child, node, level + 1, number)
        self._edge += 1
        licence, words = self._licence()
        app = node.app is not None
        self._row(
            "contentnode",
            id=self._id(node),
            license_name=licence if app else None,
            license_description=words if app else None,
            title=node.title[:_MOST_TITLE],
            coach_content=False,
            # The same in every edition, so that what somebody has learned stays.
            content_id=uuid5(self._channel, f"content/{node.name}").hex,
            channel_id=self._channel.hex,
            description=node.description,
            sort_order=float(place),
            license_owner=self._owner if app else "",
            author=self._owner if app else "",
            kind="html5" if app else "topic",
            available=False,
            options=json.dumps(_OPTIONS if app else {}),
            grade_levels=_FOR_WORK if app else None,
            resource_types=_LESSON if app else None,
            learning_activities=f"{_READ},{_PRACTISE},{_EXPLORE}" if app else None,
            accessibility_labels=_ALTERNATIVE_TEXTS if app else None,
            categories=_PROFESSIONAL_SKILLS if app else None,
            learner_needs=None,
            duration=node.minutes * 60 or None,
            lft=left,
            rght=self._edge,
            tree_id=1,
            level=level,
            lang_id=self._about.language,
            parent_id=self._id(parent) if parent else None,
        )
        if node.app:
            self._file(node, node.app, "html5_zip", 1)
        self._file(node, node.picture, "html5_thumbnail" if app else "topic_thumbnail", 2)

    def _id(self, node: Node) -> str:
        whole = node.name == "channel"
        return self._channel.hex if whole else uuid5(self._channel, node.name).hex

    def _file(self, node: Node, stored: Stored, preset: str, priority: int) -> None:
        if stored.digest not in self._known:
            self._known.add(stored.digest)
            self._row(
                "localfile",
                id=stored.digest,
                extension=stored.ending,
                available=False,
                file_size=len(stored.data),
            )
        picture = stored is node.picture
        self._row(
            "file",
            id=uuid5(self._channel, f"{node.name}/{preset}").hex,
            preset=preset,
            supplementary=picture,
            thumbnail=picture,
            priority=priority,
            contentnode_id=self._id(node),
            lang_id=self._about.language,
            local_file_id=stored.digest,
        )

    def _licence(self) -> tuple[str, str | None]:
        """Give the name that Kolibri has for the licence, and its words where it has none."""
        name = self._about.licence.rpartition(" ")[0]
        if name in _LICENCES:
            return name, None
        return _OTHER_LICENCE, self._about.licence

    def _row(self, table: str, **values: Any) -> None:
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self._made.execute(
            f"INSERT INTO content_{table} ({names}) VALUES ({marks})", list(values.values())
        )
