import csv

import pytest
from toy import DATA

from hedging import ingest
from hedging.errors import HedgingError
from hedging.ingest import sources


@pytest.fixture
def address(server, registry):
    base = f"http://127.0.0.1:{server.server_port}"
    registry({f"raw/{name}.csv": f"{base}/{name}.csv" for name in ("whole", "gone")})
    return base


def test_the_mirror_is_asked_before_the_network(address, server, tmp_path):
    copy = tmp_path / "mirror" / "raw" / "gone.csv"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(DATA)
    assert sources.find("raw/gone.csv", tmp_path / "mirror") == copy
    assert server.asked == []


def test_other_bytes_in_the_mirror_are_not_used(address, tmp_path):
    copy = tmp_path / "mirror" / "raw" / "whole.csv"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(DATA + b"5000,0\n")
    with pytest.raises(HedgingError, match="SHA-256") as caught:
        sources.find("raw/whole.csv", tmp_path / "mirror")
    assert caught.value.where == str(copy)


def test_a_compiled_file_without_an_address_says_so(registry):
    registry({"compiled/facts.csv": ""})
    with pytest.raises(HedgingError, match="no public address") as caught:
        sources.find("compiled/facts.csv")
    assert "HEDGING_MIRROR" in caught.value.remedy


def test_a_slip_in_the_name_of_a_raw_file_is_answered_with_the_nearest(address):
    with pytest.raises(HedgingError, match=r"did you mean 'raw/whole\.csv'"):
        sources.find("raw/hole.csv")


def test_no_raw_file_is_pinned_twice():
    with sources.REGISTRY.open(encoding="utf-8", newline="") as lines:
        files = [row["file"] for row in csv.DictReader(lines)]
    assert files == sorted(set(files))


def test_a_conversion_of_a_public_file_names_its_original_and_is_not_fetched_from_there(monkeypatch):
    entry = sources.registry()["upstream/unga-ideal-points/idealpoints_2025-07.parquet"]
    assert entry["url"] == ""
    assert sources.original_address(entry).endswith("/IdealpointsJuly2025.dta")
    monkeypatch.delenv("HEDGING_MIRROR", raising=False)
    monkeypatch.setenv("HEDGING_CACHE", "nowhere")
    with pytest.raises(HedgingError, match=r"made from https://\S+/IdealpointsJuly2025\.dta"):
        sources.find(entry["file"])


def test_every_file_that_a_table_names_is_pinned():
    known = sources.registry()
    for name, module in ingest.modules().items():
        for source in module.TABLE.sources:
            assert source.file in known, f"{name} names {source.file}"
            assert len(known[source.file]["sha256"]) == 64


def test_a_registry_is_taken_from_a_catalogue_without_changing_a_hash(tmp_path, monkeypatch):
    catalogue = tmp_path / "catalog.csv"
    known = sources.registry()
    file, row = next(iter(known.items()))
    upstream = {f"upstream_{word}": row[word] for word in sources.ORIGIN}
    with catalogue.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, [*row, *upstream], lineterminator="\n")
        writer.writeheader()
        writer.writerow({**row, **upstream})
    (tmp_path / "sources.csv").write_bytes(sources.REGISTRY.read_bytes())
    monkeypatch.setattr(sources, "REGISTRY", tmp_path / "sources.csv")
    assert sources.register(catalogue, [file]) == 1
    assert sources.registry() == {file: row}
    with pytest.raises(HedgingError, match="does not list no/such"):
        sources.register(catalogue, ["no/such.csv"])
