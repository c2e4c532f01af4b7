"""Run one chapter with papermill, and refuse whatever papermill would let pass."""

import json
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft4Validator
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines

from hedging.errors import HedgingError
from hedging.press import engine, notebook, parameters
from hedging.press.chapters import Chapter
from hedging.press.mill import PapermillExecutionError, execute_notebook
from hedging.press.notebook import Cell, Notebook
from hedging.press.session import Session

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(r"Cell In\s*\[\d+\], line (\d+)")


@cache
def grammar(kind: str) -> Draft4Validator:
    """Return nbformat's own schema of one kind of output, ready to judge it in no time."""
    schema = files("nbformat.v4") / f"nbformat.v{notebook.FORMAT[0]}.{notebook.FORMAT[1]}.schema.json"
    return Draft4Validator(json.loads(schema.read_text()) | {"$ref": f"#/definitions/{kind}"})


@dataclass(frozen=True)
class Job:
    """One run: the chapter, the parameters given, where findings lie, and how long it may take (seconds)."""

    chapter: Chapter
    parameters: dict[str, Any]
    evidence: Path | None
    limit: float
    session: Session
    on_cell: Callable[[str, int], None] = lambda slug, cells: None
    memory: int = 0  # bytes of data that the kernel may hold; 0 is no limit
    name: str = ""  # of its sockets and logs, where one chapter runs many times at once
    written: Notebook | None = None  # the notebook, if it has been parsed already
    on_peak: Callable[[int], None] = lambda memory: None  # hears what the kernel held at most, in bytes


