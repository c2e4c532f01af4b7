"""How far a sweep is: a bar for a person, a plain line now and then for a log that nobody watches."""

import sys
import time

from tqdm import tqdm

EVERY = 30.0  # seconds between two lines of a log: a short sweep leaves none, a long one is never taken for dead


class Progress:
    """Runs done of all, the rate, the time left, and how many failed."""

    def __init__(self, total: int, before: int, failed: int) -> None:
        self.total, self.before, self.ended, self.failed = total, before, before, failed
        self.begun = self.told = time.monotonic()
        self.watched = sys.stderr.isatty()
        self.bar = tqdm(total=total, initial=before, unit="run", disable=not self.watched)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def step(self, failed: int) -> None:
        """Hear that one more run has ended, and how many have failed by now."""
        self.ended, self.failed = self.ended + 1, failed
        if self.watched:
            self.bar.set_postfix_str(f"{failed} failed" if failed else "", refresh=False)
            self.bar.update()
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            print(self.line(self.told - self.begun), file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Tell in a line how far it is after so many seconds."""
        rate = (self.ended - self.before) / seconds
        left = tqdm.format_interval((self.total - self.ended) / rate)
        return f"{self.ended} of {self.total} runs, {self.failed} failed, {rate:.1f} runs/s, {left} left"
