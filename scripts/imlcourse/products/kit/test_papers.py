"""The pre-test and the post-test on paper, for the people of the agenda, with keys."""

from __future__ import annotations

import io
import zipfile

from imlcourse.products.kit.part import KitFile, KitMaking, KitPart

_VERSIONS = 2
"""Who sit side by side have another version."""
_SEED = 1


def _make(making: KitMaking) -> list[KitFile]:
    files: list[KitFile] = []
    if making.course.tests is None:
        return files
    for name in ("pre-test", "post-test"):
        files += _test(making, name)
    return files


def _test(making: KitMaking, name: str) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.paper.asked import asked_test
    from imlcourse.products.kit.paper.key import key_sheet
    from imlcourse.products.kit.paper.make import paper_files
    from imlcourse.products.kit.paper.set import PaperTest
    from imlcourse.products.zip import zipped

    course, agenda, strings = making.course, making.agenda, making.strings
    paper = PaperTest(
        course, asked_test(course, name, _SEED), agenda.paper, large=False, count=_VERSIONS
    )
    made_of = [
        paper.form,
        str(agenda.people),
        repr(paper.texts(1, 1)),
        repr(sorted(strings.items())),
    ]
    made_of += [repr(key_sheet(paper, version)) for version in paper.versions]

    def make() -> bytes:
        made = paper_files(paper, agenda.people)
        return zipped({f"{one.kind}/{one.version}/{one.name}": one.data for one in made})

    folder = fit_name(paper.test.title)
    each = -(-agenda.people // _VERSIONS)
    copies = {"questions": each, "people": 1, "key": 1}
    files = []
    with zipfile.ZipFile(io.BytesIO(making.kept("test-paper", made_of, make))) as held:
        for path in held.namelist():
            kind, _, file = path.split("/")
            title = strings.text(
                "paper.kit.file", test=paper.test.title, file=file.rpartition(".")[0]
            )
            main = kind in copies
            files.append(
                KitFile(f"{folder}/{file}", held.read(path), title, copies.get(kind, 0), main=main)
            )
    return files


PART = KitPart(
    "tests",
    "kit.folder.tests",
    _make,
    libraries={"segno": "segno", "typst": "typst"},
)
