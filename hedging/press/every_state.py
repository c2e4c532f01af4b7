"""From a sweep over every state to its tracked table, and the grid of that sweep from what the tables know."""

from pathlib import Path

from hedging import paths
from hedging.argument import every_state
from hedging.argument.any_state import CHAPTER
from hedging.errors import HedgingError
from hedging.press import chapters, notebook
from hedging.press.sweep import drive
from hedging.press.sweep.store import FAILED

GRID = "sweeps/every-state.yml"


def write(out: str) -> Path:
    """Write the table from the newest sweep under `out`; HedgingError if a run failed or a state of the grid lacks.

    Without `out`, where sweeps lie by default. Returns the path of the table. The file in place stays as it is if
    anything is amiss.
    """
    out = out or drive.default(CHAPTER)
    records = drive.results(out, CHAPTER).to_dict("records")
    failed = [record for record in records if record["status"] == FAILED]
    if failed:
        what = f"runs that failed: {len(failed)}; the first one: {failed[0]['error'].splitlines()[0]}"
        raise HedgingError(what, where=failed[0]["parameters"], remedy="mend it and repeat the sweep: --again")
    table = [row for record in records for row in every_state.of_record(record)]
    swept, wanted = {row["state"] for row in table}, set(asked())
    if swept != wanted:
        lacking, strange = len(wanted - swept), len(swept - wanted)
        what = f"states of the grid without a result: {lacking}; with one and not in the grid: {strange}"
        raise HedgingError(what, where=out, remedy=f"hedging sweep {CHAPTER} --grid {GRID} --out {out}")
    path = paths.ROOT / every_state.FILE
    notebook.write(path, every_state.written(table).encode())
    return path


def asked() -> list[str]:
    """Return the states of the grid."""
    return list(chapters.load_yaml(paths.ROOT / GRID)["parameters"]["country"])
