"""A pytest plugin for nbval: `pytest -p hedging.press.quiet --nbval notebooks`.

nbval spells out every message of a kernel, charts and all, for a log of which it then keeps nothing: a quarter of a
second for a notebook of this book. Here the words are found when somebody reads that log.
"""

from pprint import pformat
from typing import Any

from nbval import kernel


class Spelled:
    """What it holds, as nbval would print it."""

    def __init__(self, held: Any) -> None:
        self.held = held

    def __str__(self) -> str:
        return pformat(self.held)


kernel.pformat = Spelled
