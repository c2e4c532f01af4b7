"""Altair's parts of a chart in the words of Vega-Lite.

Altair asks of each word of a chart whether it is one of many kinds of objects, most of the time of a figure, and most
are text or numbers. Here those go first. What comes out is the same, which is tested for every kind of chart.
"""

from functools import lru_cache
from types import NoneType
from typing import Any, ClassVar

import altair as alt
import numpy as np
from altair.utils import parse_shorthand
from altair.utils.schemapi import SchemaBase
from altair.vegalite.v6.schema import channels

WORDS = {str, int, float, bool, NoneType}
TYPES = {"Q": "quantitative", "N": "nominal", "O": "ordinal", "T": "temporal"}
FIELD = channels.FieldChannelMixin.to_dict
KNOWN = {SchemaBase.to_dict, FIELD, channels.ValueChannelMixin.to_dict}  # put into words here, any other part by Altair


def plain(part: Any) -> Any:
    """Return a part of a chart, or a mapping or list of such parts, as words, numbers, mappings and lists.

    A field without the type that it needs ("value" for "value:Q") raises ValueError.
    """
    if type(part) in WORDS:
        return part
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items() if value is not alt.Undefined}
    if isinstance(part, list | tuple):
        return [plain(value) for value in part]
    if isinstance(part, np.number):
        return float(part)
    way = getattr(type(part), "to_dict", None)
    if way not in KNOWN or _several(part):
        return _Other(part).to_dict(validate=False)
    if part._args:
        return plain(part._args[0])
    return plain(_with_field(part._kwds) if way is FIELD else part._kwds)


class _Other(SchemaBase):
    """Anything, to be put into words by Altair."""

    _schema: ClassVar = {}


def _several(part: Any) -> bool:
    """Say whether a channel is of several fields, or of one value and a field whose type is not said."""
    short, condition = part._get("shorthand"), part._get("condition")
    return isinstance(short, list | tuple) or (
        isinstance(condition, dict) and "field" in condition and "type" not in condition
    )


def _with_field(given: dict[str, Any]) -> dict[str, Any]:
    """Return what a channel was given, with the field and the type that its shorthand stands for."""
    short = given["shorthand"]
    meant = {} if short is alt.Undefined else _meant(short) if isinstance(short, str) else {"field": short}
    meant = {key: value for key, value in meant.items() if key in given and given[key] is alt.Undefined}
    words = {key: value for key, value in (given | meant).items() if key != "shorthand"}
    if isinstance(short, str) and words.get("type") is alt.Undefined:
        raise ValueError(f"{short} has no type")
    return words


@lru_cache(maxsize=512)
def _meant(shorthand: str) -> dict[str, Any]:
    field, _, kind = shorthand.rpartition(":")
    plainly = field.isidentifier() and kind in TYPES  # most are, and Altair tries many patterns
    return {"field": field, "type": TYPES[kind]} if plainly else parse_shorthand(shorthand)
