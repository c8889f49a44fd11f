"""The player: the scripts and the style that make the static HTML of quizzes answerable.

The scripts are classic scripts that share one global, ``imlPlayer``. It has to be so: pages of the
book are opened by double-click, and browsers load no ES module from ``file://``. For the same
reason nothing is fetched while a page is used but further classic scripts.

Each file says in its first lines what it takes: ``// needs:`` names the files that must run before
it (``types/*`` stands for all of a folder), ``// later:`` those that it loads when they are asked
for, or does without, and ``// texts:`` the keys of the texts that it shows (``player.store.*``
stands for all that begin so). The order of files, the parts of the book's pages and the texts in
each of them follow from these lines.

A host that takes the player as one script (a notebook, a package) uses `player_script` and calls
``imlPlayer.enhance(root, options)``; the pages of the book share the same files in the parts that
`page_scripts` gives.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from imlcourse.items.shared import SHARED
from imlcourse.languages.strings import Strings, strings_of
from imlcourse.player.minify import small_script
from imlcourse.player.palette import with_quiz_palette
from imlcourse.version import __version__

__all__ = [
    "STORE_PAGE",
    "Bundle",
    "Script",
    "bundles",
    "host_script",
    "packed",
    "page_scripts",
    "player_script",
    "player_style",
    "scripts",
    "scripts_for",
    "unpacked",
    "widget_script",
]

_FOLDER = Path(__file__).parent

STORE_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'nonce-store' 'strict-dynamic'">
<title>store</title>
<script nonce="store" src="unpack.js"></script>
<script nonce="store" src="record.js"></script>
<script nonce="store" src="frame.js"></script>
"""
"""The page in the hidden frame that holds the record for all pages on ``file://``."""


@dataclass(frozen=True)
class Script:
    """A file of the player, and what its first lines say.

    Attributes
    ----------
    name
        Its folder and name, such as ``"modes/practice"``.
    code
        What stands below the first lines.
    needs, later
        Names of files: those that run before it, and those that it loads when they are wanted.
    texts
        Keys of texts; a key that ends in ``*`` stands for all that begin so.
    """

    name: str
    code: str
    needs: tuple[str, ...]
    later: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Bundle:
    """Files that are loaded together, as one script.

    Attributes
    ----------
    name
        The name of the script.
    scripts
        The files, each behind those that it needs.
    before
        Names of the bundles that are there when this one runs.
    """

    name: str
    scripts: tuple[Script, ...]
    before: tuple[str, ...]


# What each script of the pages is for, and which of them are there before it.
_PAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unpack.js": (("core/run",), ()),
    "record.js": (("pages/pages",), ("unpack.js",)),
    "player.js": (("hosts/start",), ("unpack.js", "record.js")),
    "steps.js": (("pages/steps", "pages/projector"), ("unpack.js", "record.js")),
    "present.js": (("present/view",), ("unpack.js", "record.js")),
    "notes.js": (("present/notes",), ("unpack.js", "record.js")),
    "sitting.js": (("modes/sitting",), ("unpack.js", "record.js", "player.js")),
    "code.js": (("record/code",), ("unpack.js", "record.js")),
    "coded.js": (
        ("modes/coded",),
        ("unpack.js", "record.js", "player.js", "sitting.js", "code.js"),
    ),
    "start.js": (("pages/start",), ("unpack.js", "record.js")),
    "cover.js": (("pages/cover",), ("unpack.js", "record.js", "start.js")),
    "practise.js": (("record/schedule", "pages/practise"), ("unpack.js", "record.js", "player.js")),
    "promises.js": (("pages/promises",), ("unpack.js", "record.js")),
    "progress.js": (
        ("pages/progress", "pages/certificate"),
        ("unpack.js", "record.js", "promises.js"),
    ),
    "check.js": (("pages/check",), ("unpack.js", "record.js", "promises.js", "progress.js")),
    "welcome.js": (("pages/welcome",), ("unpack.js", "record.js", "promises.js")),
    "who.js": (("pages/who",), ("unpack.js", "record.js")),
    "worksheet.js": (("pages/worksheet",), ("unpack.js", "record.js")),
    "office.js": (("pages/office",), ("unpack.js", "record.js")),
    "group.js": (
        ("pages/group",),
        ("unpack.js", "record.js", "player.js", "code.js"),
    ),
    "here.js": (("search/here",), ("unpack.js", "record.js")),
    "find.js": (("search/page",), ("unpack.js", "record.js", "here.js")),
    "frame.js": (("hosts/frame",), ("unpack.js", "record.js")),
}
# The last of them starts what is on the page.
_WHOLE = (
    *("record/xapi", "record/schedule", "modes/review", "modes/coded", "modes/sitting"),
    "hosts/start",
)

