"""Whole pages: the text of a page within the frame that every page has.

The frame is the Jinja template ``theme/templates/page.html``. Nothing of a Sphinx theme is used:
plain ``jupyter-book build`` gets the same pages from here, by `imlcourse.book.sphinx_ext`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from markupsafe import Markup

from imlcourse.book.body import Body, with_definitions
from imlcourse.book.typeface import MORE_FACES, faces_for
from imlcourse.course.contents import PLANS
from imlcourse.course.session import plan_page
from imlcourse.languages.asked import asked_in, stemmer_script
from imlcourse.languages.locales import direction
from imlcourse.languages.rules import rules_of
from imlcourse.languages.rules.base import MARKS
from imlcourse.languages.strings import strings_of

if TYPE_CHECKING:
    from imlcourse.pages.making import Kept

THEME = Path(__file__).parent / "theme"
"""The look: templates, styles and scripts."""

ROOT = "index"
"""The cover."""


class Entry(TypedDict):
    """A page of the contents, and the pages under it."""

    page: str
    """Its name, such as ``modules/m06``."""
    title: str
    """HTML of its title."""
    shown: str
    """HTML of what the contents call it."""
    number: NotRequired[str]
    """Of a module: which one it is, as in “Module 9”."""
    under: list[Entry]


class OwnStep(TypedDict):
    """A step of a module, as its page lists it."""

    id: str
    title: str
    """HTML."""
    minutes: int


class Part(TypedDict):
    """A part of the contents."""

    caption: str
    """Plain text."""
    pages: list[Entry]


class About(TypedDict):
    """What every page shows of the course: ``course.json`` among the sources of the book."""

    id: str
    title: str
    subtitle: str
    version: str
    date: str
    """In words."""
    language: str
    """Its tag, such as ``en``."""
    licence: str
    home: str
    """HTML of the cover's title."""
    contents: list[Part]
    terms: dict[str, str]
    """Definitions of the glossary's terms as plain text, by id."""
    modules: dict[str, str]
    """Ids of modules by name of their page."""
    labels: dict[str, str]
    """Which module it is, as in “Module 9”, by name of its page."""
    parts: dict[str, str]
    """Of what part it has the colour, by name of the page: its number, or ``capstone``."""
    part_names: dict[str, str]
    """Titles of the parts by what their colour is called."""
    steps: dict[str, list[OwnStep]]
    """Steps of modules by name of their page."""
    texts: dict[str, str]
    """Texts about the document, by key."""
    in_other_language: NotRequired[dict[str, str]]
    """Languages of the pages that are not translated yet, by name of the page."""


_PARTS = tuple(
    f"iml-{name}"
    for name in (
        *("filter", "activity", "timeline", "works", "matrix", "helps", "sortable", "worksheet"),
        *("limits", "picture", "cover", "doors", "modules", "part-name", "glossary", "index"),
        *("columns", "unit-facts", "own-text"),
    )
)
"""Beginnings of the classes that ``parts.css`` styles."""


_UNITS = ("paragraph", "footnote", "annex", "annex_footnote")
"""Kinds of units whose names a search knows."""


