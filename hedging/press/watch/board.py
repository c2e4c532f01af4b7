"""What the watch has to tell, for everyone who looks: pages in a browser, each at its own pace."""

import json
import secrets
import threading
from dataclasses import asdict, dataclass, replace

from hedging.errors import HedgingError


@dataclass(frozen=True)
class Fault:
    """A fault as people are told it."""

    what: str
    where: str = ""
    remedy: str = ""

    @classmethod
    def of(cls, fault: HedgingError) -> "Fault":
        """Take over what an error says."""
        return cls(fault.what, fault.where, fault.remedy)

    def __str__(self) -> str:
        return str(HedgingError(self.what, where=self.where, remedy=self.remedy))


@dataclass(frozen=True)
class State:
    """What is told: which edition of the pages is served, what is wrong, what to know, whether work goes on."""

    edition: str
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    building: bool = False

    def dumps(self) -> str:
        """Return the state as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Board:
    """The present state, and a way to wait for the next."""

    def __init__(self) -> None:
        self._boot, self._count = secrets.token_hex(4), 0  # a page that outlives a restart must reload too
        self._changed = threading.Condition()
        self._serial = 0
        self.state, self.closed = State(f"{self._boot}-0"), False

    def tell(self, *, new_pages: bool = False, **news: object) -> None:
        """Change the state and wake all who wait."""
        with self._changed:
            self._count += new_pages
            self.state = replace(self.state, edition=f"{self._boot}-{self._count}", **news)
            self._wake()

    def close(self) -> None:
        """Send everyone away."""
        with self._changed:
            self.closed = True
            self._wake()

    def _wake(self) -> None:
        self._serial += 1
        self._changed.notify_all()

    def after(self, seen: int, patience: float) -> tuple[int, State]:
        """Wait until there is something newer than `seen`, or `patience` seconds; returns its number and the state."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self._serial != seen, patience)
            return self._serial, self.state