_EXPORTS = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
_HEAD = re.compile(r"// (needs|later|texts):(.*(?:\n//   .*)*)\n")


@lru_cache(maxsize=1)
def scripts() -> dict[str, Script]:
    """Read all files of the player.

    Returns
    -------
    dict
        By name, such as ``"core/dom"``.

    Raises
    ------
    ValueError
        If a file does not begin with what it needs, or needs one that is not there.
    """
    found: dict[str, Script] = {}
    found.update(_vendored())
    for path in sorted(_FOLDER.glob("*/*.js")):
        name = f"{path.parent.name}/{path.stem}"
        code = path.read_text(encoding="utf-8")
        head: dict[str, tuple[str, ...]] = {}
        while line := _HEAD.match(code):
            head[line[1]] = tuple(line[2].replace("//", "").split())
            code = code[line.end() :]
        if "needs" not in head:
            msg = f"player/{name}.js: begin with “// needs:” and the files that must run before it"
            raise ValueError(msg)
        found[name] = Script(
            name, code, head["needs"], head.get("later", ()), head.get("texts", ())
        )
    for script in found.values():
        for needed in (*script.needs, *script.later):
            if needed not in found and not needed.endswith("/*"):
                msg = f"player/{script.name}.js: there is no file {needed}.js; mend its first lines"
                raise ValueError(msg)
    return found


class _Library(TypedDict):
    """A library in ``vendor/vendored.json``: its file as it was published, and what it is."""

    version: str
    file: str
    sha256: str
    licence: str
    name: str
    """What it is called in ``imlPlayer``."""


def _vendored() -> Iterator[tuple[str, Script]]:
    """Give the libraries of others that the player takes, each as a file of it.

    They are kept as they were published: whoever builds needs Python alone, and no network.
    """
    folder = _FOLDER / "vendor"
    if not folder.is_dir():
        return
    libraries: dict[str, _Library] = json.loads((folder / "vendored.json").read_text("utf-8"))
    for name, library in libraries.items():
        # With the line ends that it has in the project, whatever Git makes of them elsewhere.
        code = (folder / library["file"]).read_text(encoding="utf-8")
        if hashlib.sha256(code.encode("utf-8")).hexdigest() != library["sha256"]:
            msg = (
                f"player/vendor/{library['file']} is not {name} {library['version']}; "
                f"take it from the package of that version, or name the new one in vendored.json"
            )
            raise ValueError(msg)
        licence = (folder / library["licence"]).read_text(encoding="utf-8").strip()
        # Of a module, what it exports goes where scripts export too.
        code = _EXPORTS.sub(r"Object.assign(exports, {\1});", code)
        yield (
            f"vendor/{name}",
            Script(
                f"vendor/{name}",
                # Its licence goes with it. It exports into the player, and into nothing else.
                f"/*! {name} {library['version']}\n{licence} */\n"
                f"(function (exports, module) {{\n{code}\n}}"
                f"(imlPlayer.{library['name']} = {{}}, {{}}));\n",
                (),
                (),
                (),
            ),
        )


