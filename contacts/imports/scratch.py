"""What an import must remember of rows it has left behind, kept out of memory."""

import json
import sqlite3
from collections.abc import Iterable, Mapping


class Scratch:
    """A database of its own in a temporary file, which goes when it is closed or forgotten.

    A set of a million numbers would take hundreds of megabytes.
    """

    def __init__(self) -> None:
        self.connection = sqlite3.connect("", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=OFF")
        self.connection.execute(
            "CREATE TABLE seen (kind TEXT, key TEXT, row INTEGER, PRIMARY KEY (kind, key))"
            " WITHOUT ROWID"
        )
        self.connection.execute("CREATE TABLE promised (key TEXT, row INT, number TEXT, name TEXT)")
        self.connection.execute("CREATE INDEX promised_key ON promised (key)")

    def first_rows(self, kind: str, keys: Mapping[int, str]) -> dict[int, int]:
        """Remember the key that each row has, and return the first row that ever had it."""
        rows = ((kind, key, row) for row, key in keys.items())
        self.connection.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)
        query = (
            "SELECT key, row FROM seen WHERE kind = ? AND key IN (SELECT value FROM json_each(?))"
        )
        first = dict(self.connection.execute(query, (kind, json.dumps(list(keys.values())))))
        return {row: first[key] for row, key in keys.items()}

    def promise(self, rows: Iterable[tuple[str, int, str, str]]) -> None:
        """Remember companies: what they are known as, their row, number and name."""
        self.connection.executemany("INSERT INTO promised VALUES (?, ?, ?, ?)", rows)

    def promised(self, keys: Iterable[str]) -> list[tuple[str, int, str, str]]:
        """Return what was promised under any of `keys`."""
        query = "SELECT * FROM promised WHERE key IN (SELECT value FROM json_each(?))"
        return self.connection.execute(query, (json.dumps(list(keys)),)).fetchall()
