"""The book's configuration as Jupyter Book understands it, without what this book never uses."""

import json
import sys
from importlib.metadata import version
from typing import Any

from hedging import paths
from hedging.press import notebook
from hedging.press.reach import sha

UNUSED = {
    "sphinx_thebe",
    "sphinx_comments",
    "sphinx_togglebutton",
    "sphinx.ext.intersphinx",
}  # each costs time or hosts
KEPT = "config.json"


def configuration() -> dict[str, Any]:
    """Return Jupyter Book's final configuration without the extensions that this book does not use.

    It is kept by the hash of all that it comes from: to work it out, Jupyter Book loads Jupyter's client, a tenth of
    the time of a small build.
    """
    raw = (paths.ROOT / "_config.yml").read_bytes()
    mark = sha(repr((raw, version("jupyter-book"), (paths.BOOK / "_static").is_dir(), sorted(UNUSED))).encode())
    kept = paths.STATE / KEPT
    try:
        found = json.loads(kept.read_bytes())
        if found["mark"] == mark:
            return found["config"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    search_path = list(sys.path)
    config = _final()
    if sys.path == search_path and json.loads(json.dumps(config)) == config:
        notebook.write(kept, json.dumps({"mark": mark, "config": config}, indent=1).encode())
    return config


def _final() -> dict[str, Any]:
    from jupyter_book.config import get_final_config

    config, _ = get_final_config(
        user_yaml=paths.ROOT / "_config.yml",
        cli_config={"latex_individualpages": False},
        sourcedir=paths.BOOK,
    )
    config.pop("comments_config", None)  # belongs to an extension that is left out
    config["external_toc_path"] = "../_toc.yml"  # relative, so that the place of the project is in no output
    config["extensions"] = [name for name in config["extensions"] if name not in UNUSED]
    return config