def _in_order(entries: Iterable[str], without: set[str]) -> list[Script]:
    """Give some files and all that they need, each behind what it needs."""
    files = scripts()
    ordered: dict[str, Script] = {}
    open_ones: list[str] = []

    def add(name: str) -> None:
        if name in ordered or name in without:
            return
        if name in open_ones:
            msg = f"player: {' needs '.join([*open_ones, name])}; let one of them do without"
            raise ValueError(msg)
        open_ones.append(name)
        for needed in files[name].needs:
            folder = needed.removesuffix("*")
            for one in [n for n in files if n.startswith(folder)] if folder != needed else [needed]:
                add(one)
        open_ones.pop()
        ordered[name] = files[name]

    for entry in entries:
        add(entry)
    return list(ordered.values())


@lru_cache(maxsize=1)
def bundles() -> dict[str, Bundle]:
    """Give the scripts of the pages of the book, as the files of which they are made.

    Returns
    -------
    dict
        By name: ``unpack.js`` before all others, which come packed; ``record.js`` for every page,
        ``player.js`` besides where there is a quiz,
        ``steps.js`` besides on the page of a module, ``present.js`` when it is presented,
        ``notes.js`` besides on the page of a session plan,
        ``cover.js`` besides on the cover, ``progress.js`` besides on the pages about the
        record, ``check.js`` behind it where certificates are
        checked, ``practise.js`` besides where what was missed comes back, ``sitting.js`` when a
        test is begun, ``code.js`` where result codes are written or read, ``coded.js`` behind it
        when a test has ended, ``who.js`` when it is asked who is learning, ``promises.js`` besides
        where something is promised or asked after, ``welcome.js`` besides on the cover,
        ``worksheet.js`` besides where something is to be written, ``office.js`` besides where a
        field of an office
        stands, ``group.js`` behind them where the results of a group are read, ``here.js`` besides
        where situations stand, ``find.js`` behind it on the page of the
        search, and ``frame.js`` besides in the hidden frame.
    """
    made: dict[str, Bundle] = {}
    for name, (entries, before) in _PAGES.items():
        there = {script.name for other in before for script in made[other].scripts}
        made[name] = Bundle(name, tuple(_in_order(entries, there)), before)
    return made


def loaded_later() -> set[str]:
    """Name the scripts that others load when they are wanted, with those before them."""
    later = {name for script in scripts().values() for name in script.later}
    holding = [
        bundle
        for bundle in bundles().values()
        if later.intersection(script.name for script in bundle.scripts)
    ]
    return {name for bundle in holding for name in (bundle.name, *bundle.before)}


def player_script(language: str) -> str:
    """Give the player as one classic script.

    Parameters
    ----------
    language
        The language of its texts, such as ``"en"``.

    Returns
    -------
    str
        JavaScript that defines ``imlPlayer``, once however often it is loaded.
    """
    return scripts_for(_WHOLE, language)


def scripts_for(names: Iterable[str], language: str) -> str:
    """Give some files of the player, and what they need, as one classic script.

    Parameters
    ----------
    names
        The files, such as ``"record/xapi"``; they run in this order, as far as they may.
    language
        The language of their texts.

    Returns
    -------
    str
        JavaScript that defines ``imlPlayer``, once however often it is loaded.
    """
    files = _in_order(names, set())
    return _once("!globalThis.imlPlayer", "", files, _texts(strings_of(language), files))


def page_scripts(language: str) -> dict[str, str]:
    """Give the scripts of the pages of the book, made small, each for the pages that need it.

    Parameters
    ----------
    language
        The language of their texts.

    Returns
    -------
    dict
        By file name, as in `bundles`.
    """
    strings = strings_of(language)
    texts: dict[str, dict[str, str]] = {}
    written = {}
    for name, bundle in bundles().items():
        there = {key for other in bundle.before for key in texts[other]}
        texts[name] = {
            key: text for key, text in _texts(strings, bundle.scripts).items() if key not in there
        }
        first = not bundle.before
        condition = "!globalThis.imlPlayer" if first else f"!imlPlayer.loaded[{json.dumps(name)}]"
        mark = f"imlPlayer.loaded[{json.dumps(name)}] = true;"
        code = _once(condition, mark, bundle.scripts, texts[name])
        written[name] = packed(small_script(code)) if bundle.before else f"{small_script(code)}\n"
    return written