class Frame:
    """Makes whole pages.

    Parameters
    ----------
    about
        What every page shows of the course.
    """

    def __init__(self, about: About) -> None:
        self.about = about
        self.strings = strings_of(about["language"]).with_texts(about.get("texts", {}))
        self._order = [(ROOT, about["home"])]
        for part in about["contents"]:
            self._order += walk(part["pages"])
        self._at = {page: place for place, (page, _) in enumerate(self._order)}

    @cached_property
    def pages(self) -> list[str]:
        """Names of all pages, in the order of the contents."""
        return [page for page, _ in self._order]

    def full_name(self, name: str, body: Body) -> str:
        """Give the title of a page as plain text, with the number of the module that it is."""
        label = self.about["labels"].get(name)
        if not label:
            return body["name"]
        return self.strings.text("module.named", label=label, title=body["name"])

    def mark(self) -> str:
        """Give a text in which stands what every page depends on: the frame and its texts."""
        templates = [path.read_text("utf-8") for path in sorted((THEME / "templates").iterdir())]
        return json.dumps([self._shared, dict(self.strings), templates], sort_keys=True)

    def mark_of(self, name: str) -> str:
        """Give a text in which stands what a page alone has of the frame: its own steps."""
        return json.dumps(self.about["steps"].get(name, []))

    @cached_property
    def _shared(self) -> dict[str, object]:
        """What pages share: how long a module takes must not make all other pages anew."""
        return {key: value for key, value in self.about.items() if key != "steps"}

    @cached_property
    def _shared_mark(self) -> str:
        return _digest(json.dumps(self._shared, sort_keys=True))

    def page(self, name: str, body: Body) -> str:
        """Make a page.

        Parameters
        ----------
        name
            Its name, such as ``modules/m06``.
        body
            Its text.

        Returns
        -------
        str
            The whole page as HTML, made small.
        """
        marks = body["marks"]
        aid = name.startswith("aid-")
        about_me = "data-iml-page" in marks
        quiz, worksheet = "data-iml-quiz" in marks, "data-iml-worksheet" in marks
        practise = "data-iml-practise" in marks
        flags: dict[str, object] = {
            "more_faces": tuple(MORE_FACES) if about_me else faces_for(body["html"]),
            "quiz": quiz or practise or "data-iml-group-page" in marks,
            "practise": practise,
            "welcome": "data-iml-welcome" in marks,
            "worksheet": worksheet,
            "about_me": about_me,
            "check": name == "check-certificate",
            "cover": "data-iml-cover" in marks,
            "start": "data-iml-cover" in marks or name == "start-check",
            "tracks": "data-iml-cover" in marks or about_me or name == "start-check",
            "aid": aid,
            "filter": "data-iml-filter" in marks or "iml-sortable" in marks,
            "parts": aid or about_me or any(mark.startswith(_PARTS) for mark in marks),
            "office": "data-iml-office" in marks,
            "situations": "iml-counter" in marks,
            "counter": "iml-counter" in marks or "data-iml-office-page" in marks,
            "group": "data-iml-group-page" in marks,
            "sessions": name == PLANS or "iml-plan-part" in marks,
            "plan": "data-iml-present" in marks,
            "tables": about_me or "table" in marks,
            "terms": bool(body["terms"]),
            "figures": "iml-art" in marks or "iml-figure" in marks,
            "built_up": "data-iml-part-of" in body["html"],
            "style_of_quizzes": quiz or practise or about_me or worksheet,
        }
        return self._write(
            "page.html",
            name,
            has=flags,
            title=Markup(body["title"]),
            body=Markup(with_definitions(body, self.about["terms"], self.strings)),
            toc=Markup(body["toc"] if name != ROOT else ""),
            **(self._asked() if flags["situations"] else {}),
            **self._neighbours(name),
        )

    def search_page(self) -> str:
        """Make the page that shows what a search found."""
        units = {kind: self.strings[f"unit.{kind}"] for kind in _UNITS}
        return self._write(
            "search.html",
            "search",
            has={},
            toc="",
            **self._asked(),
            units=json.dumps(units, ensure_ascii=False),
        )

    def _asked(self) -> dict[str, object]:
        """Give what a page must know of the language to answer what is typed into it."""
        language = self.about["language"]
        return {
            "rules": rules_of(language),
            "marks": MARKS,
            "asked": json.dumps(asked_in(language).for_scripts(), ensure_ascii=False),
            "stemmer": bool(stemmer_script(language)),
        }

    def _other_language(self, name: str) -> dict[str, str] | None:
        """Give language and direction of a page that is in another language than the frame."""
        language = self.about.get("in_other_language", {}).get(name)
        return {"lang": language, "dir": direction(language)} if language else None

    def _plan(self, name: str) -> str:
        """Name the page of the session plan of a module, where there is one."""
        plan = plan_page(self.about["modules"].get(name, ""))
        return plan if plan in self._at else ""

    def _neighbours(self, name: str) -> dict[str, Any]:
        place = self._at.get(name)
        if place is None:
            return {}
        return {
            side: {
                "link": _address(name, page),
                "title": Markup(title),
                "label": self.about["labels"].get(page, ""),
                "part": self.about["parts"].get(page, ""),
            }
            for side, at in (("prev", place - 1), ("next", place + 1))
            if 0 <= at < len(self._order)
            for page, title in [self._order[at]]
        }

    def _write(self, template: str, name: str, **values: object) -> str:
        import minify_html

        up = "../" * name.count("/")
        page = (
            _templates()
            .get_template(template)
            .render(
                iml=self._shared,
                t=self.strings.text,
                texts=self.strings,
                name=name,
                root=ROOT,
                up=up or "./",
                address=lambda page: _address(name, page),
                pages_of=lambda entries: {page for page, _ in walk(entries)},
                file=lambda path: f"{up}{path}",
                module=self.about["modules"].get(name),
                label=self.about["labels"].get(name, ""),
                part=self.about["parts"].get(name, ""),
                steps=self.about["steps"].get(name, []),
                other=self._other_language(name),
                plan=self._plan(name),
                nonce=self._nonce(name, values),
                **values,
            )
        )
        # Fewer signs: no quotes and closing tags that HTML can do without.
        small: str = minify_html.minify(
            page, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False
        )
        return small

    def _nonce(self, name: str, values: Mapping[str, object]) -> str:
        """Give the word by which browsers tell the scripts of a page from any other.

        On ``file://`` a policy can name neither "this site" nor a hash: Chromium takes every file
        of the machine for ``'self'`` and checks no integrity. A nonce works. It is drawn from all
        that stands on the page, so that it is the same in every build, and no text of the page
        can hold it. (Firefox lets every file through, whatever a policy says; there, what
        protects is that texts are escaped.)
        """
        texts = [values.get(part) for part in ("title", "body", "toc", "prev", "next")]
        whole = json.dumps([name, texts, self._shared_mark, self.mark_of(name)], sort_keys=True)
        return _digest(whole)[:12]


def walk(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Give name and title of each page of the contents, and of those under it, in order."""
    for entry in entries:
        yield entry["page"], entry["title"]
        yield from walk(entry["under"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _address(start: str, page: str) -> str:
    """Give what leads from one page to another."""
    return "#" if start == page else _way(start.rpartition("/")[0] or ".", page)


@lru_cache(maxsize=1024)  # every page leads to nearly every other
def _way(folder: str, page: str) -> str:
    return relpath(f"{page}.html", folder)


def keep_templates(kept: Kept) -> None:
    """Compile no template of the look that was compiled before.

    Parameters
    ----------
    kept
        Where they are kept, by a mark of the program and of the template.
    """
    from imlcourse.pages.making import Compiled

    _templates().bytecode_cache = Compiled(kept)


@lru_cache(1)
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(THEME / "templates"), autoescape=True)
