"""The strict form of claims.yml: every field known, every fault told with its line.

A claim decides which result counts for and against it BEFORE the data are seen. A misspelt field that fell back to a
default in silence would change the test, so nothing unknown passes.
"""

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from hedging.errors import HedgingError, unknown

LINE = "__line__"

Window = tuple[int, int] | tuple[str, str]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the same in C, where PyYAML was built with it
    """YAML with the line of every mapping kept and a key given twice refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping: dict = {LINE: node.start_mark.line + 1}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in mapping:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is given twice", key_node.start_mark)
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def read(path: Path) -> dict[str, Any]:
    """Read a YAML mapping; its mappings carry their line under "__line__". Faults are HedgingError."""
    try:
        text = path.read_text(encoding="utf-8")
        found = yaml.load(text, Loader=_Loader)
    except FileNotFoundError as fault:
        raise HedgingError("there is no file of claims", where=str(path), remedy="write claims.yml") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise HedgingError(f"not YAML: {getattr(fault, 'problem', fault)}", where=where) from fault
    if not isinstance(found, dict):
        raise HedgingError("the file of claims must be a mapping", where=path.name)
    return found


def place(name: str, found: Any, what: str) -> str:
    """Return "claims.yml, line 12, claim C1a" for an error."""
    line = f", line {found[LINE]}" if isinstance(found, dict) and LINE in found else ""
    return f"{name}{line}, {what}"


def plain(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping without its line."""
    return {key: value for key, value in found.items() if key != LINE}


def fields(kind: type, found: Any, where: str) -> dict[str, Any]:
    """Return the mapping if it has every required field of the dataclass `kind` and no other, else HedgingError."""
    if not isinstance(found, dict):
        raise HedgingError(f"a mapping is needed, not {found!r}", where=where)
    given = plain(found)
    known = {field.name: field for field in dataclasses.fields(kind)}
    for key in given:
        if key not in known:
            raise unknown("field", str(key), known, where=where)
    for name, field in known.items():
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if required and given.get(name) in (None, "", [], {}):
            raise HedgingError(f"{name!r} is missing or empty", where=where, remedy=f"write {name}: ... here")
    return given


def words(found: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    """Check that the named fields are text."""
    for name in names:
        if not isinstance(found[name], str) or not found[name].strip():
            raise HedgingError(f"{name} must be text, not {found[name]!r}", where=where, remedy="quote it")


def choice(found: dict[str, Any], name: str, options: tuple[str, ...], where: str) -> None:
    """Check that a field is one of the given words."""
    if found.get(name) not in options:
        raise unknown(name, str(found.get(name)), options, where=where)


def number(found: dict[str, Any], name: str, where: str) -> None:
    """Check that a field, if given, is a number (true and false are none)."""
    value = found.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value != value):
        raise HedgingError(f"{name} must be a number, not {value!r}", where=where)


def window(found: Any, key: str, where: str) -> Window:
    """Return a window as a pair: two years, or two months "YYYY-MM", in order."""
    years = isinstance(found, list) and len(found) == 2 and all(type(end) is int for end in found)
    months = (
        isinstance(found, list)
        and len(found) == 2
        and all(isinstance(end, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", end) for end in found)
    )
    if not (years or months):
        raise HedgingError(
            f"{key} {found!r} is no window",
            where=where,
            remedy='two years, [1961, 1979], or months, ["2018-03", "2019-06"]',
        )
    if found[0] > found[1]:
        raise HedgingError(f"{key} {found} is reversed", where=where, remedy=f"write [{found[1]}, {found[0]}]")
    return found[0], found[1]
