"""The table of all states: nothing in it that a run would not give again, no state left out, no place that moved."""

import pytest
import yaml
from test_any_state import number, question

from hedging import paths
from hedging.argument import every_state
from hedging.argument.any_state import ask
from hedging.argument.state_ties import states
from hedging.errors import HedgingError

TABLE = (paths.ROOT / every_state.FILE).read_text()
# North Korea, its neighbours in the lists, a long series of each outcome, states with little data and with none
HANDFUL = ("PRK", "NIC", "MLI", "HND", "TUR", "BLR", "USA", "XKX", "VAT", "SSD", "TWN", "BRA")


def lines(state):
    return [line for line in TABLE.splitlines() if line.startswith(f"{state},")]


def test_a_stale_table_is_red_and_the_states_are_named():
    moved = {}
    for state in HANDFUL:
        answer = ask(question(state))
        table = every_state.rows(state, [finding.as_dict() for finding in answer.findings], answer.numbers())
        fresh = every_state.written(table).splitlines()[1:]
        if fresh != lines(state):
            moved[state] = [pair for pair in zip(fresh, lines(state), strict=False) if pair[0] != pair[1]][:1]
    assert moved == {}, "the table is not what a run gives now: make sweep"


def test_no_state_that_the_tables_know_is_left_out_of_the_grid():
    grid = yaml.safe_load((paths.ROOT / "sweeps/every-state.yml").read_text())["parameters"]["country"]
    assert grid == states(2020, 2024, "2026-02")
    assert sorted(every_state.read()["state"].unique()) == grid


def test_north_koreas_place_in_the_news_is_the_one_that_chapter_five_gives():
    placed = every_state.placed(every_state.read(), "news", "lower")
    told = [number("5-done-hedging", name) for name in ("states", "states_rank", "states_change")]
    assert [placed.n, placed.rank, pytest.approx(placed.contrast, abs=5e-5)] == told


def test_what_chance_would_call_is_counted_over_the_states_that_could_be_called():
    table = every_state.read()
    chance, outcomes = every_state.chance(table), every_state.outcomes_of(table)
    for tie in chance.index:
        row = outcomes.loc[f"{tie}, stopped"]
        assert chance.at[tie, "tested"] == row[["for", "against", "unclear"]].sum()
        assert (chance.at[tie, "supported"], chance.at[tie, "contradicted"]) == (row["for"], row["against"])
        assert chance.at[tie, "by_chance"] == pytest.approx(0.05 * chance.at[tie, "tested"])
    assert (outcomes.sum(axis=1) == table["state"].nunique()).all()


def test_a_state_passes_only_where_both_halves_hold_in_one_tie():
    table = every_state.read()
    one = table["state"] == "TUR"
    table.loc[one & (table["tie"] == "arms") & (table["claim"] == "hedged"), "verdict"] = "supported"
    table.loc[one & (table["tie"] == "trade") & (table["claim"] == "stopped"), "verdict"] = "supported"
    table.loc[one & (table["tie"] == "trade") & (table["claim"] == "hedged"), "verdict"] = "contradicted"
    assert "TUR" not in every_state.passing(table)
    table.loc[one & (table["tie"] == "arms") & (table["claim"] == "stopped"), "verdict"] = "supported"
    assert every_state.passing(table)["TUR"] == "arms"


def test_states_observed_in_other_years_are_named_and_not_ranked():
    placed = every_state.placed(every_state.read(), "votes", "higher")
    assert {"USA", "SSD", "TWN"} <= set(placed.left_out.index)
    assert placed.n + len(placed.left_out) == every_state.read()["state"].nunique()


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("supported", "suported", 1),
        lambda text: text.rsplit("\n", 2)[0] + "\n",
        lambda text: text + text.splitlines()[5] + "\n",
        lambda text: text.replace("state,tie", "country,tie", 1),
    ],
    ids=["a misspelt verdict", "a row lost", "a row twice", "another column"],
)
def test_a_damaged_table_is_not_read(tmp_path, monkeypatch, harm):
    folder = tmp_path / "sweeps"
    folder.mkdir()
    (folder / "every-state.csv").write_text(harm(TABLE))
    (tmp_path / "any-state.yml").write_bytes((paths.ROOT / "any-state.yml").read_bytes())
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    with pytest.raises(HedgingError, match="not one row for each state and claim"):
        every_state.read()


def test_without_a_sweep_the_page_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    with pytest.raises(HedgingError, match="make sweep"):
        every_state.read()
