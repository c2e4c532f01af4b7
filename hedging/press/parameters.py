"""The parameters of a chapter: a closed, frozen set made from the notebook's own parameters cell.

Whoever gives a value (chapters.yml, `hedging run`, a grid) is held to it before anything runs: papermill itself would
only warn of a name that the notebook does not have, and run the default.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from hedging.errors import HedgingError, unknown
from hedging.press import chapters, notebook
from hedging.press.chapters import Chapter
from hedging.press.notebook import Notebook

SEQUENCES = (list, tuple)
LARGEST = 2**63  # beyond it a whole number fits no column


@dataclass(frozen=True)
class Parameter:
    """One parameter: its default shows its kind; `choices` are all that it can be, where the tables tell."""

    name: str
    default: Any
    choices: tuple[str, ...] = ()

    def check(self, value: Any, where: str) -> None:
        """Raise HedgingError if no run can use the value: another kind, not finite, or a release that is not there."""
        if not _alike(value, self.default):
            raise HedgingError(
                f"parameter {self.name} is {kind(self.default)}, not {kind(value)}: {value!r}",
                where=where,
                remedy=f"the default is {self.name} = {self.default!r}{_quotes(value, self.default)}",
            )
        if not all(_sound(one) for one in (value if isinstance(value, SEQUENCES) else [value])):
            raise HedgingError(f"{value!r} is no value of {self.name}", where=where, remedy="name a finite number")
        if self.choices and value not in self.choices:
            raise unknown(f"value of {self.name}", value, self.choices, where=where)


@dataclass(frozen=True)
class Parameters:
    """All parameters of one chapter, by name, in the order of its cell."""

    slug: str
    known: Mapping[str, Parameter]

    def check(self, given: Mapping[str, Any], where: str = "") -> None:
        """Raise HedgingError for a name that the chapter does not have (with the nearest) or a value it cannot take."""
        for name, value in given.items():
            if name not in self.known:
                raise unknown("parameter", name, self.known, where=where or f"chapter {self.slug}")
            self.known[name].check(value, where or f"chapter {self.slug}")

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give every parameter its value: the one given, else the default."""
        return {name: given.get(name, parameter.default) for name, parameter in self.known.items()}


def read(chapter: Chapter, written: Notebook) -> Parameters:
    """Read a chapter's parameters from its notebook; raises HedgingError unless one tagged cell holds literals only."""
    defaults = notebook.defaults(written, chapter.slug)
    releases = _releases(chapter) if any(name.endswith("_variant") for name in defaults) else {}
    found = {name: Parameter(name, value, releases.get(name, ())) for name, value in defaults.items()}
    return Parameters(chapter.slug, MappingProxyType(found))


def _releases(chapter: Chapter) -> dict[str, tuple[str, ...]]:
    # A chapter chooses among the releases that a table holds by the parameter TABLE_variant.
    records = (item for item in chapters.package().get("resources", []) if item["name"] in chapter.tables)
    return {f"{item['name']}_variant": tuple(item.get("variants", ())) for item in records}


def kind(value: Any) -> str:
    """Name the kind of a value, with what a list holds: int, list of str."""
    if isinstance(value, SEQUENCES):
        inside = {type(one).__name__ for one in value}
        return f"list of {inside.pop()}" if len(inside) == 1 else "list"
    return type(value).__name__


def _alike(value: Any, default: Any) -> bool:
    if default is None:
        return True
    if isinstance(default, SEQUENCES):
        return isinstance(value, SEQUENCES) and (
            not default or all(any(_alike(one, each) for each in default) for one in value)
        )
    if isinstance(value, bool) or isinstance(default, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    return isinstance(value, (int, float) if isinstance(default, float) else type(default))


def _sound(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -LARGEST <= value < LARGEST


def _quotes(value: Any, default: Any) -> str:
    # YAML reads NO, 2024 and 2019-02-28 as a truth value, a number and a date.
    wants = isinstance(default[0] if default and isinstance(default, SEQUENCES) else default, str)
    return "; a word is quoted in YAML" if wants and not isinstance(value, str) else ""
