"""From notebooks to book: decide what must run, run it on the machine's cores, then make the pages.

A check of an unchanged book stays in this module and in `fingerprint`; whatever runs notebooks is imported late.
"""

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, notebook, reach
from hedging.press import fingerprint as prints
from hedging.press.chapters import Chapter
from hedging.press.fingerprint import Parts, State
from hedging.press.outcome import Outcome

if TYPE_CHECKING:
    from hedging.press.notebook import Notebook
    from hedging.press.progress import Progress
    from hedging.press.session import Session

LIMIT = 300.0


@dataclass(frozen=True)
class Options:
    """What the person asked for. `limit` is wall-clock seconds for one chapter; `jobs` 0 means one for each core."""

    only: tuple[str, ...] = ()
    force: bool = False
    chapters_only: bool = False
    jobs: int = 0
    cold: bool = False
    limit: float = LIMIT

    @property
    def workers(self) -> int:
        """How many chapters run side by side: never more than cores, since kernels compute."""
        return self.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Book:
    """The chapters chosen for one build, and what is known about them."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.facts = reach.Facts()
        self.all = chapters.read()
        self.chosen = chapters.select(self.all, options.only)
        self.known = {chapter.slug: chapter for chapter in self.all}

    def check(self, chapter: Chapter) -> tuple[Parts, str | None]:
        """Return a chapter's fingerprint and the reason why it must run (None: it need not)."""
        parts = prints.fingerprint(chapter, self.facts)
        why = prints.reason(chapter, parts, prints.load(chapter.state))
        return parts, "asked for by --force" if self.options.force else why

    def check_all(self) -> dict[str, str | None]:
        """Give each chosen chapter's reason. One that reads the findings of a chapter that runs may have to wait."""
        reasons: dict[str, str | None] = {}
        for chapter in self.chosen:
            _, why = self.check(chapter)
            awaited = next((slug for slug in chapter.after if reasons.get(slug)), None)
            reasons[chapter.slug] = why if why or not awaited else f"waits for the findings of {awaited}"
        return reasons

    def ahead(self, chapter: Chapter) -> float:
        """Seconds from a chapter's start to the end of all that waits for it, by the last runs: longest go first."""
        state = prints.load(chapter.state)
        own = state.run.get("seconds", 1.0) if state else 1.0
        return own + max((self.ahead(other) for other in self.all if chapter.slug in other.after), default=0.0)

    def outside(self, slugs: list[str]) -> set[str]:
        """Name the modules that these chapters import: what a warm parent should have imported."""
        walks = [reach.walk(self.known[slug].notebook, slug, self.facts) for slug in slugs]
        return {name for walk in walks for name in walk.outside | walk.modules.keys() if name.isascii()}


def build(options: Options, session: "Session | None" = None) -> Outcome:
    """Bring the book up to date; a `session` that is given stays open. Pages are made only if no chapter has failed."""
    reach.look_again()
    book, outcome = Book(options), Outcome()
    reasons = book.check_all()
    due = [slug for slug, why in reasons.items() if why]
    if due:
        _run(book, due, outcome, session)
    else:
        for chapter in book.chosen:
            _keep(book, chapter, outcome)
    book.facts.save()
    if not outcome.faults and not options.chapters_only:
        from hedging.press import pages

        outcome.pages = pages.publish(options.force, options.workers)
    return outcome


def _keep(book: Book, chapter: Chapter, outcome: Outcome) -> None:
    """Leave a chapter's results as they are; if its prose was edited, put the new prose around them."""
    state = prints.load(chapter.state)
    prose = book.facts.of_notebook(chapter.notebook, chapter.slug)["prose"]
    if state is None or state.prose == prose:
        outcome.fresh.append(chapter.slug)
        return
    written = notebook.parse(notebook.read_bytes(chapter.notebook, chapter.slug), chapter.notebook.name)
    ran = notebook.code_cells(notebook.parse(chapter.executed.read_bytes(), chapter.executed.name))
    _place(chapter, notebook.assemble(written, ran), state.parts, prose, state.run)
    outcome.rewritten.append(chapter.slug)


def _place(chapter: Chapter, executed: "Notebook", parts: Parts, prose: str, run: dict) -> None:
    raw = notebook.dumps_built(executed)
    notebook.write(chapter.executed, raw)
    evidence = prints.evidence(executed)
    prints.save(chapter.state, State(parts, prose, reach.sha(raw), evidence, run))


