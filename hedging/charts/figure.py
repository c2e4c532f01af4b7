"""`figure()`: the one way for a chart onto a page, as a figure with a name, a caption, words for ears and a source.

One output carries the drawing as data (no address of another host, no script) and, beside it, what makes it citable.
The book turns it into a numbered figure; a notebook that is opened elsewhere shows the chart itself.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import altair as alt
from altair.vegalite.v6.schema.core import VegaLiteSchema
from jsonschema_rs import Draft7Validator

from hedging.charts import theme
from hedging.charts.layers import Layers
from hedging.errors import HedgingError, unknown
from hedging.outputs import CHART, INVENTED

NAME = re.compile(r"fig-[a-z0-9]+(-[a-z0-9]+)*")
LEAST_ALT = 30  # characters: shorter cannot say what is drawn and what it shows
YEAR = re.compile(r"(^|_)years?($|_)")
NAMES = {"view_": "view_", "param_": "param_", "data-": "rows-"}  # of views, parameters and data: Altair's, and ours
COUNTED = re.compile(r"\b(?:(view_)[0-9a-f]+(?:_\d+)*|(param_)\d+|(data-)[0-9a-f]{32})\b")


def _escaped(node: Any) -> Any:
    """Escape what may not stand in an address, as in "#/definitions/Dict<Value>"; leave out all words."""
    if isinstance(node, dict):
        return {
            key: f"#{quote(value[1:])}" if key == "$ref" else _escaped(value)
            for key, value in node.items()
            if key != "description" or not isinstance(value, str)
        }
    return [_escaped(value) for value in node] if isinstance(node, list) else node


# Vega-Lite's schema, which Altair brings, ready to judge a chart in less than a millisecond. Made at import, so that a
# warm parent makes it once for all chapters.
GRAMMAR = Draft7Validator(_escaped(VegaLiteSchema._rootschema))


def figure(chart: alt.TopLevelMixin | Layers, name: str, caption: str, alt: str, source: str | Sequence[str]) -> None:
    """Show `chart` as the figure `name` ("fig-..."), with caption, alternative text and the tables that it draws.

    A figure of random numbers has the source INVENTED, and the page says so. Raises `HedgingError` when a reader would
    be left out: no or lazy alternative text, a table that does not exist, a year printed as 1,990, a name that cannot
    be linked.
    """
    from IPython.display import display

    tables = [source] if isinstance(source, str) else list(source)
    check_words(name, caption, alt, tables)
    spec = specification(chart, name=name, description=alt)
    meta = {"name": name, "caption": caption, "alt": alt, "source": tables}
    display({CHART: spec, "text/plain": f"[figure {name}] {alt}"}, metadata={"hedging": meta}, raw=True)


def check_words(name: str, caption: str, alt: str, tables: Sequence[str]) -> None:
    """Refuse a figure that cannot be linked, read aloud or traced."""
    if not NAME.fullmatch(name):
        raise HedgingError(f"not a figure's name: {name!r}", remedy='use "fig-" and lower-case words, as in fig-trade')
    if not caption.strip():
        raise HedgingError("a figure needs a caption", where=name, remedy="say what is drawn, of whom, when, in what")
    if len(alt.strip()) < LEAST_ALT:
        remedy = f"say in at least {LEAST_ALT} characters what the chart shows to someone who cannot see it"
        raise HedgingError("a figure needs an alternative text", where=name, remedy=remedy)
    if alt.strip() == caption.strip():
        raise HedgingError("alternative text repeats the caption", where=name, remedy="describe the shape of the data")
    if not tables:
        raise HedgingError("a figure needs a source", where=name, remedy="name the tables: source=['trade']")
    from hedging.tables import names

    known = names()
    for table in tables:
        if table not in (*known, INVENTED):
            raise unknown("table", table, known, where=f"{name}, source=")


def specification(chart: alt.TopLevelMixin | Layers, *, name: str = "", description: str = "") -> dict[str, Any]:
    """Return the Vega-Lite specification with its data inline: same chart, same bytes, whatever ran before it."""
    spec = chart.to_dict(validate=False)
    if not GRAMMAR.is_valid(spec):
        spec = chart.to_dict()  # looks again, takes its time, and says what is wrong
    spec["config"] = theme.config() | {k: v for k, v in spec.get("config", {}).items() if k != "view"}
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    if not any(part in spec for part in ("hconcat", "vconcat", "concat", "facet")):
        spec["width"] = "container"
    spec = _shorten(spec)
    if description:
        spec["description"] = description
    for fault in year_faults(spec):
        remedy = 'give it axis format "d", or use hedging.charts functions, which do'
        raise HedgingError(f"a year would be printed as 1,990: {fault}", where=name, remedy=remedy)
    return _renumber(spec)


def year_faults(spec: dict[str, Any]) -> Iterator[str]:
    """Find quantitative year fields whose axis, legend or tooltip lacks the format "d"."""
    for channel, entry in _encodings(spec):
        field = entry.get("field")
        if not isinstance(field, str) or not YEAR.search(field) or entry.get("type") != "quantitative":
            continue
        guide = "legend" if channel in {"color", "fill", "stroke", "size", "opacity"} else "axis"
        if channel in {"x2", "y2", "detail", "key", "order"} or (guide in entry and entry[guide] is None):
            continue
        holder = entry if channel in {"tooltip", "text", "href"} else entry.get(guide) or {}
        if holder.get("format") != "d":
            yield f"{channel} = {field}"


def _encodings(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for channel, entry in node.get("encoding", {}).items() if isinstance(node.get("encoding"), dict) else ():
            yield from ((channel, one) for one in (entry if isinstance(entry, list) else [entry]))
        for key, value in node.items():
            if key not in {"datasets", "data", "config"}:
                yield from _encodings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _encodings(value)


def _shorten(node: Any) -> Any:
    """Round to six significant digits: no reader sees more, and processors differ beyond them."""
    if isinstance(node, float):
        short = float(f"{node:.6g}")
        return int(short) if short.is_integer() and abs(short) < 2**53 else short
    if isinstance(node, dict):
        return {key: _shorten(value) for key, value in node.items()}
    return [_shorten(value) for value in node] if isinstance(node, list) else node


def _renumber(spec: dict[str, Any]) -> dict[str, Any]:
    """Number views, parameters and data anew: Altair counts them over the kernel's life, or hashes them by its seed."""
    rows = spec.pop("datasets", {})  # long, and without any such name
    named: dict[str, str] = {}
    numbers = dict.fromkeys(NAMES.values(), 0)

    def anew(found: re.Match) -> str:
        if found[0] not in named:
            kind = NAMES[found[found.lastindex]]
            numbers[kind] += 1
            named[found[0]] = f"{kind}{numbers[kind]}"
        return named[found[0]]

    text = COUNTED.sub(anew, json.dumps(spec, ensure_ascii=False))
    return json.loads(text) | ({"datasets": {named.get(name, name): rows[name] for name in rows}} if rows else {})
