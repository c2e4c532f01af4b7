"""What a person sees while chapters run: cells done and the chapters at work. Silent where nobody looks."""

import sys
import threading

from tqdm import tqdm


class Progress:
    """One bar over the cells of all chapters, fed from several threads."""

    def __init__(self, cells: dict[str, int]) -> None:
        self._lock = threading.Lock()
        self._cells, self._at = cells, dict.fromkeys(cells, 0)
        self._running: list[str] = []
        self._bar = tqdm(total=sum(cells.values()), unit="cell", leave=False, disable=not sys.stderr.isatty())

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def cell(self, slug: str, number: int) -> None:
        """Hear that a chapter's code cell `number` has started."""
        with self._lock:
            if slug not in self._running:
                self._running.append(slug)
            self._move(slug, number - 1)

    def done(self, slug: str) -> None:
        """Hear that a chapter has ended."""
        with self._lock:
            if slug in self._running:
                self._running.remove(slug)
            self._move(slug, self._cells.get(slug, 0))

    def _move(self, slug: str, at: int) -> None:
        at = min(at, self._cells.get(slug, 0))
        self._bar.update(at - self._at.get(slug, 0))
        self._at[slug] = at
        self._bar.set_postfix_str(", ".join(self._running))
