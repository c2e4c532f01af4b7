"""Formulas as MathML, which browsers draw themselves: no script, no network, and a screen reader can say them."""

from html import escape

from docutils import nodes
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

LOG = logging.getLogger(__name__)


def convert(source: str, display: str) -> str:
    """Turn TeX into MathML, the source kept as annotation; raises ValueError if a command was not understood."""
    from latex2mathml.converter import convert as to_mathml

    try:
        drawn = to_mathml(source.strip(), display=display)
    except Exception as fault:
        raise ValueError(f"{type(fault).__name__} {fault}".strip()) from fault
    if "\\" in drawn:  # the converter lets unknown commands through as text
        raise ValueError("a command is not known")
    note = f'<annotation encoding="application/x-tex">{escape(source.strip())}</annotation>'
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</math>")]
    return drawn[: drawn.index(">") + 1] + f"<semantics>{inner}{note}</semantics></math>"


def _write(self: HTML5Translator, node: nodes.Element, display: str) -> str:
    try:
        return convert(node.astext(), display)
    except ValueError as fault:
        LOG.warning("this formula cannot be written as MathML (%s): %s", fault, node.astext(), location=node)
        return f"<code>{escape(node.astext())}</code>"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(_write(self, node, "inline"))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on its own line, with its number if it has one."""
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    ids = f' id="{node["ids"][0]}"' if node.get("ids") else ""
    region = 'role="region" aria-label="Formula" tabindex="0"'
    self.body.append(f'<div class="formula"{ids} {region}>{number}{_write(self, node, "block")}</div>\n')
    raise nodes.SkipNode
