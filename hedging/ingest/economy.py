"""Output, people and food of North Korea and the states compared with it: each estimator a series of its own."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FOLDER = "upstream/prk-econ-gdp/"
LATENT = FOLDER + "cw_gdppop.parquet"
MADDISON = FOLDER + "maddison2020_owid.csv"
FOOD = FOLDER + "fao_food_supply_owid.csv"
FIRST, LAST = 1946, 2019
HEAD = "2011 international US$ a head"
SERIES = {
    "fariss_gdp_per_head": HEAD,
    "fariss_gdp": "million 2017 international US$",
    "fariss_population": "million",
    "maddison_gdp_per_head": HEAD,
    "maddison_population": "million",
    "fao_kcal": "kcal a head and day",
}
OF_LATENT = {"fariss_gdp_per_head": "mrgdppc", "fariss_gdp": "pwtrgdp", "fariss_population": "pwtpop"}
OF_OWID = {
    "maddison_gdp_per_head": (MADDISON, "GDP per capita", 1.0),
    "maddison_population": (MADDISON, "Population", 1e6),
    "fao_kcal": (FOOD, "Food supply (kcal/capita/day) - Grand Total", 1.0),
}
SOVIET = 177

TABLE = Table(
    name="economy",
    title="Output, population and food by estimator, North Korea and the states compared with it",
    description=(
        "fariss_*: latent estimates from many sources, 1946-2019, with a standard deviation. maddison_*: Maddison "
        "Project 2020. fao_*: FAO food balances of 2020. Each estimator is a series of its own: no two are joined, and "
        "fariss_gdp and fariss_gdp_per_head have different price bases."
    ),
    columns=(
        Column("series", "string", "estimator and quantity; never splice two", enum=tuple(SERIES)),
        Column("country", "string", "state, iso3; SUN: the USSR as a whole (maddison, fao)", pattern="[A-Z]{3}"),
        Column("year", "integer", "calendar year", minimum=FIRST, maximum=LAST),
        Column("value", "number", "estimate, in `unit`", minimum=0),
        Column(
            "sd", "number", "standard deviation of the latent estimate", "see column unit", required=False, minimum=0
        ),
        Column("unit", "string", "unit of value", enum=tuple(dict.fromkeys(SERIES.values()))),
        Column("status", "string", "always observed: the estimator gives a figure", enum=("observed",)),
    ),
    key=("series", "country", "year"),
    missing="No row: the estimator has no figure. An empty sd: the estimator gives none.",
    sources=tuple(source(file) for file in (LATENT, MADDISON, FOOD)),
    may_publish="yes: derived extract of seventeen states, with citation",
    variant="series",
    measures="Output, people or food of a state in a year as one estimator puts it.",
    method="{series} of {country} in {year}; millions are made of persons.",
    defects=(
        "Every North Korean figure is a guess. Fariss 1948-89 is mostly model, not measurement (sd about 16 per cent).",
        "Maddison has no North Korean output for 1944-89: the Cold War cannot be measured with it.",
        "FAO shows almost no famine (2,231 kcal in 1989, 2,080 in 1996): no evidence on the famine.",
        "Fariss counts the USSR as Russia to 1991: its output falls with the territory in 1992.",
        "Estimates of the Bank of Korea are single facts: table economy_facts.",
    ),
)


def build(raw: Raw) -> Built:
    """Return all series one below the other."""
    frame = pd.concat([_latent(raw), *(_owid(raw, series) for series in OF_OWID)], ignore_index=True)
    frame["unit"] = frame["series"].map(SERIES)
    soviet = int((frame["country"] == "SUN").sum())
    expect(soviet, SOVIET, "rows of the USSR")
    why = "its output is not Russia's: the two are not joined"
    known = frame.dropna(subset=["value"]).assign(status="observed").round({"value": 3, "sd": 3})
    return Built(known, (Correction("rows of the USSR have the code SUN", why, soviet),))


def _latent(raw: Raw) -> pd.DataFrame:
    table = raw.parquet(LATENT)
    table["country"] = _countries.from_cow(table["ccode"])
    south = table["ccode"] == 817  # the Republic of Vietnam is no part of the compared state
    near = table[table["country"].isin(_countries.COMPARED) & table["year"].between(FIRST, LAST) & ~south]
    parts = [
        near[["country", "year"]].assign(series=series, value=near[name], sd=near[f"sd_{name}"])
        for series, name in OF_LATENT.items()
    ]
    return pd.concat(parts)


def _owid(raw: Raw, series: str) -> pd.DataFrame:
    file, column, scale = OF_OWID[series]
    table = raw.csv(file)
    table = table[table[column] != ""].astype({"Year": int, column: float})
    country = _countries.from_name(table["Entity"]).mask(table["Entity"].isin(("Former USSR", "USSR")), "SUN")
    near = table.assign(country=country)[
        country.isin((*_countries.COMPARED, "SUN")) & table["Year"].between(FIRST, LAST)
    ]
    return pd.DataFrame(
        {"series": series, "country": near["country"], "year": near["Year"], "value": near[column] / scale, "sd": None}
    )
