"""What the press uses of papermill, without what costs time and serves no run of ours.

papermill loads Arrow for a file system, and serialises a notebook that it saves nowhere. nbclient judges every output
with care and leisure: `hedging.press.execute` does it faster. Jupyter's client reads the dates in
every message, and nobody asks for one.
"""

import sys
from typing import Any

import jupyter_client.session
import nbclient.client
from nbformat import NotebookNode

sys.modules.setdefault("pyarrow.fs", None)  # type: ignore[arg-type] # else Arrow, and numpy with it: 0.15 s
from papermill import execute  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402

if sys.modules["pyarrow.fs"] is None:
    del sys.modules["pyarrow.fs"]

__all__ = ["Engine", "PapermillExecutionError", "PapermillNotebookClient", "execute_notebook", "papermill_engines"]


def save(notebook: Any, path: str | None) -> None:
    """Write a notebook as papermill does; it would serialise one that has no path, too."""
    if path is not None:
        _papermills_save(notebook, path)


OUTPUTS = {
    "execute_result": ("data", "metadata", "execution_count"),
    "display_data": ("data", "metadata"),
    "stream": ("name", "text"),
    "error": ("ename", "evalue", "traceback"),
}


def output(message: dict[str, Any]) -> NotebookNode:
    """Make an output of a kernel's message, unjudged; raises ValueError if it is a message of another kind."""
    kind, content = message["header"]["msg_type"], message["content"]
    if kind not in OUTPUTS:
        raise ValueError(kind)
    return NotebookNode(output_type=kind, **{name: content[name] for name in OUTPUTS[kind]})


nbclient.client.output_from_msg = output
jupyter_client.session.extract_dates = lambda header: header
_papermills_save, execute.write_ipynb = execute.write_ipynb, save
execute_notebook = execute.execute_notebook
