"""Notebooks as plain JSON: their code, their parameters, and one way to put results into them.

`assemble` is used by runs, by prose edits without a run, and by refresh, so all three write the same bytes.
"""

import ast
import json
import os
from pathlib import Path
from typing import Any

from hedging.errors import HedgingError

Notebook = dict[str, Any]
Cell = dict[str, Any]

FORMAT = 4, 5  # of nbformat
INJECTED = "injected-parameters"  # papermill's tag; also the cell's id here, since papermill's own is random
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
# What runs leave behind: times, durations, paths and collapsed panes tell nothing about the chapter.
VOLATILE = ("papermill", "execution", "collapsed", "scrolled", "ExecuteTime")


def parse(raw: bytes, name: str) -> Notebook:
    """Parse a notebook's bytes; raises HedgingError if they are not a notebook of format 4."""
    try:
        notebook = json.loads(raw)
        notebook["cells"], notebook["metadata"]
    except (ValueError, KeyError, TypeError):
        raise HedgingError(
            f"{name} is not a notebook of format 4", where=name, remedy="open and save it in JupyterLab, or restore it"
        ) from None
    return notebook


def read_bytes(path: Path, slug: str) -> bytes:
    """Read a notebook's file; raises HedgingError naming the chapter if it is missing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise HedgingError(
            f"the notebook of chapter {slug} is missing",
            where=f"notebooks/{path.name}",
            remedy="write it, or mend `notebook` in chapters.yml",
        ) from None


def dumps(notebook: Notebook) -> bytes:
    """Serialise in nbformat's own layout, so that tools which save the file change nothing."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def dumps_built(notebook: Notebook) -> bytes:
    """Serialise what is built and not tracked: a line a cell, in a sixth of the time and two thirds of the room."""
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in notebook["cells"])
    rest = json.dumps({key: value for key, value in notebook.items() if key != "cells"}, sort_keys=True)
    return f'{{"cells": [\n{cells}\n],\n{rest[1:]}\n'.encode()


def write(path: Path, raw: bytes) -> None:
    """Put a file in place in one step: a reader sees the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(raw)
    part.replace(path)


def source(cell: Cell) -> str:
    """Join a cell's source."""
    return "".join(cell["source"])


def tags(cell: Cell) -> list[str]:
    """List a cell's tags."""
    return list(cell.get("metadata", {}).get("tags", []))


def code_cells(notebook: Notebook) -> list[Cell]:
    """List the code cells; the first is cell 1 in messages, as `In [1]` is to the author."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def statements(cell: Cell) -> ast.Module:
    """Parse a code cell, its magics left out; an empty module if it is not Python (the run will say so)."""
    lines = ("" if line.lstrip()[:1] in ("%", "!") else line for line in source(cell).splitlines())
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module([], [])


def defaults(notebook: Notebook, slug: str) -> dict[str, Any]:
    """Read the parameters and their default values; raises HedgingError unless one cell holds literals only."""
    cells = code_cells(notebook)
    tagged = [number for number, cell in enumerate(cells, 1) if "parameters" in tags(cell)]
    if len(tagged) != 1:
        what = "no cell is" if not tagged else f"cells {', '.join(map(str, tagged))} are"
        raise HedgingError(
            f"{what} tagged `parameters` in chapter {slug}",
            where=f"chapter {slug}",
            remedy="tag exactly one code cell `parameters`: the one that sets the chapter's values",
        )
    values: dict[str, Any] = {}
    for node in _parse_parameters(cells[tagged[0] - 1], slug, tagged[0]).body:
        name, value = _assignment(node, cells[tagged[0] - 1], slug, tagged[0])
        values[name] = value
    return values


def _parse_parameters(cell: Cell, slug: str, number: int) -> ast.Module:
    try:
        return ast.parse(source(cell))
    except SyntaxError as fault:
        raise _not_literal(cell, slug, number, fault.lineno or 1) from None


def _assignment(node: ast.stmt, cell: Cell, slug: str, number: int) -> tuple[str, Any]:
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    target = node.target if isinstance(node, ast.AnnAssign) else target
    try:
        if isinstance(target, ast.Name):
            return target.id, ast.literal_eval(node.value)
    except (ValueError, TypeError):
        pass
    raise _not_literal(cell, slug, number, node.lineno)


def _not_literal(cell: Cell, slug: str, number: int, line: int) -> HedgingError:
    text = source(cell).splitlines()[line - 1].strip()
    return HedgingError(
        "the parameters cell may hold only `name = literal`",
        where=f"chapter {slug}, cell {number}, line {line}: {text}",
        remedy="move what is computed into the next cell: parameters given from outside come in between",
    )


def assemble(written: Notebook, ran: list[Cell]) -> Notebook:
    """Put the results of a run into the notebook as it is written now.

    `ran` holds the executed code cells in order, papermill's injected one among them. Text, metadata and order
    come from `written`; only outputs and counts come from the run.
    """
    results = iter(cell for cell in ran if INJECTED not in tags(cell))
    injected = [cell for cell in ran if INJECTED in tags(cell)]
    cells: list[Cell] = []
    for number, cell in enumerate(written["cells"], 1):
        tidy = _tidy(cell, number)
        if cell["cell_type"] == "code":
            result = next(results)
            tidy |= {"outputs": result["outputs"], "execution_count": result["execution_count"]}
        cells.append(tidy)
        if "parameters" in tags(cell):
            cells += [_injected(item) for item in injected]
    return {"cells": cells, "metadata": _metadata(written), "nbformat": FORMAT[0], "nbformat_minor": FORMAT[1]}


def bare(written: Notebook) -> Notebook:
    """Return what a run needs of a notebook: no outputs of earlier runs, and the metadata of our kernel."""
    none = {"outputs": [], "execution_count": None}
    cells = [cell | none if cell["cell_type"] == "code" else cell for cell in written["cells"]]
    return {**written, "cells": cells, "metadata": METADATA}


def prose(written: Notebook) -> list[Any]:
    """Return all that reaches the executed notebook without being run: text, order, metadata of cells and notebook."""
    tidy = [_tidy(cell, number) for number, cell in enumerate(written["cells"], 1)]
    bare = {"source": None, "outputs": [], "execution_count": None}
    return [[cell | bare if cell["cell_type"] == "code" else cell for cell in tidy], _metadata(written)]


def _metadata(written: Notebook) -> dict[str, Any]:
    kept = {key: value for key, value in written["metadata"].items() if key not in (*VOLATILE, "widgets")}
    return kept | METADATA


def _tidy(cell: Cell, number: int) -> Cell:
    metadata = {key: value for key, value in cell["metadata"].items() if key not in VOLATILE and value != []}
    return {**cell, "id": cell.get("id", f"cell-{number}"), "metadata": metadata, "source": _lines(source(cell))}


def _injected(cell: Cell) -> Cell:
    return {**_tidy(cell, 0), "id": INJECTED, "metadata": {"tags": [INJECTED]}}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
