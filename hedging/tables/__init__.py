"""Load a table by name, checked against its contract. Nothing else in the project reads `data/`.

`hedging.tables.record` is both the module of record classes and, as an attribute of this package, the function that
returns a table's record. The module is imported first, so that importing it later does not hide the function.
"""

import hedging.tables.record  # noqa: F401  (first, see above)
from hedging.tables.load import load, names, package, record

__all__ = ["load", "names", "package", "record"]
