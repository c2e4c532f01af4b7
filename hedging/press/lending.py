"""Warm kernels for programs that know nothing of them: pytest with nbval, papermill, nbclient, Jupyter Book."""

import contextlib
import subprocess
from collections.abc import Sequence

from hedging.errors import HedgingError
from hedging.press.build import Book, Options
from hedging.press.session import Session

PATIENCE = 10  # seconds that an interrupted program has to end in order


def lend(command: Sequence[str]) -> int:
    """Run a program whose Python kernels are forked from a warm parent; returns its exit code.

    The program finds this book's kernel where it looks for `python3`. Raises HedgingError if it cannot be started.
    """
    book = Book(Options())
    with Session(modules=book.outside([chapter.slug for chapter in book.all])) as session:
        try:
            program = subprocess.Popen(command, env=session.surroundings())
        except OSError as fault:
            raise HedgingError(
                f"cannot start {command[0]}: {fault.strerror}", where="hedging warm", remedy="name a program: its path"
            ) from None
        try:
            code = program.wait()
        except BaseException:
            program.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(PATIENCE)
            program.kill()
            program.wait()
            raise
    return code if code >= 0 else 128 - code  # as shells tell a signal
