"""Runs beside the book: a chapter with other parameters, and the tracked notebooks' own outputs."""

import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, notebook
from hedging.press import parameters as model
from hedging.press.build import LIMIT, Book, Options
from hedging.press.chapters import Chapter

Verdict = tuple[str, str]


def parse_parameters(pairs: Iterable[str]) -> dict[str, Any]:
    """Parse `name=value` pairs; a value is read as YAML, so 1991, true, [RUS, CHN] and plain words all work."""
    given: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.isidentifier():
            raise HedgingError(f"not a parameter: {pair!r}", where="-p", remedy="write -p name=value")
        try:
            given[name] = yaml.safe_load(value)
        except yaml.YAMLError:
            raise HedgingError(f"cannot read the value of {name}: {value!r}", where="-p", remedy="quote it") from None
    return given


def run(slug: str, given: dict[str, Any], output: Path, limit: float = LIMIT, data: Path | None = None) -> None:
    """Run a chapter with parameters of one's own into a file of one's own; the book is not touched.

    `data` is a folder of other tables than the book's.
    """
    [chapter] = chapters.select(chapters.read(), (slug,))
    if output.resolve().is_relative_to(paths.CHAPTERS.resolve()) or output.resolve() == chapter.notebook.resolve():
        raise HedgingError(
            f"{output} belongs to the book", where=f"chapter {slug}", remedy="choose a file elsewhere: -o variant.ipynb"
        )
    written = notebook.parse(notebook.read_bytes(chapter.notebook, slug), chapter.notebook.name)
    parameters = chapter.parameters | given
    model.read(chapter, written).check(parameters)
    built = all((paths.CHAPTERS / f"{other}.ipynb").is_file() for other in chapter.after)
    evidence = paths.CHAPTERS if chapter.after and built else None  # else the tracked notebooks' findings
    [executed] = _execute([chapter], limit, {slug: parameters}, evidence, data=data)
    notebook.write(output, notebook.dumps(executed))


def chosen(parameter: str) -> dict[str, Any]:
    """Return {slug: value} for the chapters that have a parameter of this name."""
    found = {}
    for chapter in chapters.read():
        known = notebook.defaults(notebook.parse(notebook.read_bytes(chapter.notebook, chapter.slug), ""), chapter.slug)
        if parameter in known:
            found[chapter.slug] = (known | chapter.parameters)[parameter]
    return found


def verdicts(slug: str, given: dict[str, Any], data: Path | None = None, limit: float = LIMIT) -> dict[str, Verdict]:
    """Run a chapter beside the book with other parameters or tables; returns {claim: (verdict now, verdict then)}.

    "Now" is what its tracked notebook shows. Empty for a chapter that judges no claim, which is not run.
    """
    from hedging.argument.evidence import findings

    [chapter] = chapters.select(chapters.read(), (slug,))
    now = {finding.claim: finding.verdict for finding in findings(chapter.notebook)}
    if not now:
        return {}
    with tempfile.TemporaryDirectory(prefix="hedging-") as folder:
        run(slug, given, output := Path(folder) / f"{slug}.ipynb", limit, data)
        then = {finding.claim: finding.verdict for finding in findings(output)}
    return {claim: (verdict, then[claim]) for claim, verdict in now.items()}


def refresh(slugs: tuple[str, ...] = (), limit: float = LIMIT, jobs: int = 0) -> list[str]:
    """Run tracked notebooks with their own defaults and rewrite their outputs; returns the slugs that changed.

    A chapter that reads the findings of others comes after them and reads them from the tracked notebooks.
    """
    chosen = chapters.select(chapters.read(), slugs)
    changed: list[str] = []
    for group in ([c for c in chosen if not c.after], [c for c in chosen if c.after]):
        if group:
            changed += _rewrite(group, _execute(group, limit, {}, None, jobs))
    return changed


def _rewrite(group: list[Chapter], executed: list[notebook.Notebook]) -> list[str]:
    changed = []
    for chapter, result in zip(group, executed, strict=True):
        raw = notebook.dumps(result)
        if raw != chapter.notebook.read_bytes():
            notebook.write(chapter.notebook, raw)
            changed.append(chapter.slug)
    return changed


def _execute(
    group: list[Chapter],
    limit: float,
    parameters: dict[str, dict[str, Any]],
    evidence: Path | None,
    jobs: int = 0,
    data: Path | None = None,
) -> list[notebook.Notebook]:
    from hedging.press.session import Session

    options = Options(only=tuple(chapter.slug for chapter in group), jobs=jobs)
    with Session(modules=Book(options).outside(list(options.only)), data=data) as session:
        from hedging.press.execute import Job, execute

        work = [Job(chapter, parameters.get(chapter.slug, {}), evidence, limit, session) for chapter in group]
        with ThreadPoolExecutor(options.workers) as pool:
            try:
                return [executed for executed, _ in pool.map(execute, work)]
            except BaseException:
                session.kill()
                raise
