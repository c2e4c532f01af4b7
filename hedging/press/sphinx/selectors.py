"""The few CSS selectors that the theme asks for; whatever else is asked goes to soupsieve, whose loading is slow.

That library compiles patterns over all of Unicode: a fifth of a second, a tenth of a small build.
"""

import re
from collections.abc import Callable
from typing import Any

from bs4 import Tag

_PLAIN = re.compile(r"(?:[a-z]+\d?)?(?:\.[\w-]+)?")


class SoupSieve:
    """Stands for a compiled selector, which nobody makes here: Beautiful Soup asks whether it was given one."""


def select(selector: str, tag: Tag, *rest: Any, **options: Any) -> list[Tag]:
    """Return what lies below a tag and fits `name`, `.class` or `name.class`, or one of them as `parent > child`."""
    steps = selector.split(" > ")
    if len(steps) > 2 or not all(step and _PLAIN.fullmatch(step) for step in steps):
        import soupsieve

        return soupsieve.select(selector, tag, *rest, **options)
    *parent, own = map(_fits, steps)
    return [one for one in tag.find_all(own) if all(fits(one.parent) for fits in parent)]


def _fits(step: str) -> Callable[[Tag], bool]:
    name, _, kind = step.partition(".")
    return lambda tag: name in ("", tag.name) and (not kind or kind in tag.get("class", ()))


def __getattr__(name: str) -> Any:
    import soupsieve

    return getattr(soupsieve, name)
