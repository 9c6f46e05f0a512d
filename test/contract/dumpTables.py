"""Prints tables of a live SQLite database as JSON: {"table": [{column: value}]}. A missing table gives an empty list.

Usage: dumpTables.py DATABASE TABLE...
"""
import json
import sqlite3
import sys

database, *tables = sys.argv[1:]
live = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
# A copy by the backup API is one consistent state, also while the server writes.
copy = sqlite3.connect(":memory:")
live.backup(copy)
live.close()

copy.row_factory = sqlite3.Row
known = {row["name"] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
json.dump(
    {table: [dict(row) for row in copy.execute(f'SELECT * FROM "{table}"')] if table in known else [] for table in tables},
    sys.stdout,
)