class Run:
    """One attempt at a chapter, with what its faults need to name the place."""

    def __init__(self, job: Job) -> None:
        self.job, self.slug = job, job.chapter.slug
        self.name = job.name or self.slug
        self.written = job.written or _parsed(job.chapter)
        self.cells = notebook.code_cells(self.written)
        self.started: list[int] = []  # indices, in papermill's copy, of the code cells that have started

    def result(self) -> Notebook:
        """Check, run, check again; returns the executed notebook, ready to be written."""
        parameters.read(self.job.chapter, self.written).check(self.job.parameters)
        for number, cell in enumerate(self.cells, 1):
            if not notebook.source(cell).strip():
                raise HedgingError("a code cell is empty", where=self.place(number), remedy="delete the cell")
        ran = self._run()
        self._refuse_silent_faults(ran)
        return notebook.assemble(self.written, ran)

    def _run(self) -> list[Cell]:
        try:
            try:
                executed = self._papermill()
            except engine.KernelEnded as end:
                if end.started or end.expired or self.job.session.stopping.is_set():
                    raise
                executed = self._papermill()  # "Kernel died before replying" is a fault of the start: tried once more
        except PapermillExecutionError as fault:
            raise self._failed(fault) from None
        except engine.KernelEnded as end:
            raise self._ended(end) from None
        except CellTimeoutError:
            raise HedgingError(
                "the kernel's outputs do not arrive", where=self.place(self._current()), remedy="run it again"
            ) from None
        return notebook.code_cells(json.loads(json.dumps(split_lines(executed), sort_keys=True)))

    def _papermill(self) -> NotebookNode:
        # A copy with our kernel's metadata: the author may save the notebook at any moment.
        staged = self.job.session.dir / f"{self.name}.ipynb"
        staged.write_text(json.dumps(notebook.bare(self.written)), encoding="utf-8")
        self.started.clear()
        try:
            return self._execute(staged)
        finally:
            staged.unlink(missing_ok=True)

    def _execute(self, staged: Path) -> NotebookNode:
        return execute_notebook(
            str(staged),
            None,
            _plain(self.job.parameters),
            engine_name=engine.NAME,
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            session=self.job.session,
            slug=self.name,
            limit=self.job.limit,
            env=self.job.session.env(self.job, self.name),
            cwd_of_kernel=self.job.chapter.notebook.parent,
            on_cell=self._on_cell,
            on_peak=self.job.on_peak,
        )

    def _on_cell(self, index: int) -> None:
        self.started.append(index)
        self.job.on_cell(self.slug, len(self.started))

    def _current(self) -> int:
        injected = len(self.started) > self._parameters_cell() and bool(self.job.parameters)
        return max(1, len(self.started) - injected)

    def _parameters_cell(self) -> int:
        return next(number for number, cell in enumerate(self.cells, 1) if "parameters" in notebook.tags(cell))

    def place(self, number: int, line: int = 0) -> str:
        """Name a code cell as its author sees it (`In [number]`), and one of its lines."""
        shown = notebook.source(self.cells[number - 1]).splitlines()
        text = f", line {line}: {shown[line - 1].strip()}" if 0 < line <= len(shown) else ""
        return f"chapter {self.slug}, cell {number}{text}"

    def _failed(self, fault: PapermillExecutionError) -> HedgingError:
        told = COLOUR.sub("", "\n".join(fault.traceback))
        line = LINE.search(told)
        what, _, rest = str(fault.evalue).partition("\n")
        own = re.search(r"remedy: (.*)", rest)  # a HedgingError of another room knows its remedy best
        return HedgingError(
            what if fault.ename == HedgingError.__name__ else f"{fault.ename}: {what}",
            where=self.place(self._current(), int(line[1]) if line else 0),
            remedy=own[1] if own else f"mend the cell, then: hedging build --only {self.slug}",
            detail=told,
        )

    def _ended(self, end: engine.KernelEnded) -> HedgingError:
        where = self.place(self._current()) if end.started else f"chapter {self.slug}"
        if end.expired:
            return HedgingError(
                f"the chapter passed its limit of {self.job.limit:g} s",
                where=where,
                remedy="make the cell faster, or give more time: --limit SECONDS",
            )
        how = f"signal {signal.Signals(-end.code).name}" if end.code and end.code < 0 else f"exit code {end.code}"
        words = self.job.session.last_words(self.name)
        return HedgingError(
            f"the kernel died ({how})" if end.started else "the kernel did not start, twice",
            where=where + (f"; its last words: {words}" if words else ""),
            remedy="if memory ran out, lower --jobs; to see it die alone: hedging build --cold --only " + self.slug,
        )

    def _refuse_silent_faults(self, ran: list[Cell]) -> None:
        own = [cell for cell in ran if notebook.INJECTED not in notebook.tags(cell)]
        for number, cell in enumerate(own, 1):
            for output in cell["outputs"]:
                self._refuse_output(number, output)
        counts = [cell["execution_count"] for cell in ran]
        if counts != list(range(1, len(ran) + 1)):
            number = next(n for n, cell in enumerate(own, 1) if cell["execution_count"] is None)
            raise HedgingError("a cell did not run", where=self.place(number), remedy="remove what stops the notebook")

    def _refuse_output(self, number: int, output: dict[str, Any]) -> None:
        if output["output_type"] == "error":
            raise HedgingError(
                f"the chapter stopped here with {output['ename']}, and would have passed as complete",
                where=self.place(number),
                remedy="a chapter runs to its last cell: remove the exit",
            )
        if fault := next(iter(grammar(output["output_type"]).iter_errors(output)), None):
            raise HedgingError(
                f"an output that no notebook may hold: {fault.message}",
                where=self.place(number),
                remedy="mend what the cell displays",
            )
        if output["output_type"] == "stream" and output["name"] == "stderr":
            first = "".join(output["text"]).strip().split("\n")[0]
            raise HedgingError(
                f"the cell writes to standard error: {first}",
                where=self.place(number),
                remedy="cure what it warns of: readers would see it, with a path that differs from run to run",
            )


def _parsed(chapter: Chapter) -> Notebook:
    return notebook.parse(notebook.read_bytes(chapter.notebook, chapter.slug), chapter.notebook.name)


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    # papermill would write a tuple as a string
    return {name: list(value) if isinstance(value, tuple) else value for name, value in parameters.items()}


def execute(job: Job) -> tuple[Notebook, float]:
    """Run a chapter; returns the executed notebook and the seconds it took. Raises HedgingError, writes nothing."""
    begun, run = time.perf_counter(), Run(job)
    try:
        return run.result(), time.perf_counter() - begun
    finally:
        job.session.log(run.name).unlink(missing_ok=True)  # a sweep would leave a million of them
