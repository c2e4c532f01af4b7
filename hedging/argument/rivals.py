"""What each reading expects of each series, as a table: the ground on which rivals can be compared."""

import pandas as pd

from hedging.argument.claims import OP_ED, registry
from hedging.argument.declared import CANNOT_DECIDE


def expected() -> pd.DataFrame:
    """Return one row for each test and reading: claim, era, series, test (its number), reading, direction, decides.

    `direction` is above, below, higher or lower, or "cannot decide" where the reading expects nothing of that series.
    `decides` is true where a rival expects another direction than the op-ed, so that the series can tell them apart.
    """
    found = registry()
    rows = []
    for claim in found.claims:
        for number, test in enumerate(claim.tests, 1):
            for reading in (OP_ED, *found.readings):
                direction = test.direction if reading == OP_ED else test.predicts.get(reading, CANNOT_DECIDE)
                rows.append(
                    {
                        "claim": claim.id,
                        "era": claim.era,
                        "series": test.series,
                        "test": number,
                        "reading": reading,
                        "direction": direction,
                        "decides": direction not in (CANNOT_DECIDE, test.direction),
                    }
                )
    return pd.DataFrame(rows)
