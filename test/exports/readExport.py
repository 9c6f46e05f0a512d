"""Reads an export as its users do and prints what pandas makes of it.

Arguments: parquet or csv, a folder or file, names of columns separated by commas, of Parquet also a month to filter by.
Prints JSON: {"types": {column: type}, "rows": [[value, ...], ...]}, sorted by the first column.
"""

import json
import sys

import pandas as pd


def read(file_format, path, names, month=None):
    if file_format == "csv":
        moments = [name for name in names if name.endswith("_utc")]
        return pd.read_csv(path, parse_dates=moments, dtype_backend="numpy_nullable")
    filters = None if month is None else [("month", "==", month)]
    return pd.read_parquet(path, filters=filters, dtype_backend="numpy_nullable")


def plain(value):
    if pd.isna(value):
        return None
    if isinstance(value, (bool, int, float, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def main(file_format, path, columns, *month):
    names = columns.split(",")
    frame = read(file_format, path, names, *month).sort_values(names[0])
    # As objects: a row of several columns would bring them to one type.
    rows = zip(*(frame[name].astype(object) for name in names))
    print(
        json.dumps(
            {
                "types": {name: str(frame[name].dtype) for name in names},
                "rows": [[plain(value) for value in row] for row in rows],
            }
        )
    )


main(*sys.argv[1:])
