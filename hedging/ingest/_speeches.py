"""The General Debate corpus: what the two tables made from it share."""

from hedging.tables.record import Source

MAY_PUBLISH = "yes (counts and similarities; no text of a speech)"


def source(file: str, part: str) -> Source:
    """Return the source of one file counted from the corpus."""
    return Source(
        file=file,
        title=f"United Nations General Debate Corpus 1946-2024, V13: {part}",
        citation="Jankin, Slava, Alexander Baturo and Niheer Dasandi. United Nations General Debate Corpus 1946-2024, "
        "V13. Harvard Dataverse, doi:10.7910/DVN/0TJX8Y; Baturo, Dasandi and Mikhaylov. 2017. Research & Politics, "
        "doi:10.1177/2053168017712821.",
        licence="CC0 (collection of speeches)",
        url="https://doi.org/10.7910/DVN/0TJX8Y",
    )
