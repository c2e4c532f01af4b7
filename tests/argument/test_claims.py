import shutil
from pathlib import Path

import pytest

from hedging.argument import claim, claims, predictions
from hedging.errors import HedgingError

pytestmark = pytest.mark.usefixtures("project")


def test_claims_keep_the_order_of_the_file():
    assert [one.id for one in claims()] == ["C1a", "C2b", "C4b"]
    assert [one.id for one in claims("2-after-the-fall")] == ["C2b", "C4b"]
    assert claim("C2b").series == ("trade_b", "west_share_of_change")
    assert claim("C2b").tests[0].against == (1978, 1990)
    assert claim("C2b").seed == 20251123


def test_a_misspelt_claim_or_chapter_is_named_with_the_nearest():
    with pytest.raises(HedgingError, match="did you mean 'C1a'"):
        claim("C1A")
    with pytest.raises(HedgingError, match="did you mean '2-after-the-fall'"):
        claims("2-after-fall")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("fails_if: the median year", "fails: the median year", r"did you mean 'fails_if'"),
        ("fails_if: the median year leans three to one or more", "fails_if:", "'fails_if' is missing or empty"),
        ("threshold: 0.5, least: 8", "treshold: 0.5, least: 8", "did you mean 'threshold'"),
        ("direction: above, threshold: 0.5, least: 8", "direction: above, least: 8", "needs 'threshold'"),
        ("direction: above, threshold: 0.5, least: 8", "direction: higher, threshold: 0.5", "unknown direction"),
        ("[1961, 1979]", "[1979, 1961]", r"reversed[\s\S]*write \[1961, 1979\]"),
        ("[1961, 1979]", "[1961]", "is no window"),
        ("[1961, 1979]", '["1961-13", "1979-01"]', "is no window"),
        ("against: [1978, 1990]", "against: [1978, 1992]", "overlap"),
        ("kind: level", "kind: mean", "unknown kind"),
        ("kind: level", "kind: value", "has no"),
        ("statistic: median", "statistic: mode", "unknown statistic"),
        ("measure: cross_bloc_hedge", "measure: hedge", "unknown measure"),
        ("least: 8", "least: 0", "least a whole number"),
        ("threshold: 0.5, least: 8", "threshold: half, least: 8", "threshold must be a number"),
        ("sense: a", "sense: d", "unknown sense"),
        ("series: arms_q", "series: arms-q", "cannot name an argument"),
        ("id: C2b", "id: C1a", "given twice"),
        ("sense: a", "sense: a\n    sense: b", "'sense' is given twice"),
        ("sense: a", "sense: a\n    seed: 3", "one seed serves all claims"),
        ("seed: 20251123", "sead: 20251123", "did you mean 'seed'"),
        ("version: 1", "version: 2", "version must be 1"),
        ("version: 1", "version: [", "not YAML"),
    ],
)
def test_a_slip_in_the_claims_file_cannot_change_a_test_in_silence(rewrite, old, new, what):
    rewrite(old, new)
    with pytest.raises(HedgingError, match=what):
        claims()


def test_a_slip_is_told_with_its_line_and_its_test(rewrite):
    rewrite("statistic: median", "statistik: median")
    with pytest.raises(HedgingError, match=r"claims.yml, line 21, claim C1a, test 1"):
        claims()


def test_a_claim_that_nothing_could_count_against_is_refused(project):
    text = (project / "claims.yml").read_text()
    (project / "claims.yml").write_text(text.split("    tests:")[0] + "    tests: []\n")
    with pytest.raises(HedgingError, match="'tests' is missing or empty"):
        claims()
    (project / "claims.yml").unlink()
    with pytest.raises(HedgingError, match="no file of claims"):
        claims()


def test_rivals_stand_beside_the_op_ed_before_the_data():
    shown = predictions("1-between-moscow-and-beijing")._repr_mimebundle_()["text/markdown"].splitlines()
    assert shown[0] == "| Claim | Reading | Expects |"
    assert [line.split(" | ")[1] for line in shown[2:]] == ["op-ed", "counts against it", "serial tilting"]
    assert not any(line.startswith("#") for line in shown)


def test_a_bar_in_a_claims_words_does_not_break_the_table(rewrite):
    rewrite("serial tilting: Q low", "serial tilting: Q | T low")
    assert "Q \\| T low" in predictions("1-between-moscow-and-beijing").markdown()


def test_the_books_own_claims_can_be_read(project):
    shutil.copy(Path(__file__).parents[2] / "claims.yml", project)
    found = claims()
    assert len(found) >= 5
    assert all(one.rivals for one in found if one.chapter.startswith("1"))
