"""What a build did, kept and told."""

from dataclasses import dataclass, field

from hedging.errors import HedgingError


@dataclass
class Outcome:
    """What a build did. `ran`, `rewritten` (new prose, old results) and `fresh` hold slugs."""

    ran: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # not tried, since a chapter that they read has failed
    faults: dict[str, HedgingError] = field(default_factory=dict)
    pages: str = "not asked for"

    def __str__(self) -> str:
        """Tell it in a line."""
        told = (
            (self.ran, "run"),
            (self.rewritten, "with new prose"),
            (self.fresh, "unchanged"),
            (self.faults, "failed"),
            (self.waiting, "waiting for a failed one"),
        )
        chapters_told = ", ".join(f"{len(slugs)} {word}" for slugs, word in told if slugs)
        return f"chapters: {chapters_told}; pages: {self.pages}"
