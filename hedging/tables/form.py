"""A frame as bytes, in the two forms that tables have; the same on every machine with the locked libraries."""

import io

import pandas as pd


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return UTF-8 text: \\n ends a line, true and false are in small letters, a missing cell is empty."""
    truths = frame.select_dtypes(["bool", "boolean"]).columns
    words = {True: "true", False: "false"}
    text = frame.assign(**{name: frame[name].map(words, na_action="ignore") for name in truths})
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8")


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a Parquet file without the notes that pandas would leave in it, however pandas stores text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    plain = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    text = [field.with_type(pa.large_string()) if field.type == pa.string() else field for field in plain.schema]
    pq.write_table(plain.cast(pa.schema(text)), out, compression="zstd", compression_level=9)
    return out.getvalue()
