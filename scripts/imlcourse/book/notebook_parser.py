"""Notebooks as pages, the way MyST-NB shows one that is not run, without what it takes to run one.

A module is a notebook of Markdown cells and of code cells that hold the HTML of a quiz. MyST-NB
needs a third of a second to load; this needs none of what it loads. Nor does it put a cell and its
output into boxes, which no page needs; `imlcourse.book.sphinx_ext` takes those of MyST-NB away.
"""

from __future__ import annotations

import json
from typing import Any

from docutils import nodes
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser

_LEFT_OUT = {"remove-cell", "remove_cell"}


class _Renderer(SphinxRenderer):
    """Renders, besides Markdown, the output of a cell."""

    def render_cell_output(self, token: SyntaxTreeNode) -> None:
        """Render HTML that stands in a notebook as the output of a cell."""
        self.current_node.append(nodes.raw(text=token.content, format="html"))


class NotebookParser(MystParser):
    """Parses the notebooks of modules."""

    supported = ("ipynb",)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a notebook into a document.

        Parameters
        ----------
        inputstring
            The notebook as JSON.
        document
            Where its text goes.
        """
        config = document.settings.env.myst_config
        parser = create_md_parser(config, _Renderer)
        parser.options["document"] = document
        parser.disable("front_matter", ignoreInvalid=True)
        env: dict[str, Any] = {}
        tokens: list[Token] = []
        # First the blocks of all cells, since an address may be defined in a later one.
        with parser.reset_rules():
            rules = parser.core.ruler.get_active_rules()
            parser.core.ruler.enableOnly(rules[: rules.index("inline")])
            for number, cell in enumerate(json.loads(inputstring)["cells"], start=1):
                tags = cell["metadata"].get("tags", [])
                source = "".join(cell["source"])
                if _LEFT_OUT.intersection(tags) or not source.strip():
                    continue
                if cell["cell_type"] == "markdown":
                    # Warnings count lines as MyST-NB does: ten thousand a cell.
                    for token in parser.parse(source, env):
                        if token.map:
                            token.map = [number * 10_000 + 1 + line for line in token.map]
                        tokens.append(token)
                else:
                    tokens += [
                        Token(
                            "cell_output",
                            "",
                            0,
                            content="".join(output["data"]["text/html"]),
                            map=[number * 10_000 + 1] * 2,
                        )
                        for output in cell["outputs"]
                    ]
        state = StateCore("", parser, env, tokens)
        with parser.reset_rules():
            rules = parser.core.ruler.get_active_rules()
            parser.core.ruler.enableOnly(rules[rules.index("inline") :])
            parser.core.process(state)
        parser.renderer.render(state.tokens, parser.options, env)


def setup(app: Any) -> dict[str, Any]:
    """Connect the parser to Sphinx."""
    app.add_source_suffix(".ipynb", "ipynb")
    app.add_source_parser(NotebookParser)
    app.setup_extension("imlcourse.book.refusal")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
