"""Which saved files matter, and how the watch hears of them.

Folders are watched, not files: editors save by writing beside and renaming, and a file's own watch would die with it.
"""

import queue
import threading
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from hedging import paths
from hedging.press import pages
from hedging.press.reach import PACKAGE

Saved = set[Path]
STEP = 20  # milliseconds without news after which a save is told: one save is often several events
MOST = 100  # milliseconds after which it is told in any case


class Matters(DefaultFilter):
    """Lets through what people write: not what builds write, nor what editors leave for a moment."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "_build", ".ipynb_checkpoints")

    def __init__(self) -> None:
        super().__init__()
        self.made = tuple(str(folder) for folder in pages.generated())

    def __call__(self, change: Change, path: str) -> bool:
        """Decide about one event."""
        made = any(path == folder or path.startswith(f"{folder}/") for folder in self.made)
        return not made and super().__call__(change, path)


class Saves:
    """Hears of saves in threads of its own, so that one which comes while a build runs is not lost."""

    def __init__(self) -> None:
        self._found: queue.Queue[Saved] = queue.Queue()
        self._stop = threading.Event()
        below = {folder for folder in paths.ROOT.iterdir() if folder.is_dir() and folder.name[0] not in "._"}
        below |= {folder for folder in (paths.DATA, PACKAGE) if folder.is_dir()}
        self._threads = [self._listen(sorted(below), deep=True), self._listen([paths.ROOT], deep=False)]

    def _listen(self, folders: list[Path], deep: bool) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=(folders, deep), daemon=True)
        thread.start()
        return thread

    def _run(self, folders: list[Path], deep: bool) -> None:
        options = {"watch_filter": Matters(), "step": STEP, "debounce": MOST, "recursive": deep}
        for changes in watch(*folders, stop_event=self._stop, rust_timeout=500, raise_interrupt=False, **options):
            found = {Path(path) for _, path in changes}
            self._found.put(found if deep else {path for path in found if not path.is_dir()})

    def wait(self, patience: float) -> Saved:
        """Return what was saved, all that is known by now; nothing after `patience` seconds without news."""
        try:
            found = self._found.get(timeout=patience)
            while True:
                found |= self._found.get_nowait()
        except queue.Empty:
            return found if "found" in locals() else set()

    def stop(self) -> None:
        """Listen no more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
