"""What code reaches: the first-party modules behind a notebook, found by reading imports, never by importing.

Facts about a file (its imports, the names in its strings) are kept by the hash of its bytes, so an unchanged
book is checked without parsing anything, and the store can never be out of date.
"""

import ast
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import hedging
from hedging import paths
from hedging.press import notebook

PACKAGE = Path(hedging.__file__).parent
STORE_VERSION = "3"
STORE_SIZE = 1000  # facts of files as they once were; beyond this the old ones go
FILE_NAME = re.compile(r"(?:sweeps/)?[\w-]+\.(?:ya?ml|json|csv|toml|txt|vl)")
DOTTED = re.compile(r"hedging(?:\.\w+)+")


def sha(raw: bytes) -> str:
    """Hash bytes; 20 hex digits tell any two files of this book apart and stay readable in a state file."""
    return hashlib.sha256(raw).hexdigest()[:20]


@cache
def file_sha(path: Path) -> str:
    """Hash a file, once a process; "missing" if there is none."""
    return sha(path.read_bytes()) if path.is_file() else "missing"


def look_again() -> None:
    """Forget what files hold and where modules lie: a build sees the disk as it is when it begins."""
    file_sha.cache_clear()
    _find.cache_clear()


Step = tuple[dict[str, Path], dict[str, Path | None]]


class Facts:
    """A store of what was read out of files, keyed by their hash; and, for one build, where imports lead."""

    def __init__(self) -> None:
        self._path = paths.STATE / "facts.json"
        self._known: dict[str, Any] = self._load()
        self._used: dict[str, Any] = {}
        self._steps: dict[tuple[Path, str, Path], Step] = {}

    def _load(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._path.read_bytes())
            return stored["facts"] if stored["version"] == STORE_VERSION else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def of_module(self, path: Path) -> dict[str, Any]:
        """Read imports and telling strings of a module."""
        return self._get(f"module {file_sha(path)}", lambda: _read_code([_parse(path.read_bytes())]))

    def of_notebook(self, path: Path, slug: str) -> dict[str, Any]:
        """Read code-cell hashes, prose hash, imports and telling strings of a notebook."""
        raw = notebook.read_bytes(path, slug)
        return self._get(f"notebook {sha(raw)}", lambda: _read_notebook(notebook.parse(raw, path.name)))

    def _get(self, key: str, make: Any) -> dict[str, Any]:
        if key not in self._used:
            self._used[key] = self._known[key] if key in self._known else make()
        return self._used[key]

    def once(self, key: tuple[Path, str, Path], make: Callable[[], Step]) -> Step:
        """Return where the imports of a file lead: chapters share most modules."""
        if key not in self._steps:
            self._steps[key] = make()
        return self._steps[key]

    def save(self) -> None:
        """Write the store if something new was read."""
        if self._used.keys() - self._known.keys():
            kept = self._known if len(self._known) < STORE_SIZE else {}
            stored = {"version": STORE_VERSION, "facts": kept | self._used}
            notebook.write(self._path, json.dumps(stored, sort_keys=True).encode())


def _parse(raw: bytes) -> ast.Module:
    try:
        return ast.parse(raw)
    except SyntaxError:  # its bytes are in the fingerprint all the same; the run will show the fault
        return ast.Module([], [])


def _read_notebook(parsed: notebook.Notebook) -> dict[str, Any]:
    cells = notebook.code_cells(parsed)
    codes = [sha(json.dumps([notebook.source(cell), sorted(notebook.tags(cell))]).encode()) for cell in cells]
    prose = sha(json.dumps(notebook.prose(parsed), sort_keys=True).encode())
    return {"cells": codes, "prose": prose, **_read_code(notebook.statements(cell) for cell in cells)}


def _read_code(trees: Iterable[ast.Module]) -> dict[str, Any]:
    imports: list[list[Any]] = []
    strings: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            imports += [[0, alias.name, []] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append([node.level, node.module or "", [alias.name for alias in node.names]])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _telling(node.value):
            strings.add(node.value)
    return {"imports": imports, "strings": sorted(strings)}


def _telling(text: str) -> bool:
    # A short string may name a file that the module reads, or a module that it imports late.
    return len(text) < 80 and bool(FILE_NAME.fullmatch(text) or DOTTED.fullmatch(text))


@dataclass(frozen=True)
class Reach:
    """What a notebook reaches: first-party modules and the small files they name, and what lies outside."""

    modules: dict[str, Path]
    files: dict[str, Path]
    outside: frozenset[str]


def walk(path: Path, slug: str, facts: Facts) -> Reach:
    """Follow the imports of a notebook through the package and through modules that lie beside the notebook."""
    return _follow([(facts.of_notebook(path, slug), "", path)], path.parent, facts)


def behind(folder: Path, facts: Facts) -> Reach:
    """Follow the imports of all modules in a folder of the package."""
    inside = ".".join(folder.relative_to(PACKAGE.parent).parts)
    return _follow(
        [(facts.of_module(path), inside, path) for path in sorted(folder.glob("*.py"))], PACKAGE.parent, facts
    )


def _follow(queue: list[tuple[dict[str, Any], str, Path]], beside: Path, facts: Facts) -> Reach:
    modules: dict[str, Path] = {}
    files: dict[str, Path] = {}
    outside: set[str] = set()
    while queue:
        found, package, origin = queue.pop()
        named, wanted = facts.once((origin, package, beside), partial(_step, found, package, origin, beside))
        files |= named
        for name, target in wanted.items():
            if target is None:
                outside.add(name)
            elif name not in modules:
                modules[name] = target
                inside = name if target.name == "__init__.py" else name.rpartition(".")[0]
                queue.append((facts.of_module(target), inside, target))
    return Reach(dict(sorted(modules.items())), dict(sorted(files.items())), frozenset(outside))


def _step(found: dict[str, Any], package: str, origin: Path, beside: Path) -> Step:
    """Return the small files that one file of code names, and where the modules lie that it imports."""
    return _named_files(found["strings"], origin), {name: _find(name, beside) for name in _wanted(found, package)}


def _wanted(found: dict[str, Any], package: str) -> set[str]:
    names = {text for text in found["strings"] if DOTTED.fullmatch(text)}
    for level, module, members in found["imports"]:
        base = package.split(".")[: len(package.split(".")) - level + 1] if level else []
        origin = ".".join([*base, module] if module else base)
        names |= {origin, *(f"{origin}.{member}" for member in members)}
    # A package's __init__ runs before its modules: each name brings its parents.
    return {".".join(parts[:n]) for parts in (name.split(".") for name in names) for n in range(1, len(parts) + 1)}


@cache
def _find(name: str, beside: Path) -> Path | None:
    parts = name.split(".")
    root = PACKAGE.parent if parts[0] == PACKAGE.name else beside
    stem = root.joinpath(*parts)
    options = (stem / "__init__.py", stem.with_name(f"{stem.name}.py"))
    return next((option for option in options if option.is_file()), None)


def _named_files(strings: Iterable[str], origin: Path) -> dict[str, Path]:
    # At the top of the project (claims.yml), below sweeps/, or beside the module that names it.
    # Tables are declared, not guessed.
    options = {text: (paths.ROOT / text, origin.parent / text) for text in strings if FILE_NAME.fullmatch(text)}
    hits = {text: next((p for p in pair if p.is_file()), None) for text, pair in options.items()}
    return {text: path for text, path in hits.items() if path}
