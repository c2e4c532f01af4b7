"""Shares of 29 words in English articles of Rodong Sinmun 2018-22: undated, so that no change can be read from them."""

from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/kcna-counts/rodong_en_token_shares_2018_2022.csv"
ROWS, TOKENS = 29, 1_486_000
POWER = {
    "Japan": "JPN", "japan": "JPN", "Japanese": "JPN", "japanese": "JPN", "China": "CHN", "china": "CHN",
    "Chinese": "CHN", "chinese": "CHN", "Xi": "CHN", "Russia": "RUS", "Russian": "RUS", "russian": "RUS",
    "Putin": "RUS", "U.S.": "USA", "u.s.": "USA", "USA": "USA", "America": "USA", "American": "USA",
    "american": "USA", "Trump": "USA", "trump": "USA", "Rok": "KOR",
}  # fmt: skip

TABLE = Table(
    name="rodong_words",
    title="Words in English articles of Rodong Sinmun, 2018-2022",
    description="Share of each of 29 words in all words of 10,156 articles of 2 January 2018 to 28 May 2022.",
    columns=(
        Column("token", "string", "the word as written: case counts"),
        Column("power", "string", "power that the word names", required=False, enum=POWERS),
        Column("share", "number", "of all words", "fraction", minimum=0, maximum=1),
        Column("tokens", "integer", "occurrences: share x 1.486 million, rounded", "words", minimum=1),
    ),
    key=("token",),
    undated="one count over all articles of 2018 to 2022",
    missing="The word names no power.",
    sources=(source(FILE),),
    may_publish="yes: counts only, no text of articles",
    period="2018-2022",
    measures="Part of one written form of a word in all words of the collection.",
    method="{token} is {share} of the words, about {tokens} of 1.486 million (cohml/nklm).",
    defects=(
        "Weak (2 of 5): some articles are doubled inside themselves, and the words are not dated.",
        "Forms differ by case (Japan, japan): add them for a name. One form of a name is no count of the name.",
        "The list is a choice of 29 words; a word that is absent was not looked for.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the shares as the fractions that they are."""
    frame = raw.csv(FILE).rename(columns={"share_of_all_tokens_pct_column_as_given": "share"})
    frame["power"] = frame["token"].map(POWER)
    frame["share"] = frame["share"].astype(float).round(9)
    frame["tokens"] = (frame["share"] * TOKENS).round().astype(int)
    expect(len(frame), ROWS, "reading per cent as fractions")
    why = "the column is headed per cent, but each value is a multiple of one word in 1.486 million"
    return Built(frame, (Correction("shares headed per cent kept as fractions", why, ROWS),))
