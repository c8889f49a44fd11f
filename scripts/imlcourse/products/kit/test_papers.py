"""The pre-test and the post-test on paper, for the people of the agenda, with keys.

They ask what belongs to the modules of the agenda, and nothing of those that nobody has been in.
"""

from __future__ import annotations

import io
import zipfile

from imlcourse.products.kit.part import KitFile, KitMaking, KitPart

_VERSIONS = 2
"""Who sit side by side have another version."""
_SEED = 1
_COPIED = ("questions", "people", "answers", "key", "crossed")
"""What is printed of a test, with a spare answer sheet and the right answers on one page."""


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.items.shared import module_of

    files: list[KitFile] = []
    tests = making.course.tests
    held = set(making.agenda.modules)
    if tests is None or not held & {
        module_of(item.objective) for item in making.course.drawn_from(tests.before_after)
    }:
        return files
    large = making.agenda.large_print
    for name in ("pre-test", "post-test"):
        ordinary = making.agenda.people - large
        if ordinary:
            files += _test(making, name, people=ordinary, first=1, large=False)
        if large:
            files += _test(making, name, people=large, first=ordinary + 1, large=True)
    return files


def _test(making: KitMaking, name: str, *, people: int, first: int, large: bool) -> list[KitFile]:
    """Make a test for some of the people, whose codes go on from those before them."""
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.paper.asked import asked_test
    from imlcourse.products.kit.paper.key import key_sheet
    from imlcourse.products.kit.paper.make import paper_files
    from imlcourse.products.kit.paper.set import PaperTest
    from imlcourse.products.zip import zipped

    course, agenda, strings = making.course, making.agenda, making.strings
    paper = PaperTest(
        course,
        asked_test(course, name, _SEED, agenda.modules),
        agenda.paper,
        large=large,
        count=_VERSIONS,
    )
    made_of = [
        paper.form,
        f"{people} from {first}",
        repr(paper.texts(1, 1)),
        repr(sorted(strings.items())),
    ]
    made_of += [repr(key_sheet(paper, version)) for version in paper.versions]

    def make() -> bytes:
        made = paper_files(paper, people, first)
        return zipped({f"{one.kind}/{one.version}/{one.name}": one.data for one in made})

    title = folder = paper.test.title
    if large:
        title, folder = (
            strings.text(key, title=title) for key in ("kit.tests.large", "kit.tests.large.folder")
        )
    folder = fit_name(folder)
    each = {version: share(people, at) for at, version in enumerate(paper.versions)}
    files = []
    with zipfile.ZipFile(io.BytesIO(making.kept("test-paper", made_of, make))) as held:
        for path in held.namelist():
            kind, version, file = path.split("/")
            named = strings.text("paper.kit.file", test=title, file=file.rpartition(".")[0])
            copies = each[version] if kind == "questions" else int(kind in _COPIED)
            main = kind in _COPIED
            files.append(KitFile(f"{folder}/{file}", held.read(path), named, copies, main=main))
    return files


def share(people: int, version: int) -> int:
    """Say how many of so many people have a version, by its place, where versions take turns."""
    return -(-(people - version) // _VERSIONS)


PART = KitPart(
    "tests",
    "kit.folder.tests",
    _make,
    libraries={"segno": "segno", "typst": "typst"},
)
