"""The claims of the op-ed as data: what each says, what it predicts, what would count against it, and its tests."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.argument import forks, form
from hedging.argument.declared import Test, test
from hedging.errors import HedgingError, unknown

SENSES = {
    "a": "equidistance between patrons",
    "b": "hedging across blocs",
    "c": "extraction",
    "n": "nuclear and autonomy",
    "w": "words",
}
OP_ED = "op-ed"


@dataclass(frozen=True)
class Claim:
    """One claim: `sense` a key of SENSES, `fails_if` what would count against it, `seed` that of its tests.

    `propositions` are the rows of table propositions that it takes a part of. `multiverse` holds the families of its
    specifications; a claim without any says why in `no_curve`.
    """

    id: str
    chapter: str
    sense: str
    says: str
    expects: str
    fails_if: str
    propositions: tuple[int, ...]
    tests: tuple[Test, ...]
    rivals: dict[str, str] = field(default_factory=dict, hash=False)
    multiverse: tuple[forks.Family, ...] = ()
    no_curve: str = ""
    seed: int = 0

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series that the tests need, each once."""
        return tuple(dict.fromkeys(test.series for test in self.tests))

    @property
    def era(self) -> int:
        """The number of the era that the claim is about: the digit before its chapter's slug."""
        return int(self.chapter.split("-", 1)[0])


@dataclass(frozen=True)
class Registry:
    """The whole of claims.yml: the claims and what they have in common.

    `readings`: the rival readings; `forks`: each fork in words; `rule`: how a multiverse gets its word; `untestable`:
    the propositions that no claim can test, each with the reason.
    """

    version: int
    seed: int
    readings: tuple[str, ...]
    forks: dict[str, str]
    multiverse: forks.Rule
    exclusions: tuple[forks.Exclusion, ...]
    untestable: dict[int, str]
    claims: tuple[Claim, ...]


def claims(chapter: str | None = None) -> tuple[Claim, ...]:
    """Return the claims of claims.yml in its order, of one chapter or of all; an unknown chapter is an error."""
    found = registry().claims
    if chapter is None:
        return found
    if chapter not in {one.chapter for one in found}:
        raise unknown("chapter with claims", chapter, {one.chapter for one in found}, where="claims.yml")
    return tuple(one for one in found if one.chapter == chapter)


def claim(id: str) -> Claim:
    """Return one claim by its id; an unknown id is an error that names the nearest."""
    found = {one.id: one for one in registry().claims}
    if id not in found:
        raise unknown("claim", id, found, where="claims.yml")
    return found[id]


def registry() -> Registry:
    """Return claims.yml, read once for each state of the file."""
    path = paths.ROOT / "claims.yml"
    return _parse(path, path.stat().st_mtime_ns if path.exists() else 0)


ahead = registry  # for a process whose forks will ask for it


@lru_cache(maxsize=4)
def _parse(path: Path, _changed: int) -> Registry:
    found = form.read(path)
    given = form.fields(Registry, found, form.place(path.name, found, "the file"))
    if given["version"] != 1 or type(given["seed"]) is not int or not isinstance(given["claims"], list):
        raise HedgingError("version must be 1, seed a whole number and claims a list", where=path.name)
    if not isinstance(given["readings"], list) or not all(isinstance(one, str) for one in given["readings"]):
        raise HedgingError("readings must be a list of names", where=path.name)
    described, untestable = (_described(given[key], f"{path.name}, {key}") for key in ("forks", "untestable"))
    common = {
        **given,
        "readings": tuple(given["readings"]),
        "forks": described,
        "multiverse": forks.rule(given["multiverse"], path.name),
        "exclusions": forks.exclusions(given["exclusions"], described, path.name),
        "untestable": untestable,
        "claims": (),
    }
    parsed = tuple(_claim(one, Registry(**common), path.name) for one in given["claims"])
    seen: set[str] = set()
    for one in parsed:
        if one.id in seen:
            raise HedgingError(f"claim {one.id!r} is given twice", where=path.name)
        seen.add(one.id)
    return Registry(**{**common, "claims": parsed})


def _described(found: Any, where: str) -> dict:
    if not isinstance(found, dict):
        raise HedgingError("a mapping of names to words is needed", where=where)
    given = form.plain(found)
    form.words(given, tuple(given), where)
    return given


def _claim(found: Any, common: Registry, name: str) -> Claim:
    given_id = found.get("id") if isinstance(found, dict) else None
    where = form.place(name, found, f"claim {given_id}")
    given = form.fields(Claim, found, where)
    if "seed" in given:
        raise HedgingError("one seed serves all claims", where=where, remedy="set seed at the top of the file")
    form.words(given, ("id", "chapter", "says", "expects", "fails_if"), where)
    form.choice(given, "sense", tuple(SENSES), where)
    if not given["chapter"].split("-", 1)[0].isdigit():
        raise HedgingError(f"chapter {given['chapter']!r} begins with no number of an era", where=where)
    rivals = given.get("rivals") or {}
    if not isinstance(rivals, dict) or not isinstance(given["tests"], list):
        raise HedgingError("rivals must be a mapping and tests a list", where=where)
    rivals = form.plain(rivals)
    form.words(rivals, tuple(rivals), f"{where}, rivals")
    for rival in rivals:
        if rival not in (*common.readings, OP_ED):
            raise unknown("reading", rival, common.readings, where=f"{where}, rivals")
    listed = enumerate(given["tests"], 1)
    parsed = {
        "tests": tuple(test(one, f"claim {given_id}, test {n}", name, common.readings) for n, one in listed),
        "multiverse": forks.families(given.get("multiverse") or [], common.forks, f"claim {given_id}", name),
        "propositions": _propositions(given["propositions"], where),
    }
    if bool(parsed["multiverse"]) == bool(given.get("no_curve")):
        raise HedgingError("a claim has a `multiverse` or says why not in `no_curve`, one of the two", where=where)
    return Claim(**{**given, **parsed, "rivals": rivals, "seed": common.seed})


def _propositions(found: Any, where: str) -> tuple[int, ...]:
    if not isinstance(found, list) or not all(type(one) is int for one in found):
        raise HedgingError("propositions must be a list of row numbers", where=where, remedy="propositions: [9]")
    return tuple(found)
