"""A channel for Kolibri: what is in it, in which order, and where its files lie.

Who learns alone takes the whole course, which keeps one record for all of it: tests, search and
certificate need that. Who is given a module at a time, by a coach, takes it from its part; Kolibri
then tells how far everybody is in each, and each has a record of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.pace import module_minutes
from imlcourse.html.writer import numbered_title
from imlcourse.markup.inline import inline_text
from imlcourse.products.packages.boxes.apps import Apps
from imlcourse.products.packages.boxes.database import database
from imlcourse.products.packages.boxes.pictures import thumbnail
from imlcourse.products.packages.package import Packing
from imlcourse.products.product import Files

__all__ = ["Node", "Stored", "channel_files", "channel_id", "tree_of"]

_FOLDER = "KOLIBRI_DATA/content"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the channel: Kolibri names it by what is in it.

    Attributes
    ----------
    data
        Its content.
    ending
        ``zip`` or ``png``.
    """

    data: bytes
    ending: str

    @property
    def digest(self) -> str:
        """The name that Kolibri knows it by."""
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()

    @property
    def path(self) -> str:
        """Where it lies in the folder of a channel."""
        digest = self.digest
        return f"storage/{digest[0]}/{digest[1]}/{digest}.{self.ending}"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that a learner sees in the channel.

    Attributes
    ----------
    name
        What it is called in the course, for good: its ids are drawn from it.
    title, description
        What people read.
    picture
        Its thumbnail.
    minutes
        How long it takes.
    app
        What is opened; nothing of what holds others.
    children
        What it holds.
    """

    name: str
    title: str
    description: str
    picture: Stored
    minutes: int = 0
    app: Stored | None = None
    children: tuple[Node, ...] = field(default=())

    def all(self) -> Iterator[Node]:
        """Give it and all in it, from above to below."""
        yield self
        for child in self.children:
            yield from child.all()


def channel_files(packing: Packing) -> Files:
    """Make the channel as Kolibri imports it, and the whole course as an app by itself.

    Parameters
    ----------
    packing
        The course and its finished pages.
    """
    course = packing.course
    root = tree_of(packing)
    channel = channel_id(course)
    made = {f"{_FOLDER}/databases/{channel.hex}.sqlite3": database(course, channel, root)}
    for node in root.all():
        for stored in filter(None, (node.app, node.picture)):
            made[f"{_FOLDER}/{stored.path}"] = stored.data
    [whole] = [node.app for node in root.children if node.app]
    return {**made, f"{packing.name}-kolibri.zip": whole.data}


def channel_id(course: Course) -> UUID:
    """Give what names the channel for good, in every edition of the course."""
    return uuid5(NAMESPACE_URL, f"{course.about.iri}{course.copy_id}/{course.about.language}")


def tree_of(packing: Packing) -> Node:
    """Say what the channel holds, and make all of it."""
    course = packing.course
    about, strings = course.about, course.strings
    apps = Apps(packing)
    cover = Stored(thumbnail(packing, "index.html"), "png")
    modules = [_module(packing, apps, module) for module in course.modules.values()]
    whole = Node(
        "whole",
        course.slice.which if course.slice else strings.text("boxes.whole.title"),
        strings.text("boxes.whole"),
        cover,
        sum(node.minutes for node in modules),
        Stored(apps.app(), "zip"),
    )
    parts: dict[int, list[Node]] = {}
    for module, node in zip(course.modules.values(), modules, strict=True):
        parts.setdefault(module.front.part, []).append(node)
    topics = [
        Node(
            f"part-{number}",
            strings.text("part", number=number, title=about.parts[str(number)]),
            strings.text("boxes.part"),
            nodes[0].picture,
            children=tuple(nodes),
        )
        for number, nodes in sorted(parts.items())
    ]
    return Node("channel", about.title, about.subtitle, cover, children=(whole, *topics))


def _module(packing: Packing, apps: Apps, module: Module) -> Node:
    course = packing.course
    objectives = [inline_text(one.text) for one in module.front.objectives]
    return Node(
        module.id,
        inline_text(numbered_title(module, course.strings)),
        course.strings.text("boxes.module", objectives=" ".join(objectives)),
        Stored(thumbnail(packing, f"modules/{module.id}.html"), "png"),
        sum(module_minutes(course, module).values()),
        Stored(apps.app(module.id), "zip"),
    )