def host_script(name: str, language: str) -> str:
    """Give the script of a page around the book, which a package has and the book has not.

    Parameters
    ----------
    name
        The file that starts it, such as ``"hosts/scorm"``.
    language
        The language of its texts.

    Returns
    -------
    str
        A packed script, to be loaded behind ``unpack.js`` and ``record.js`` of the book.
    """
    before = [bundles()[one].scripts for one in ("unpack.js", "record.js")]
    there = {script.name for some in before for script in some}
    files = _in_order([name], there)
    strings = strings_of(language)
    known = _texts(strings, [script for some in before for script in some])
    texts = {key: text for key, text in _texts(strings, files).items() if key not in known}
    condition = f"!imlPlayer.loaded[{json.dumps(name)}]"
    mark = f"imlPlayer.loaded[{json.dumps(name)}] = true;"
    return packed(small_script(_once(condition, mark, files, texts)))


@lru_cache(maxsize=64)
def packed(code: str) -> str:
    """Pack a script of the pages of the book, for ``core/run.js`` to run.

    Parameters
    ----------
    code
        A classic script.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # What is said in comments that stay, such as the licence of a library, stays legible.
    data = packer.compress(_NOTICE.sub("", code).encode()) + packer.flush()
    signs = base64.b85encode(data, pad=True).decode("ascii")
    said = "\n".join([f"/*! imlcourse player {__version__} */", *_NOTICE.findall(code)[1:]])
    return f'{said}\nimlPlayer.run({len(data)},"{signs}");\n'


def unpacked(script: str) -> str:
    """Give a script of the pages of the book as it runs, packed or not.

    Parameters
    ----------
    script
        As `packed` gives it, or any other.
    """
    found = _PACKED.search(script)
    if not found:
        return script
    data = base64.b85decode(found[2])[: int(found[1])]
    return script[: found.start()] + zlib.decompress(data, -zlib.MAX_WBITS).decode()


_PACKED = re.compile(r'imlPlayer\.run\((\d+),"([^"]*)"\);\n')
_NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)


def _once(condition: str, mark: str, files: Iterable[Script], texts: dict[str, str]) -> str:
    """Put files together so that they run once, with the texts that they use."""
    codes = {script.name: script.code for script in files}
    said = f"Object.assign(imlPlayer.texts.all, {_json(texts)});" if texts else ""
    # The first of all files makes imlPlayer.
    core = codes.pop("core/core", "")
    shared = f"imlPlayer.shared = {json.dumps(SHARED)};" if core else ""
    lines = [
        # With the mark of a comment that stays when the script is made small.
        f"/*! imlcourse player {__version__} */",
        f"if ({condition}) {{",
        *(part for part in (core, shared, mark, said, *codes.values()) if part),
        "}",
        "",
    ]
    return "\n".join(lines)


def _texts(strings: Strings, files: Iterable[Script]) -> dict[str, str]:
    """Give the texts that some files say they show."""
    return dict(_texts_of(strings, files))


def _texts_of(strings: Strings, files: Iterable[Script]) -> Iterator[tuple[str, str]]:
    for script in files:
        for key in script.texts:
            if key.endswith("*"):
                yield from strings.under(key[:-1]).items()
            else:
                yield key, strings[key]


def _json(texts: dict[str, str]) -> str:
    written = json.dumps(texts, ensure_ascii=False, indent=0)
    # The script may be put into a page, where "</" could end it, and old browsers end a line at
    # U+2028 and U+2029.
    return written.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def widget_script() -> str:
    """Give the front of the notebook's widget: an ES module, to be put after `player_script`.

    Returns
    -------
    str
        JavaScript with a default export, as anywidget wants it.
    """
    return scripts()["hosts/widget"].code


def player_style(*, in_book: bool = False) -> str:
    """Give the style of quizzes, with and without the player.

    Parameters
    ----------
    in_book
        Whether it is for the pages of the book, which have the colours.

    Returns
    -------
    str
        CSS that styles nothing outside ``.iml-quiz``.
    """
    style = (_FOLDER / "player.css").read_text(encoding="utf-8")
    return with_quiz_palette(style, in_book=in_book)
