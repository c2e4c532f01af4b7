"""The static picture of a chart: drawn once for each content, kept by its hash, tamed for a page with many pictures.

Run as `python -m hedging.press.pictures`, it draws the specifications on its standard input: drawing then goes on
beside reading, and the process that makes the pages never holds the engine, whose threads a fork would lose.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.errors import HedgingError
from hedging.outputs import CHART, WIDTH

VEGA_LITE = "6.4"
SNIPPET = "window.vegaEmbed = vegaEmbed;"  # what the bundle leaves on the page
DRAW = [sys.executable, "-P", "-m", "hedging.press.pictures"]
_MARK_WORDS = re.compile(r' (?:aria-label|aria-roledescription|role)="[^"]*"')
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


def digest(spec: dict[str, Any]) -> str:
    """Return the name of a chart's content: equal drawings share one file, whatever page they are on."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def svg(spec: dict[str, Any]) -> str:
    """Return the drawing of a specification as one SVG element that is safe beside others on a page; drawn if need be.

    Ids get the content's name (two pictures would else share `clip0`). The labels that Vega puts on each mark go:
    a screen reader would have to walk every point; the figure has an alternative text and a table.
    """
    kept = _kept(spec)
    if not kept.is_file():
        done = subprocess.run(DRAW, input=json.dumps([spec]), capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines()[-1:]
            raise HedgingError("a chart cannot be drawn: " + "".join(said), where=str(spec.get("description", "")))
    return kept.read_text(encoding="utf-8")


def _kept(spec: dict[str, Any]) -> Path:
    return paths.STATE / "pictures" / f"{digest(spec)}-{_version()}.svg"


def in_notebooks(found: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the specifications that executed notebooks show; one that cannot be read shows none."""
    for path in found:
        try:
            cells = json.loads(path.read_bytes())["cells"]
            shown = [one.get("data", {}) for cell in cells for one in cell.get("outputs", ())]
            yield from (data[CHART] for data in shown if CHART in data)
        except (OSError, ValueError, KeyError, TypeError):
            continue


class Drawing:
    """Processes that draw what has not been drawn yet."""

    def __init__(self, specs: Iterable[dict[str, Any]], jobs: int) -> None:
        lacking = [spec for spec in specs if not _kept(spec).is_file()]
        self.processes = [self._start(lacking[first::jobs]) for first in range(jobs) if lacking[first::jobs]]

    @staticmethod
    def _start(specs: list[dict[str, Any]]) -> subprocess.Popen:
        process = subprocess.Popen(DRAW, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        with process.stdin, suppress(BrokenPipeError):
            process.stdin.write(json.dumps(specs).encode())
        return process

    def wait(self) -> None:
        """Wait until all is drawn; what could not be is tried again by its page, which tells the fault."""
        for process in self.processes:
            process.wait()

    def stop(self) -> None:
        """End what still draws."""
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def drawn_aside(specs: Iterable[dict[str, Any]], jobs: int = 1) -> Iterator[Drawing]:
    """Draw beside what is done inside; leaving it ends the drawing."""
    drawing = Drawing(specs, jobs)
    try:
        yield drawing
    finally:
        drawing.stop()


def size(drawing: str) -> tuple[int, int]:
    """Return width and height of a drawing in pixels."""
    found = _SIZE.search(drawing)
    return (round(float(found[1])), round(float(found[2]))) if found else (680, 300)


def bundle() -> str:
    """Return Vega, Vega-Lite and the embedder as one script; it depends on nothing but the converter's version."""
    kept = paths.STATE / f"vega-{_version()}.js"
    if not kept.is_file():
        import vl_convert

        script = vl_convert.javascript_bundle(SNIPPET, vl_version=VEGA_LITE)
        _write(kept, "(() => {" + script + "\n})();\n")  # its many short names would clash with other scripts'
    return kept.read_text(encoding="utf-8")


def _draw(spec: dict[str, Any]) -> str:
    import vl_convert

    fixed = spec | {"width": WIDTH} if spec.get("width") == "container" else spec
    return vl_convert.vegalite_to_svg(fixed, vl_version=VEGA_LITE)


def _tame(drawing: str, name: str) -> str:
    drawing = _MARK_WORDS.sub("", drawing)
    drawing = re.sub(r'\bid="([^"]+)"', rf'id="c{name}-\1"', drawing)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#c{name}-\1)", drawing)


def _write(path: Path, text: str) -> None:
    """Write beside and then rename: two processes may draw the same picture."""
    import os

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@cache
def _version() -> str:
    from importlib.metadata import version

    return f"{version('vl-convert-python')}-{VEGA_LITE}"


if __name__ == "__main__":
    for one in json.load(sys.stdin):
        _write(_kept(one), _tame(_draw(one), digest(one)))
