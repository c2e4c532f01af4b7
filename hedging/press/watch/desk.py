"""Where saves come in and builds are asked for: `hedging watch` itself."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.press import chapters
from hedging.press.reach import PACKAGE
from hedging.press.watch.board import Board, Fault
from hedging.press.watch.saves import Saved, Saves
from hedging.press.watch.server import Server

Echo = Callable[[str], Any]
TICK = 1.0  # seconds between looks at whether the bench still stands
PATIENCE = 10.0  # seconds for the bench to end in order
WATCHS_OWN = ("press/watch/", "press/session.py", "press/sources.py", "press/warm.py")
RESTART = "the watch's own code has changed, which a running watch cannot load: end it and start it again"


class Bench:
    """The process that builds."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "hedging.press.watch.bench"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def build(self, wish: dict[str, Any]) -> dict[str, Any] | None:
        """Ask for a build and wait for its report; None if the bench has died."""
        with suppress(OSError, ValueError):
            self.process.stdin.write(json.dumps(wish) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            return json.loads(line) if line else None
        return None

    def stop(self) -> None:
        """End it, its kernels and its builder."""
        with suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Desk:
    """Builds after each save, and tells how it went."""

    def __init__(self, wish: dict[str, Any], echo: Echo, board: Board) -> None:
        self.wish, self.echo, self.board = wish, echo, board
        self.bench = Bench()

    def run(self, saves: Saves) -> None:
        """Build, then again for whatever is saved, for ever."""
        self.build(set())
        while True:
            if saved := saves.wait(TICK):
                self.build(saved)

    def build(self, saved: Saved) -> None:
        """Build once. What is saved meanwhile waits in line."""
        begun = time.perf_counter()
        self._notice(saved)
        self.board.tell(building=True)
        report = self.bench.build(self.wish)
        if report is None:
            self.bench.stop()
            self.bench = Bench()
            report = self.bench.build(self.wish) or {"faults": [_BENCH_DIED], "said": "not built", "built": False}
        self._tell(saved, report, time.perf_counter() - begun)

    def _notice(self, saved: Saved) -> None:
        own = [path for path in saved if path.is_relative_to(PACKAGE)]
        names = [path.relative_to(PACKAGE).as_posix() for path in own]
        if any(name.startswith(WATCHS_OWN) for name in names) and RESTART not in self.board.state.notices:
            self.echo(f"notice: {RESTART}")
            self.board.tell(notices=(RESTART,))

    def _tell(self, saved: Saved, report: dict[str, Any], seconds: float) -> None:
        faults = tuple(Fault(**fault) for fault in report["faults"])
        before = self.board.state.faults
        self.board.tell(new_pages=report["built"], faults=faults, building=False)
        names = ", ".join(sorted(_short(path) for path in saved)) or "start"
        self.echo(f"{time.strftime('%H:%M:%S')} {names}: {report['said']} ({seconds:.1f} s)")
        for fault in faults:
            self.echo(f"{fault}\n")
        if before and not faults:
            self.echo("mended: nothing is wrong any more")

    def stop(self) -> None:
        """End everything that was started here."""
        self.board.close()
        self.bench.stop()


_BENCH_DIED = {"what": "the build process died, twice", "where": "hedging watch", "remedy": "start the watch again"}


def _short(path: Path) -> str:
    root = paths.ROOT if path.is_relative_to(paths.ROOT) else PACKAGE.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def watch(wish: dict[str, Any], port: int, echo: Echo) -> None:
    """Watch, build and serve until interrupted. `wish` holds what `build.Options` takes; port 0 is one that is free.

    Raises HedgingError where there is no book, or the port cannot be had.
    """
    contents = paths.ROOT / "chapters.yml"
    if not contents.is_file():
        chapters.load_yaml(contents)  # says so; a list that is there and broken can be mended while it is watched
    board = Board()
    with Server(board, port) as server, ExitStack() as stack:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        saves = Saves()
        stack.callback(saves.stop)
        desk = Desk(wish, echo, board)
        stack.callback(desk.stop)
        echo(f"the book is at {server.address} (end with Ctrl-C)")
        desk.run(saves)
