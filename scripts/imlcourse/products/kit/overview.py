"""The overview of a kit: the agenda with its times, what to print and how often, what to bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from imlcourse.course.agenda import Entry, clock
from imlcourse.course.session import Material, SessionPlan
from imlcourse.html.sessions import material_name
from imlcourse.html.writer import Writer, module_label
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.names import fit_name
from imlcourse.products.kit.part import WHOLE_COURSE, KitFile, KitMaking, Use
from imlcourse.products.kit.sheet import Grid, Heading, Piece, Prose, Sheet, Span, Timeline
from imlcourse.products.rich import Para, Run, inline, plain

Made = Sequence[tuple[str, list[KitFile]]]
"""The files of each part, with the name of its folder."""
Row = tuple[tuple[Para, ...], ...]
"""The cells of a row."""
OVERVIEW_LIBRARIES = {"docx": "python-docx", "pypdfium2": "pypdfium2", "typst": "typst"}
"""What the overview needs besides what a build does, and every kit has an overview."""
_NOT_PRINTED = ("bring", "flipchart")
_CHECKS = ("do", "plans", "law", "help", "room")


def overview_files(making: KitMaking, made: Made) -> list[KitFile]:
    """Make the overview.

    Parameters
    ----------
    making
        What the kit is made from.
    made
        What its parts have made.

    Returns
    -------
    list of KitFile
        The overview as PDF and as DOCX.
    """
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.pdf import write_pdf

    sheet = _Layout(making, made).sheet()
    made_of = (repr(sheet),)
    name = fit_name(f"00 {making.strings.text('kit.overview')}")
    return [
        KitFile(f"{name}.pdf", making.kept("plan-pdf", made_of, lambda: write_pdf(sheet))),
        KitFile(f"{name}.docx", making.kept("plan-docx", made_of, lambda: write_docx(sheet))),
    ]


def _pages(file: KitFile) -> int:
    """Count the pages of a PDF; 0 of what is no PDF."""
    from imlcourse.products.kit.pdf import page_count

    return page_count(file.data) if file.name.endswith(".pdf") else 0


def _has(files: Sequence[KitFile], ending: str) -> bool:
    return any(file.name.endswith(ending) for file in files)


class _Layout:
    def __init__(self, making: KitMaking, made: Made) -> None:
        self.making = making
        self.made = made
        self.pages = {
            (folder, file.name): _pages(file)
            for folder, files in made
            for file in files
            if file.main
        }
        self.course, self.agenda = making.course, making.agenda
        self.strings = making.strings
        self.t = self.strings.text
        self.writer = Writer(self.course)

    def sheet(self) -> Sheet:
        about, agenda = self.course.about, self.agenda
        return Sheet(
            title=self.t("kit.overview.title", title=inline_text(agenda.title)),
            subtitle=self.strings.plural(
                "kit.overview.subtitle", agenda.people, paper=agenda.paper
            ),
            above=inline_text(about.title),
            below=self.t("kit.overview.foot", version=about.version),
            language=about.language,
            colour=WHOLE_COURSE,
            paper=agenda.paper,
            date=about.date,
            author=inline_text(about.title),
            pieces=tuple(self._pieces()),
        )

    def _pieces(self) -> Iterator[Piece]:
        yield from self._days()
        yield from self._who()
        yield from self._print()
        yield from self._beside()
        yield from self._bring()
        yield Heading(1, self.t("kit.overview.check"))
        checks = (plain(self.t(f"kit.overview.check.{name}")) for name in _CHECKS)
        yield Prose(tuple(Para(one.runs, "ul") for one in checks), boxes=True)

    # --- the days ---------------------------------------------------------------------------

    def _days(self) -> Iterator[Piece]:
        many = len(self.agenda.days) > 1
        for number, day in enumerate(self.agenda.days, start=1):
            title = self.t("kit.overview.day", number=number)
            yield Heading(1, title if many else self.t("kit.overview.agenda"))
            yield Timeline(
                tuple(
                    Span(entry.minutes, self._short(entry), entry.kind == "break") for entry in day
                )
            )
            rows = tuple(self._entry(entry) for entry in day)
            head = ("kit.overview.from", "kit.overview.to", "session.minutes", "kit.overview.block")
            yield Grid("", tuple(map(self.t, head)), rows, (1.1, 1.1, 1.3, 7.1))

    def _short(self, entry: Entry) -> str:
        """Say in a few signs which part it is; what is short goes without."""
        if not entry.module or entry.minutes < 20:
            return ""
        module = self.course.modules[entry.module]
        return str(module.number) if module.number else "★"

    def _entry(self, entry: Entry) -> tuple[tuple[Para, ...], ...]:
        what: list[Para] = []
        if entry.module:
            module = self.course.modules[entry.module]
            words = self.t(
                "kit.overview.session",
                label=module_label(module, self.strings),
                title=inline_text(module.title),
            )
            runs = [Run(words, bold=True)]
            if entry.before:
                runs.append(Run(f" ({self.t('kit.overview.part')})"))
            what.append(Para(tuple(runs)))
            plan = self.course.sessions[entry.module]
            held = sum(
                one.minutes for day in self.agenda.days for one in day if one.module == entry.module
            )
            if held != plan.minutes and not entry.before:
                key = "kit.overview.shorter" if held < plan.minutes else "kit.overview.longer"
                what.append(plain(self.strings.plural(key, abs(held - plan.minutes))))
        else:
            what.append(Para((Run(inline_text(entry.title), bold=entry.kind == "other"),)))
        if entry.how:
            what.append(inline(entry.how, self.writer))
        return (
            (plain(clock(entry.starts)),),
            (plain(clock(entry.ends)),),
            (plain(str(entry.minutes)),),
            tuple(what),
        )

    def _who(self) -> Iterator[Piece]:
        about, roles = self.course.about, self.agenda.roles
        yield Heading(1, self.t("kit.overview.who"))
        if set(roles) == set(about.roles):
            yield Prose((plain(self.t("kit.overview.mixed")),))
        else:
            names = (plain(inline_text(about.roles[role].name)) for role in roles)
            yield Prose(tuple(Para(one.runs, "ul") for one in names))

    # --- what to print ----------------------------------------------------------------------

    def _print(self) -> Iterator[Piece]:
        order = ["", *self.agenda.modules]
        found = sorted([*self._files(), *self._elsewhere()], key=lambda one: order.index(one[0]))
        rows = [row for _, row in found]
        yield Heading(1, self.t("kit.overview.print"))
        yield Prose((plain(self.t("kit.overview.print.lead")),))
        yield self._listed(rows)
        yield Prose((plain(self.t("kit.overview.sum", pages=self._pages_in_all())),))
        if later := [row for _, row in self._files(later=True)]:
            yield Heading(1, self.t("kit.overview.later"))
            yield Prose((plain(self.t("kit.overview.later.lead")),))
            yield self._listed(later)
        if chosen := list(self._chosen()):
            yield Heading(1, self.t("kit.overview.choose"))
            yield Prose((plain(self.t("kit.overview.choose.lead")),))
            yield self._listed(chosen)

    def _beside(self) -> Iterator[Piece]:
        """Say what is not printed: what stands on the screen, and the course itself."""
        slides = [folder for folder, files in self.made if _has(files, ".pptx")]
        yield Heading(1, self.t("kit.overview.screen"))
        told = [self.t("kit.overview.slides", folder=folder) for folder in slides]
        told += [self.t(f"kit.overview.{name}") for name in ("copy", "book")]
        yield Prose(tuple(Para(plain(one).runs, "ul") for one in told))

    def _listed(self, rows: Sequence[Row]) -> Grid:
        head = (
            *("kit.overview.copies", "kit.overview.what"),
            *("kit.overview.session.of", "kit.overview.pages", "kit.overview.file"),
        )
        return Grid("", tuple(map(self.t, head)), tuple(rows), (1.2, 3.3, 1.3, 0.9, 4.1))

    def _files(self, *, later: bool = False) -> Iterator[tuple[str, Row]]:
        for folder, file, use in self._printed(later=later):
            note = self._notes.get((use.module, use.material), "")
            where, of = f"{folder}/{file.name}", self._label(use.module)
            pages = self.pages[folder, file.name]
            yield use.module, self._row(use.copies, file.title, of, where, note, pages)

    def _printed(self, *, later: bool = False) -> Iterator[tuple[str, KitFile, Use]]:
        for folder, files in self.made:
            for file in files:
                for use in file.uses if file.main and file.later == later else ():
                    if use.copies:
                        yield folder, file, use

    def _pages_in_all(self) -> int:
        printed = self._printed()
        return sum(use.copies * self.pages[folder, file.name] for folder, file, use in printed)

    @cached_property
    def _notes(self) -> dict[tuple[str, str], str]:
        """What plans say of their materials, such as that one is for a room without projector."""
        return {
            (plan.module, material.name): material.note
            for plan in self.making.plans
            for material in plan.materials
            if material.note
        }

    def _chosen(self) -> Iterator[Row]:
        """Give what no plan needs, and a trainer may choose."""
        for folder, files in self.made:
            for file in files:
                if file.main and file.choice and not any(use.copies for use in file.uses):
                    of = self._label(file.module)
                    where = f"{folder}/{file.name}"
                    pages = self.pages[folder, file.name]
                    yield self._row(file.choice, file.title, of, where, pages=pages)

    def _elsewhere(self) -> Iterator[tuple[str, Row]]:
        """Give what plans need and no part of the kit has made: it is in the course itself."""
        every = (file for _, files in self.made for file in files)
        made = {(use.module, use.material) for file in every for use in file.uses if use.material}
        for plan in self.making.plans:
            for material in plan.materials:
                if material.kind in _NOT_PRINTED or (plan.module, material.name) in made:
                    continue
                row = self._row(
                    material.copies(self.agenda.people),
                    material_name(self.writer, plan, material),
                    self._label(plan.module),
                    self._where(plan, material),
                )
                yield plan.module, row

    def _where(self, plan: SessionPlan, material: Material) -> str:
        if material.kind == "cards":
            return self.t("kit.overview.from.plan")
        page = self.course.modules[plan.module].title
        if material.kind in ("aid", "reading"):
            page = self.writer.page_title(material.id)
        return self.t("kit.overview.from.course", page=inline_text(page))

    def _row(
        self, copies: int, what: str, of: str, where: str, note: str = "", pages: int = 0
    ) -> Row:
        told = (Para(tuple(Run(run.text, italic=True) for run in inline(note, self.writer).runs)),)
        said = (plain(what), *(told if note else ()))
        many = (plain(str(pages)),) if pages else ()
        return ((plain(str(copies)),), said, (plain(of),), many, (plain(where),))

    def _label(self, module: str) -> str:
        if not module:
            return self.t("kit.overview.all")
        return module_label(self.course.modules[module], self.strings)

    def _bring(self) -> Iterator[Piece]:
        sessions: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for plan in self.making.plans:
            for material in plan.materials:
                if material.kind == "bring":
                    sessions.setdefault(material.id, []).append(self._label(plan.module))
                    names[material.id] = material_name(self.writer, plan, material)
        charts = [
            (inline_text(chart.title), self._label(plan.module))
            for plan in self.making.plans
            for chart in plan.flipcharts.values()
        ]
        if charts:
            yield Heading(1, self.t("kit.overview.write"))
            yield Prose((plain(self.t("kit.overview.write.lead")),))
            yield self._pairs("kit.overview.write.what", charts)
        if sessions:
            yield Heading(1, self.t("kit.overview.bring"))
            together = self.t("list.separator").join
            brought = [(names[id_], together(labels)) for id_, labels in sessions.items()]
            yield self._pairs("kit.overview.bring.what", brought)

    def _pairs(self, what: str, pairs: Sequence[tuple[str, str]]) -> Grid:
        """Make a table of things, and the sessions that they are for."""
        rows = tuple(((plain(thing),), (plain(of),)) for thing, of in pairs)
        head = (self.t(what), self.t("kit.overview.bring.sessions"))
        return Grid("", head, rows, (4.0, 4.0))
