"""Why a stretch of years of a power and rank is as complete as it is: the reasons behind contacts_yearly."""

from hedging.ingest import contacts_yearly
from hedging.ingest._facts import FACTS, POWERS, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

NAMES = contacts_yearly.TABLE.columns[2].enum

TABLE = Table(
    name="contacts_completeness",
    title="Completeness of the high-level contacts by power, rank and stretch of years",
    description="One row a stretch of years with the same mark and the same reason.",
    columns=(
        Column("power", "string", "partner; RUS includes the USSR", enum=POWERS),
        Column("rank_class", "string", "rank, or one of two sums", enum=NAMES),
        Column("year_start", "integer", "first year of the stretch", minimum=1949, maximum=2026),
        Column("year_end", "integer", "last year of the stretch", minimum=1949, maximum=2026),
        Column("completeness", "integer", "1 hardly gathered to 5 complete", minimum=1, maximum=5),
        Column("why", "string", "reason"),
    ),
    key=("power", "rank_class", "year_start"),
    missing="No empty cell.",
    sources=(source(contacts_yearly.FILE),),
    may_publish=FACTS,
    measures="How widely contacts of one rank with one power were searched for in a stretch of years, 1 to 5.",
    method="Years {year_start} to {year_end} of {rank_class} with {power} share the mark {completeness} and a reason.",
    defects=(
        "The marks are this project's own judgement of how widely a power, rank and stretch was searched.",
        "The completeness of a sum (leaders, core) is that of its weakest part.",
    ),
)


def build(raw: Raw) -> Built:
    """Return runs of equal mark and reason."""
    order = ["power", "rank_class", "year"]
    frame = (
        contacts_yearly.tidied(raw).sort_values(order, kind="stable").rename(columns={"why_this_completeness": "why"})
    )
    same = ["power", "rank_class", "completeness", "why"]
    run = (frame[same] != frame[same].shift()).any(axis=1).cumsum()
    grouped = frame.groupby(run, sort=False)
    runs = grouped[same].first().assign(year_start=grouped["year"].min(), year_end=grouped["year"].max())
    return Built(runs.reset_index(drop=True))
