import csv
import io
import itertools
import json
from pathlib import Path

import pandas as pd
import pytest

from hedging import paths, tables
from hedging.tables import contract

HEAD = 30  # data rows kept in a copy: damage is found in a small table as in a large one


class Copy:
    """A project of one table in a folder of its own, with the first rows of the real one, free to be damaged."""

    def __init__(self, folder: Path, name: str) -> None:
        self.record = tables.record(name)
        self.name, self.folder = name, folder
        source = paths.DATA / self.record["path"]
        self.file = folder / self.record["path"]
        self.fields = self.record["schema"]["fields"]
        self.columns = [field["name"] for field in self.fields]
        if self.csv:
            self.file.write_bytes(_head(source.read_bytes(), HEAD))
        else:
            pd.read_parquet(source).head(HEAD).to_parquet(self.file, index=False)
        self.sign()

    @property
    def csv(self) -> bool:
        return self.file.suffix == ".csv"

    def sign(self) -> None:
        self.record["hash"] = contract.digest(self.file.read_bytes())
        package = {"resources": [self.record]}
        (self.folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    def frame(self) -> pd.DataFrame:
        if self.csv:
            return pd.read_csv(self.file, dtype=str, keep_default_na=False)
        return pd.read_parquet(self.file)

    def save(self, frame: pd.DataFrame) -> None:
        if self.csv:
            frame.to_csv(self.file, index=False, lineterminator="\n")
        else:
            frame.to_parquet(self.file, index=False)

    def place(self, row: int) -> str:
        """How an error names data row `row` (from 0): by line in a CSV, where a row may take several lines."""
        if not self.csv:
            return f"row {row + 1}"
        return f"line {_lines(self.file.read_text(encoding='utf-8'), row + 1) + 1}"

    def load(self) -> pd.DataFrame:
        return tables.load(self.name, variant="all")


def _head(data: bytes, rows: int) -> bytes:
    text = data.decode("utf-8")
    return "".join(text.splitlines(keepends=True)[: _lines(text, rows + 1)]).encode("utf-8")


def _lines(text: str, rows: int) -> int:
    """How many lines the first `rows` rows (header included) take."""
    reader = csv.reader(io.StringIO(text, newline=""))
    for _ in itertools.islice(reader, rows):
        pass
    return reader.line_num


@pytest.fixture
def copy_of(tmp_path, monkeypatch):
    """Make the copy of a table and point the project's data folder to it."""
    monkeypatch.delenv("HEDGING_CHAPTER_TABLES", raising=False)

    def make(name: str) -> Copy:
        made = Copy(tmp_path, name)
        monkeypatch.setattr(paths, "DATA", tmp_path)
        return made

    return make
