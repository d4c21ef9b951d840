"""The index of search words: one statement on PostgreSQL, a table that triggers keep on SQLite."""

from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation

from contacts.search import lexemes

# Words of more than three letters, and of each word the first one, two and three with a space: a
# short beginning is one entry of the index then, and not the thousands that begin so.
LEXEMES = """
CREATE OR REPLACE FUNCTION contacts_lexemes(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array(
        SELECT word FROM unnest(string_to_array(ltrim(words), ' ')) word
        WHERE length(word) > 3
        UNION ALL
        SELECT left(word, letters) || ' '
        FROM unnest(string_to_array(ltrim(words), ' ')) word, generate_series(1, 3) letters
    ))
$$
"""
# Searches may not wait for a list of pending entries, so there is none (fastupdate).
POSTGRESQL = [
    LEXEMES,
    f"CREATE INDEX contacts_search ON contacts_contact USING gin ({lexemes('search_name')})"
    " WITH (fastupdate = off)",
]
# Words end at spaces, whatever else they hold; the beginnings of up to three letters are indexed.
TOKENS = "tokenize=\"ascii tokenchars '@.+-_'\", prefix='1 2 3', detail=none, columnsize=0"
TAKE_OUT = (
    "INSERT INTO contacts_search (contacts_search, rowid, search_name)"
    " VALUES ('delete', old.id, old.search_name);"
)
PUT_IN = "INSERT INTO contacts_search (rowid, search_name) VALUES (new.id, new.search_name);"
TRIGGERS = {
    "insert": f"INSERT ON contacts_contact BEGIN {PUT_IN} END",
    "delete": f"DELETE ON contacts_contact BEGIN {TAKE_OUT} END",
    "update": "UPDATE OF search_name ON contacts_contact WHEN old.search_name <> new.search_name"
    f" BEGIN {TAKE_OUT} {PUT_IN} END",
}
SQLITE = [
    "CREATE VIRTUAL TABLE contacts_search USING fts5"
    f" (search_name, content='contacts_contact', content_rowid='id', {TOKENS})",
    *(f"CREATE TRIGGER contacts_search_{name} AFTER {sql}" for name, sql in TRIGGERS.items()),
    "INSERT INTO contacts_search (contacts_search) VALUES ('rebuild')",
]
DROP_SQLITE = [
    *(f"DROP TRIGGER IF EXISTS contacts_search_{name}" for name in TRIGGERS),
    "DROP TABLE IF EXISTS contacts_search",
]


class SearchIndex(Operation):
    """Make the index of search words anew.

    The last operation of every migration that alters the table of contacts: SQLite makes such a
    table anew, and its triggers are gone.
    """

    reduces_to_sql = False

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model knows the index."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        make_index(schema_editor.connection)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        drop_index(schema_editor.connection)

    def describe(self) -> str:
        return "Make the index of search words"


def make_index(database: Any = connection) -> None:
    """Make the index from the words that are stored, in place of the one there is."""
    drop_index(database)
    _run(database, POSTGRESQL if database.vendor == "postgresql" else SQLITE)


def drop_index(database: Any = connection) -> None:
    """Take the index away, so that many contacts can be written quickly."""
    on_postgresql = database.vendor == "postgresql"
    _run(database, ["DROP INDEX IF EXISTS contacts_search"] if on_postgresql else DROP_SQLITE)


def index_is_whole(database: Any = connection) -> bool:
    """Return whether the index is there and, on SQLite, kept by its triggers."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SELECT to_regclass('contacts_search') IS NOT NULL")
            return bool(cursor.fetchone()[0])
        cursor.execute("SELECT name FROM sqlite_master WHERE name GLOB 'contacts_search*'")
        names = {name for (name,) in cursor.fetchall()}
    return {"contacts_search", *(f"contacts_search_{name}" for name in TRIGGERS)} <= names


def _run(database: Any, statements: list[str]) -> None:
    if database.vendor == "postgresql":
        # It alters no table of which rows are still to be checked.
        database.check_constraints()
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
