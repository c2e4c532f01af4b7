"""What the press uses of papermill, which loads Arrow for a file system that no run uses, and saves to nowhere."""

import sys
from typing import Any

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


_papermills_save, execute.write_ipynb = execute.write_ipynb, save
execute_notebook = execute.execute_notebook