def _run(book: Book, due: list[str], outcome: Outcome, open_one: "Session | None") -> None:
    from hedging.press.session import Session

    # The warm parent imports pandas and the rooms while this process imports papermill.
    ours = nullcontext(open_one) if open_one else Session(warm=not book.options.cold, modules=book.outside(due))
    with ours as session:
        from hedging.press.progress import Progress

        with Progress({slug: len(_cells(book, slug)) for slug in due}) as progress:
            Runner(book, session, progress, outcome, set(due)).run()


def _cells(book: Book, slug: str) -> list[str]:
    return book.facts.of_notebook(book.known[slug].notebook, slug)["cells"]


class Runner:
    """Runs chapters side by side, each as soon as those whose findings it reads are done.

    `due` names those that must run, or may have to, and are checked again when their turn comes.
    """

    def __init__(self, book: Book, session: "Session", progress: "Progress", outcome: Outcome, due: set[str]) -> None:
        self.book, self.session, self.progress, self.outcome, self.due = book, session, progress, outcome, due
        self.pool = ThreadPoolExecutor(book.options.workers, thread_name_prefix="chapter")
        self.running: dict[Future, tuple[Chapter, Parts, str]] = {}
        self.ready: list[Chapter] = []
        self.ended: set[str] = set()
        slugs = {chapter.slug for chapter in book.chosen}
        self.order = TopologicalSorter({c.slug: [s for s in c.after if s in slugs] for c in book.chosen})

    def run(self) -> None:
        """Run what must run; an interrupt ends all kernels first."""
        self.order.prepare()
        try:
            while self.order.is_active() and self.turn():
                pass
        except BaseException:
            self.session.kill()
            raise
        finally:
            self.pool.shutdown(cancel_futures=True)
        self.outcome.waiting = [c.slug for c in self.book.chosen if c.slug not in self.ended]

    def turn(self) -> bool:
        """Start what may start and collect what has ended; False when the rest reads a chapter that failed."""
        self.ready += [self.book.known[slug] for slug in self.order.get_ready()]
        self.ready.sort(key=self.book.ahead, reverse=True)
        started = bool(self.ready)
        while self.ready and len(self.running) < self.book.options.workers:
            self.start(self.ready.pop(0))
        if self.running:
            for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                self.collect(future)
            return True
        return started

    def start(self, chapter: Chapter) -> None:
        """Start a chapter if it must run; the findings that it reads are in its fingerprint by now."""
        from hedging.press.execute import Job, execute

        parts, why = self.book.check(chapter) if chapter.slug in self.due else ({}, None)
        missing = [slug for slug in chapter.after if not self.book.known[slug].executed.is_file()]
        if missing:
            self.fail(chapter, _unread(chapter, missing))
        elif why is None:
            _keep(self.book, chapter, self.outcome)
            self.end(chapter)
        else:
            prose = self.book.facts.of_notebook(chapter.notebook, chapter.slug)["prose"]
            evidence = paths.CHAPTERS if chapter.after else None
            limit = self.book.options.limit
            job = Job(chapter, chapter.parameters, evidence, limit, self.session, self.progress.cell)
            self.running[self.pool.submit(execute, job)] = chapter, parts, prose

    def collect(self, future: Future) -> None:
        """Put a chapter that succeeded in its place; keep the fault of one that did not."""
        chapter, parts, prose = self.running.pop(future)
        try:
            executed, seconds = future.result()
        except HedgingError as fault:
            self.fail(chapter, fault)
            return
        run = {"seconds": round(seconds, 2), "cells": len(notebook.code_cells(executed)), "kernel": self.session.kind}
        _place(chapter, executed, parts, prose, run)
        self.outcome.ran.append(chapter.slug)
        self.end(chapter)

    def end(self, chapter: Chapter) -> None:
        """Let those run that read this chapter's findings."""
        self.ended.add(chapter.slug)
        self.progress.done(chapter.slug)
        self.order.done(chapter.slug)

    def fail(self, chapter: Chapter, fault: HedgingError) -> None:
        """Remember a fault; the chapter's old file stays where it is."""
        self.ended.add(chapter.slug)
        self.outcome.faults[chapter.slug] = fault
        self.progress.done(chapter.slug)


def _unread(chapter: Chapter, missing: list[str]) -> HedgingError:
    return HedgingError(
        f"the findings that chapter {chapter.slug} reads are not there: {', '.join(missing)}",
        where=f"chapter {chapter.slug}",
        remedy="build those chapters too: hedging build",
    )
